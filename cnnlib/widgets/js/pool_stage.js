// A pool drawn: windows, winners and ties, and the gradient on its way back to them.
import { positionOf } from "./arrays.js";
import { element, mark } from "./dom.js";
import { around, band, bandDown, Frame } from "./flow_marks.js";
import { GridView } from "./grid_view.js";
import { short } from "./numbers.js";
import { poolLayout } from "./pool_layout.js";
import { routed, standings } from "./pools.js";
import { GRIDS } from "./scene.js";
import { Stage } from "./stage.js";

const TIGHT = 38;
const CAPTIONS = { input: "input", output: "pooled", delta: "gradient", "input-gradient": "gradient" };
const RULES = {
  max: "The largest number of a window wins; of two that are equally large, the first.",
  average: "Each cell of a window has the same part in its mean.",
  l2: "y is the length of the window as a vector. Each cell’s part in it is o / y.",
};

const MARKS = " ● won a window, ●2 two of them; = is as large, but not the first.";

// A grid with the letters of a pool; what a cell has won is said with its number.
class PoolView extends GridView {
  title(notation, letters) {
    if (!letters) return;
    const letter = letters[this.name];
    mark(this.root, "aria-label", `${GRIDS[this.name].title} ${letter}, ${this.shape.join(" by ")}`);
    this.caption.replaceChildren(
      element("span", { class: `symbol role-${this.role}` }, letter),
      element("span", { class: "what" }, CAPTIONS[this.name]),
    );
  }

  write(...numbers) {
    super.write(...numbers);
    this.spoken = this.cells.map((cell) => cell.getAttribute("aria-label"));
  }

  stand(said) {
    this.cells.forEach((cell, p) => {
      const { wins = [], ties = [], held = 1 } = said?.[p] ?? {};
      mark(cell, "data-wins", wins.length || null);
      mark(cell, "data-ties", ties.length || null);
      mark(cell, "data-unused", held === 0 ? "true" : null);
      const extra = [held === 0 && "in no window", wins.length && `wins ${wins.length}`, ties.length && "ties, not the first"];
      mark(cell, "aria-label", [this.spoken[p], ...extra.filter(Boolean)].join(", "));
    });
  }
}

export class PoolStage extends Stage {
  constructor(state, scene, names) {
    super(state, scene, names);
    this.legend = element("div", { class: "legend", "data-part": "legend" });
    this.root.append(this.legend);
  }

  gridView(name, state, scene) {
    return new PoolView(name, scene.arrays[name], { editable: state.editable.includes(name) });
  }

  extras() {
    const sign = () => element("span", { class: "operator", "aria-hidden": "true" });
    this.signs = { output: sign(), "input-gradient": sign() };
    this.frames = { input: new Frame("output"), "input-gradient": new Frame("gradient") };
    return [...Object.values(this.signs), element("div", { class: "windows" }, ...Object.values(this.frames).map(({ root }) => root))];
  }

  arrange({ scene, width, height, size }) {
    return poolLayout(scene, this.names, { width, height, size });
  }

  paint(picture) {
    const { scene, state, at, stepped } = picture;
    // Going back step by step, the gradients are what the windows have sent so far.
    this.sent = stepped === "delta" && !state.masked ? at.index + 1 : Infinity;
    picture.sentSoFar = this.sent;
    if (this.so?.scene !== scene || this.so.sent !== this.sent) this.so = { scene, sent: this.sent, array: this.#sum(scene) };
    for (const name of this.names) this.grids[name].title(state.notation, scene.letters);
    super.paint(picture);
    this.board.classList.toggle("tight", this.layout.cell < TIGHT);
    this.board.classList.toggle("stacked", this.layout.stacked);
    const legend = RULES[scene.kind] + (scene.kind === "max" && picture.hidden.size === 0 ? MARKS : "");
    if (this.legend.textContent !== legend) this.legend.textContent = legend;
  }

  #sum(scene) {
    if (!scene.arrays["input-gradient"]) return null;
    return { shape: scene.arrays.input.shape, values: routed(scene, this.sent) };
  }

  numbers(name, picture) {
    return { array: name === "input-gradient" ? this.so.array : picture.scene.arrays[name], sum: null };
  }

  // What each cell of a window is multiplied by on its way; not while it is to be predicted.
  badges({ scene, pick, lit, hidden }) {
    if (hidden.size > 0) return new Map();
    const byOutput = GRIDS[pick.grid].axis === "output";
    const met = new Map([...(byOutput ? lit.input : lit.output)].map(([cell, n]) => [cell, short(scene.factors[n])]));
    return new Map(byOutput ? [["input", met]] : [["output", met], ["delta", met]]);
  }

  join(picture) {
    const { scene, hidden } = picture;
    this.grids.input?.stand(hidden.size > 0 ? null : scene.kind === "max" ? standings(scene) : standings(scene).map(({ held }) => ({ held })));
    this.#stamp(picture);
    const areas = this.#areas(picture);
    this.frames.input.show(areas.window && areas.input);
    this.frames["input-gradient"].show(areas.window && areas["input-gradient"]);
    this.links.replaceChildren(...this.#bands(areas, scene.axes));
    this.#placeSign("output", "input", scene, picture.size);
    this.#placeSign("input-gradient", "delta", scene, picture.size);
  }

  // What the lit window adds to each of its cells, and which cells still wait for a window.
  #stamp({ scene, pick, lit, hidden }) {
    const stamps = pick.grid === "delta" && hidden.size === 0 ? lit.input : new Map();
    const reached = new Set(scene.taps.input.filter((_, n) => scene.taps.output[n] < this.sent));
    this.grids["input-gradient"]?.cells.forEach((cell, p) => {
      const n = stamps.get(p);
      const sends = n !== undefined && (scene.factors[n] !== 0 || scene.kind !== "max");
      mark(cell, "data-stamp", sends ? signed(scene.factors[n] * scene.arrays.delta.values[pick.index]) : null);
      mark(cell, "data-waiting", reached.has(p) ? null : "true");
    });
  }

  // The lit part of each grid, as a rectangle on the board.
  #areas({ scene, pick, lit, hidden }) {
    const { axis } = GRIDS[pick.grid];
    const cells = (name, indices) => (this.layout.boxes[name] && indices.length ? around(this.layout.boxes[name], indices.map((n) => positionOf(n, scene.arrays[name].shape))) : null);
    const of = (end) => (axis === end ? [pick.index] : [...lit[end].keys()]);
    const { winner } = (axis === "output" && scene.windows[pick.index]) || {};
    const won = axis === "output" && hidden.size === 0 && winner !== null && winner !== undefined ? [scene.taps.input[winner]] : null;
    return {
      window: axis === "output",
      input: cells("input", of("input")),
      output: cells("output", of("output")),
      delta: cells("delta", of("output")),
      "input-gradient": cells("input-gradient", of("input")),
      // A max lets one cell through: the beam is as wide as that cell.
      through: won ? { input: cells("input", won), "input-gradient": cells("input-gradient", won) } : null,
    };
  }

  #bands(areas, axes) {
    const joined = axes === 1 ? (a, b, role) => [bandDown(a, b, role)] : sideways;
    const pairs = [["input", "output", "output"], ["delta", "input-gradient", "gradient"]];
    return pairs.flatMap(([from, to, role]) => {
      if (!areas[from] || !areas[to]) return [];
      const wide = joined(areas[from], areas[to], role);
      const [a, b] = [areas.through?.[from] ?? areas[from], areas.through?.[to] ?? areas[to]];
      return areas.through ? [...wide, ...joined(a, b, role)] : wide;
    });
  }

  #placeSign(name, from, scene, size) {
    const node = this.signs[name];
    const [box, other] = [this.layout.boxes[name], this.layout.boxes[from]];
    node.hidden = !box || !other || scene.axes === 1;
    if (node.hidden) return;
    const { between, pitch } = this.layout;
    const leftwards = box.x < other.x;
    const [right, rows] = leftwards ? [other, other.rows] : [box, box.rows];
    node.textContent = leftwards ? "←" : "→";
    const y = right.y + (rows * pitch - 4 - size.operator) / 2;
    node.style.cssText = `transform:translate(${right.x - size.ruler - between}px,${y}px);width:${between}px;height:${size.operator}px`;
  }
}

const sideways = (a, b, role) => (a.left >= b.right ? band(b, a, role) : band(a, b, role));
const signed = (value) => (value < 0 ? short(value) : `+${short(value)}`);

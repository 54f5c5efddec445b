// Delta flows back: by stamps that add up, or through windows over the extended delta.
import { positionOf } from "./arrays.js";
import { element, mark } from "./dom.js";
import { around, band, Frame } from "./flow_marks.js";
import { flowLayout } from "./flow_layout.js";
import { through } from "./flows.js";
import { productAt, ringOf, runningSums, stamped, windowAt } from "./flows_sums.js";
import { GridView } from "./grid_view.js";
import { short } from "./numbers.js";
import { RingView } from "./ring_view.js";
import { GRIDS } from "./scene.js";
import { Stage } from "./stage.js";
import { TurningView } from "./turning_view.js";

const SIGNS = {
  scatter: { kernel: "×", "input-gradient": "→", derivative: "⊙", "delta-below": "=" },
  gather: { kernel: "⊗", "input-gradient": "=", derivative: "⊙", "delta-below": "=" },
};
const TIGHT = 34;
const MADE_OF_SUMS = new Set(["input-gradient", "delta-below"]);

export class FlowStage extends Stage {
  gridView(name, state, scene) {
    const options = { editable: state.editable.includes(name) };
    if (name === "kernel") return new TurningView(name, scene.arrays.kernel, options);
    if (name === "delta") return new RingView(name, scene.arrays.delta, ringOf(scene.arrays.kernel.shape), options);
    return new GridView(name, scene.arrays[name], options);
  }

  extras() {
    this.signs = Object.fromEntries(this.names.slice(1).map((name) => [name, element("span", { class: "operator", "aria-hidden": "true" })]));
    this.frames = { delta: new Frame("delta"), "input-gradient": new Frame("gradient") };
    const marks = element("div", { class: "windows" }, ...Object.values(this.frames).map(({ root }) => root));
    return [...Object.values(this.signs), marks];
  }

  arrange({ scene, width, height, size }) {
    return flowLayout(scene, this.names, { width, height, size, rings: { delta: ringOf(scene.arrays.kernel.shape) } });
  }

  paint(picture) {
    const gathers = picture.state.reading === "gather";
    this.gathers = gathers;
    this.grids.kernel?.turn(gathers);
    this.grids.delta?.extend(gathers);
    this.#add(picture);
    super.paint(picture);
    this.board.classList.toggle("tight", this.layout.cell < TIGHT);
  }

  // In scatter the numbers are what the stamps have added up to; kept while nothing is stamped.
  #add(picture) {
    const { scene, at } = picture;
    const upTo = this.gathers ? null : stamped(scene.taps, at);
    if (this.added?.scene !== scene || this.added.upTo !== upTo) this.added = { scene, upTo, ...this.#sums(scene, upTo) };
    picture.running = this.added["input-gradient"]?.values;
  }

  #sums(scene, upTo) {
    if (upTo === null) return {};
    const { shape } = scene.arrays.input;
    const values = runningSums(scene, upTo);
    const sums = { "input-gradient": { shape, values } };
    if (scene.slope) sums["delta-below"] = { shape, values: through(values, scene.arrays.derivative.values) };
    return sums;
  }

  numbers(name, picture) {
    const shown = super.numbers(name, picture);
    if (this.gathers) return shown;
    return { array: (MADE_OF_SUMS.has(name) && this.added[name]) || shown.array, sum: null };
  }

  badges({ scene, pick, lit }) {
    if (GRIDS[pick.grid].axis !== "input") return new Map();
    const { kernel } = scene.arrays;
    const met = [...lit.output].map(([output, n]) => [output, short(kernel.values[scene.taps.weight[n]])]);
    return new Map([["delta", new Map(met)]]);
  }

  join(picture) {
    const { scene, pick, lit, size } = picture;
    const window = this.gathers && GRIDS[pick.grid].axis === "input" ? windowAt(pick.index, scene.arrays) : [];
    const { kernel } = scene.arrays;
    this.grids.delta?.look(window.filter(({ output }) => output === null).map((cell) => ({ ...cell, weight: short(kernel.values[cell.weight]) })));
    this.#stamp(picture);
    const areas = this.#areas(picture, window);
    this.frames.delta.show(window.length ? areas.delta : null);
    this.frames["input-gradient"].show(pick.grid === "delta" && lit.input.size ? areas["input-gradient"] : null);
    this.links.replaceChildren(...this.#bands(pick, areas));
    for (const name of this.names.slice(1)) this.#placeSign(name, scene, size);
  }

  // What each stamped product adds, on the inputs it lands on; and which inputs are still waiting.
  #stamp({ scene, pick, lit, at, playing, state }) {
    const stamps = pick.grid === "delta" || pick.grid === "kernel" ? lit.input : new Map();
    const reached = new Set(scene.taps.input.slice(0, this.added.upTo ?? Infinity));
    const grows = this.gathers && (playing || state.by === "product");
    this.grids["input-gradient"]?.cells.forEach((cell, p) => {
      const n = stamps.get(p);
      mark(cell, "data-stamp", n === undefined ? null : signed(productAt(scene.arrays, scene.taps, n)));
      mark(cell, "data-waiting", reached.has(p) ? null : "true");
    });
    this.grids["delta-below"]?.cells.forEach((cell, p) => {
      mark(cell, "data-waiting", reached.has(p) ? null : "true");
      mark(cell, "data-ahead", grows && p > at.index ? "true" : null);
    });
    this.grids.derivative?.cells.forEach((cell, p) => mark(cell, "data-dead", scene.arrays.derivative.values[p] === 0 ? "true" : null));
  }

  // The lit part of each grid, as a rectangle on the board.
  #areas({ scene, pick, lit }, window) {
    const box = (name) => this.layout.boxes[name];
    const cells = (name, indices) => box(name) && indices.length && around(box(name), indices.map((n) => positionOf(n, scene.arrays[name].shape)));
    const byInput = GRIDS[pick.grid].axis === "input";
    const own = (name, end) => cells(name, GRIDS[pick.grid].axis === end ? [pick.index] : [...lit[end].keys()]);
    return {
      delta: window.length && box("delta") ? around(box("delta"), window.map(({ at }) => at)) : own("delta", "output"),
      kernel: pick.grid === "kernel" ? null : cells("kernel", [...scene.arrays.kernel.values.keys()]),
      "input-gradient": own("input-gradient", "input"),
      derivative: byInput && cells("derivative", [pick.index]),
      "delta-below": byInput && cells("delta-below", [pick.index]),
    };
  }

  #bands(pick, areas) {
    const roles = { delta: "delta", kernel: "kernel", "input-gradient": "gradient", derivative: "slope" };
    const shown = this.names.filter((name) => areas[name]);
    const beside = (a, b) => this.layout.boxes[a].line === this.layout.boxes[b].line;
    const joined = shown.slice(1).flatMap((name, n) => (beside(shown[n], name) ? band(areas[shown[n]], areas[name], roles[shown[n]]) : []));
    const [from, to] = [areas["input-gradient"], areas["delta-below"]];
    return from && to && from.bottom <= to.top ? [...joined, ...band(from, to, "gradient")] : joined;
  }

  #placeSign(name, scene, size) {
    const node = this.signs[name];
    const sign = SIGNS[this.gathers ? "gather" : "scatter"][name];
    if (node.textContent !== sign) node.textContent = sign;
    const { shape } = scene.arrays[name];
    const box = this.layout.boxes[name];
    const { between } = this.layout;
    const rows = shape.length === 1 ? 1 : shape[0];
    const x = box.x - size.ruler - between;
    const y = box.y + (rows * box.pitchY - 4 - size.operator) / 2;
    node.style.cssText = `transform:translate(${x}px,${y}px);width:${between}px;height:${size.operator}px`;
    node.hidden = box.first && x < 0;
  }
}

const signed = (value) => (value < 0 ? short(value) : `+${short(value)}`);

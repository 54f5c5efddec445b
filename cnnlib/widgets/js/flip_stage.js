// o ⊗ w beside o * w: the kernel turns, and the cells that differ are marked one by one.
import { indexOf, toNested } from "./arrays.js";
import { button } from "./controls.js";
import { element, mark } from "./dom.js";
import { canSearch, countHiding, nextKernel, placeOf, resultNames, SIGNS, verdict } from "./flip.js";
import { flipLayout } from "./flip_layout.js";
import { GridView } from "./grid_view.js";
import { cellAfter } from "./keys.js";
import { full, short } from "./numbers.js";
import { LETTERS } from "./scene.js";
import { Stage } from "./stage.js";

const ANGLE = "180°";
const LEAST_BADGED = 36;
const LEAST_MARKED = 30;
const SHARE = 0.8; // of the height: the rest is for what is said below
const nameOf = (w, turn) => (turn === "turn" ? `rot180(${w})` : `${w}${SIGNS[turn]}`);

// A copy of the kernel whose cells move; the digits stay upright.
class TurningKernel extends GridView {
  constructor(...settings) {
    super(...settings);
    this.spin = element("div", { class: "spin", role: "none" });
    this.spin.append(...this.root.querySelectorAll('[role="row"]'));
    this.root.append(this.spin);
  }

  after = (key, index) => {
    const here = this.done ? placeOf(index, this.shape, this.turn) : index;
    const there = cellAfter(key, here, this.shape, this.count);
    return this.done ? this.cells.findIndex((_, n) => placeOf(n, this.shape, this.turn) === there) : there;
  };

  place(box, size) {
    super.place(box, size);
    const [rows, columns] = this.shape.length === 1 ? [1, ...this.shape] : this.shape;
    const gap = box.pitchX - box.cell;
    this.spin.style.cssText = `width:${columns * box.pitchX - gap}px;height:${rows * box.pitchY - gap}px`;
    this.box = box;
  }

  // A half turn is a turn of the whole; a mirror image or a transpose is a move of each cell.
  move({ turn, done }, notation) {
    Object.assign(this, { turn, done });
    const around = done && turn === "turn";
    mark(this.root, "data-turned", around ? "true" : null);
    this.cells.forEach((cell, flat) => {
      const to = done ? placeOf(flat, this.shape, turn) : flat;
      const at = around ? flat : to;
      const [row, column] = this.shape.length === 1 ? [0, at] : [Math.floor(at / this.shape[1]), at % this.shape[1]];
      cell.style.transform = "none";
      cell.style.translate = `${column * this.box.pitchX}px ${row * this.box.pitchY}px`;
      mark(cell, "data-index", indexOf(to, this.shape));
      mark(cell, "aria-label", `second kernel ${indexOf(to, this.shape).replace(",", " ")}: ${cell.querySelector(".number").textContent}`);
    });
    const [symbol, what] = done ? [nameOf(LETTERS[notation].kernel, turn), ""] : [LETTERS[notation].kernel, "a copy"];
    this.caption.firstChild.textContent = symbol;
    this.caption.lastChild.textContent = what;
  }
}

class ResultView extends GridView {
  // names: of both results; unknown: the kernel has not moved yet.
  compare({ values, differs, name, unknown }) {
    const other = this.name === "convolution";
    this.caption.firstChild.textContent = unknown ? "?" : name;
    this.caption.lastChild.textContent = "";
    mark(this.root, "aria-label", `${unknown ? "second result" : name}, ${this.shape.join(" by ")}`);
    this.cells.forEach((cell, n) => {
      const place = `${unknown ? "second result" : name}, ${indexOf(n, this.shape).replace(",", " ")}`;
      const known = differs[n] ? "different" : "the same";
      mark(cell, "data-differs", other && !unknown ? String(differs[n]) : null);
      mark(cell, "data-unknown", unknown ? "true" : null);
      mark(cell, "aria-label", unknown ? `${place}: not known yet` : `${place}: ${full(values[n])}${other ? `, ${known}` : ""}`);
      if (unknown) mark(cell, "title", null);
      cell.querySelector(".number").textContent = unknown ? "" : short(values[n]);
    });
  }
}

const VIEWS = { turned: TurningKernel, output: ResultView, convolution: ResultView };

export class FlipStage extends Stage {
  constructor(state, scene, names, view) {
    super(state, scene, names);
    this.verdict = element("b", { "data-part": "verdict", role: "status" });
    this.root.append(element("div", { class: "flip-verdict" }, this.verdict));
    if (state.controls.includes("hides")) this.#addSearch(scene, view);
  }

  #addSearch(scene, view) {
    const { values, shape } = scene.arrays.kernel;
    if (!canSearch(values.length)) return;
    const { hiding, kernels } = countHiding(values.length);
    const next = (wanted) => () => {
      const kernel = nextKernel(view.scene.arrays.kernel.values, wanted);
      if (kernel) view.set({ kernel: toNested({ shape, values: kernel }), position: Math.max(1, view.position), selected: [] });
    };
    const text = `${hiding} of the ${kernels} kernels of −1, 0, 1 hide the flip.`;
    this.root.append(element("div", { class: "search", "data-part": "search" },
      element("span", {}, text), button("Next that hides it", next(true)), button("Next that shows it", next(false))));
  }

  gridView(name, state, scene) {
    const editable = state.editable.includes(name);
    return new (VIEWS[name] ?? GridView)(name, scene.arrays[name], { editable, padding: state.padding });
  }

  extras() {
    this.sign = element("span", { class: "operator sign", "aria-hidden": "true" });
    this.compared = element("span", { class: "operator", "aria-hidden": "true" });
    return [this.sign, this.compared];
  }

  arrange({ scene, width, height, size }) {
    return flipLayout(scene, this.names, { width, height: SHARE * height, size });
  }

  // The weights that the window's inputs meet, in the reading that is pointed at.
  badges({ scene, pick, lit }) {
    if (this.layout.cell < LEAST_BADGED) return new Map();
    const { taps, moved, arrays, done } = scene;
    const met = (cells, { values }) => new Map([...cells].map(([cell, n]) => [cell, short(values[taps.weight[n]])]));
    if (pick.grid === "output") return new Map([["input", met(lit.input, arrays.kernel)]]);
    if (pick.grid === "convolution" && done) return new Map([["input", met(lit.input, moved)]]);
    if (pick.grid !== "input") return new Map();
    return new Map([["output", met(lit.output, arrays.kernel)], ["convolution", done ? met(lit.output, moved) : new Map()]]);
  }

  join({ scene, state, size }) {
    const names = resultNames(scene, state.notation);
    this.grids.turned?.move(scene, state.notation);
    for (const name of ["output", "convolution"]) {
      const unknown = name === "convolution" && !scene.done;
      this.grids[name]?.compare({ values: scene.arrays[name].values, differs: scene.differs, name: names[name], unknown });
    }
    mark(this.root, "data-small", this.layout.cell < LEAST_MARKED ? "true" : null);
    this.#placeSigns(scene, size);
    const text = verdict(scene);
    if (this.verdict.textContent !== text) this.verdict.textContent = text;
    mark(this.verdict, "data-hides", scene.done && !scene.differs.some(Boolean) ? "true" : null);
  }

  #placeSigns(scene, size) {
    const { boxes, between } = this.layout;
    const rows = (name) => (scene.axes === 1 ? 1 : scene.arrays[name].shape[0]);
    const place = (node, name, before) => {
      const [box, other] = [boxes[name], boxes[before]];
      node.hidden = !box || !other;
      if (node.hidden) return;
      const under = other.x === box.x;
      const high = under ? size.chip : size.operator;
      const x = under ? box.x : box.x - size.ruler - between;
      const y = under ? other.y + rows(before) * box.pitchY : box.y + (rows(name) * box.pitchY - high) / 2;
      const width = under ? scene.arrays[name].shape.at(-1) * box.pitchX : between;
      node.classList.toggle("level", under);
      node.style.cssText = `transform:translate(${x}px,${y}px);width:${width}px;height:${high}px`;
    };
    place(this.sign, "turned", "kernel");
    place(this.compared, "convolution", "output");
    this.sign.replaceChildren(scene.turn === "transpose" ? "⤡" : SIGNS[scene.turn], ...(scene.turn === "turn" ? [element("small", {}, ANGLE)] : []));
    this.compared.textContent = !scene.done ? "" : scene.differs.some(Boolean) ? "≠" : "=";
  }
}

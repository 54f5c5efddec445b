// The picture: how grids are laid out and joined, for one axis, a long signal, or two axes.
import { element, mark, svg } from "./dom.js";
import { makeFormula } from "./formula.js";
import { GridView } from "./grid_view.js";
import { MOST_IN_A_ROW, ribbonLayout, sheetLayout, traceLayout } from "./layout.js";
import { ribbonLinks, sheetLinks } from "./links.js";
import { short } from "./numbers.js";
import { GRIDS } from "./scene.js";
import { TraceView } from "./trace_view.js";

const axisOf = (name) => GRIDS[name].axis;

// What every picture shares: the grids, their numbers, and which cells are lit.
export class Stage {
  #written = new Map();

  constructor(state, scene, names) {
    this.names = names;
    this.list = names.map((name) => ({ name, axis: axisOf(name) }));
    this.grids = Object.fromEntries(names.map((name) => [name, this.gridView(name, state, scene)]));
    this.links = svg("svg", { class: "links", "aria-hidden": "true" });
    this.products = element("div", { class: "products", "aria-hidden": "true" });
    const grids = names.map((name) => this.grids[name].root);
    this.board = element("div", { class: "board" }, this.links, this.products, ...this.extras(), ...grids);
    this.root = element("div", { class: "stage" }, this.board);
  }

  gridView(name, state, scene) {
    const editable = state.editable.includes(name);
    return new GridView(name, scene.arrays[name], { padding: state.padding, editable });
  }

  extras() {
    return [];
  }

  paint(picture) {
    this.layout = this.arrange(picture);
    this.board.style.width = `${this.layout.width}px`;
    this.board.style.height = `${this.layout.height}px`;
    for (const name of this.names) this.grids[name].place(this.layout.boxes[name], picture.size);
    this.#paintGrids(picture);
    this.join(picture);
    if (!this.painted) this.#settle();
  }

  // The first picture stands where it belongs; only what comes after moves.
  #settle() {
    this.painted = true;
    requestAnimationFrame(() => requestAnimationFrame(() => this.root.classList.add("settled")));
  }

  #paintGrids(picture) {
    const { scene, state, pick, lit, hidden } = picture;
    const badges = this.badges(picture);
    for (const name of this.names) {
      const view = this.grids[name];
      const own = axisOf(name) === axisOf(pick.grid);
      const cells = own ? new Set([pick.index]) : new Set(lit[axisOf(name)].keys());
      const { array, sum } = this.numbers(name, picture);
      if (this.#isNews(name, [scene, state, array, picture.width, picture.size, sum?.index, sum?.value])) {
        view.title(state.notation);
        view.write(array, this.isMasked(name, state) ? hidden : NONE, sum);
      }
      view.highlight(cells, name === pick.grid ? pick.index : null, badges.get(name));
    }
  }

  // What stands in a grid's cells, and the sum so far of the one that is being computed.
  numbers(name, { scene, pick, partial }) {
    return { array: scene.arrays[name], sum: name === pick.grid ? partial : null };
  }

  isMasked(name, { masked }) {
    return name === masked;
  }

  // Pointing changes no number: writing hundreds of cells again would cost a frame.
  #isNews(name, parts) {
    const before = this.#written.get(name);
    this.#written.set(name, parts);
    return !before || parts.some((part, n) => part !== before[n]);
  }

  // Small numbers on the partners: which weight each of them meets.
  badges({ scene, pick, lit }) {
    const { taps, arrays } = scene;
    const weights = (cells) =>
      new Map([...cells].map(([cell, n]) => [cell, short(arrays.kernel.values[taps.weight[n]])]));
    if (axisOf(pick.grid) === "output") return new Map([["input", weights(lit.input)]]);
    if (axisOf(pick.grid) !== "input") return new Map();
    const met = weights(lit.output);
    return new Map([["output", met], ["delta", met]]);
  }
}

const NONE = new Set();

// One axis: rows under each other, the kernel riding under the input, a chip for each product.
export class RibbonStage extends Stage {
  arrange(picture) {
    return ribbonLayout(picture.scene, this.list, { ...picture, ridden: this.#ridden(picture) });
  }

  // The row that moves: it lines up with the row above, product over product.
  #ridden({ scene, pick, at, stepped }) {
    const { stride, padding, dilation } = scene.move;
    const current = (axis) => (axisOf(pick.grid) === axis ? pick.index : at.index);
    if (stepped === "weight-gradient") {
      return { grid: "delta", column: dilation * current("weight") - padding };
    }
    return stepped === "output" ? { grid: "kernel", column: stride * current("output") - padding } : null;
  }

  badges(picture) {
    return this.names.includes("kernel") && picture.stepped === "output" ? new Map() : super.badges(picture);
  }

  join({ scene, pick, lit, secret, hovered, stepped }) {
    const { stride, padding } = scene.move;
    const byOutput = axisOf(pick.grid) === "input";
    const { paths, chips } = ribbonLinks({
      scene,
      lit,
      layout: this.layout,
      formula: makeFormula(scene, pick),
      first: stepped === "input-gradient" ? "delta" : "input",
      last: stepped,
      chipColumn: (n) => (byOutput ? stride * scene.taps.output[n] - padding : scene.taps.input[n]),
      secret,
    });
    this.links.replaceChildren(...paths);
    this.products.replaceChildren(...chips);
    this.products.classList.toggle("still", hovered);
  }
}

// A long signal: lines instead of cells.
class TraceStage extends Stage {
  gridView(name, state, scene) {
    if (axisOf(name) === "weight") return super.gridView(name, state, scene);
    return new TraceView(name, scene.arrays[name]);
  }

  arrange(picture) {
    return traceLayout(picture.scene, this.list, picture);
  }

  join() {}
}

const OPERATORS = { kernel: "⊗", delta: "⊗", output: "=", "weight-gradient": "=", "input-gradient": "=" };

// Two axes: grids side by side, like the equation they make.
export class SheetStage extends Stage {
  extras() {
    const sign = (name) => element("span", { class: "operator", "aria-hidden": "true" }, OPERATORS[name]);
    this.operators = this.names.slice(1).map(sign);
    return this.operators;
  }

  arrange({ scene, width, size, height }) {
    return sheetLayout(scene, this.list, { width, size, height });
  }

  join({ scene, pick, lit, size }) {
    this.links.replaceChildren(...sheetLinks({ scene, layout: this.layout, lit, pick, grids: this.list }));
    this.operators.forEach((node, n) => this.#placeOperator(node, n, scene, size));
  }

  #placeOperator(node, n, scene, size) {
    const [before, after] = [this.layout.boxes[this.names[n]], this.layout.boxes[this.names[n + 1]]];
    const width = this.layout.between;
    const x = after.x - size.ruler - (after.x > before.x ? width : width / 2);
    const y = after.y + (scene.arrays[this.names[n + 1]].shape[0] * after.pitchY - size.operator) / 2;
    node.style.cssText = `transform:translate(${x}px,${y}px);width:${width}px;height:${size.operator}px`;
    mark(node, "data-between", `${this.names[n]} ${this.names[n + 1]}`);
  }
}

export function linearStage(scene) {
  if (scene.axes === 2) return SheetStage;
  return scene.arrays.input.shape[0] > MOST_IN_A_ROW ? TraceStage : RibbonStage;
}

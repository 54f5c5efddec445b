// What every picture shares: the grids, their numbers, and which cells are lit.
import { element, svg } from "./dom.js";
import { GridView } from "./grid_view.js";
import { short } from "./numbers.js";
import { GRIDS } from "./scene.js";

export const axisOf = (name) => GRIDS[name].axis;

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

  // In a room of another size everything stands where it belongs at once. (What moves there is
  // counted as overflow where it came from, and leaves a scroll bar behind.)
  moveIn() {
    this.painted = false;
    this.root.classList.remove("settled");
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
        view.write(array, name === state.masked ? hidden : NONE, sum);
      }
      view.highlight(cells, name === pick.grid ? pick.index : null, badges.get(name));
    }
  }

  // What stands in a grid's cells, and the sum so far of the one that is being computed.
  numbers(name, { scene, pick, partial }) {
    return { array: scene.arrays[name], sum: name === pick.grid ? partial : null };
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

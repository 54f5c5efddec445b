// Delta with room for a ring of zeros, which is there while a window slides over it.
import { element, mark } from "./dom.js";
import { GridView } from "./grid_view.js";
import { ringCells } from "./flows_sums.js";

export class RingView extends GridView {
  constructor(name, array, ring, options) {
    super(name, array, options);
    this.ring = ring;
    this.padding = ringCells(array.shape, ring).map((at) => this.#zero(at));
    this.root.classList.add("ringed");
    this.root.append(...this.padding);
  }

  #zero(at) {
    const cell = element("div", { class: "cell pad", "data-pad": true, "aria-hidden": "true" }, element("span", { class: "number" }, "0"));
    cell.at = at;
    return cell;
  }

  place(box, size) {
    super.place(box, size);
    const [down, right] = this.ring.length === 1 ? [0, this.ring[0]] : this.ring;
    this.root.style.setProperty("--down", `${-down * box.pitchY}px`);
    this.root.style.setProperty("--right", `${-right * box.pitchX}px`);
    for (const { style, at } of this.rulers) {
      const across = at.axis === this.shape.length - 1;
      style.setProperty("--aside", across ? `0 ${-down * box.pitchY}px` : `${-right * box.pitchX}px 0`);
    }
  }

  extend(shown) {
    this.root.classList.toggle("extended", shown);
  }

  // window: the cells that are looked at now, each with its weight.
  look(window) {
    const weights = new Map(window.map(({ at, weight }) => [String(at), weight]));
    for (const cell of this.padding) {
      const weight = weights.get(String(cell.at));
      mark(cell, "data-lit", weight === undefined ? null : "padding");
      mark(cell, "data-badge", weight);
    }
  }
}

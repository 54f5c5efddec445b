// Delta with the zeros that are put in; the input gradient with what falls on the padding.
import { element, mark } from "./dom.js";
import { GridView } from "./grid_view.js";
import { full, short } from "./numbers.js";
import { gradientAt, zerosOf } from "./strides.js";

const padCell = (text, at) =>
  Object.assign(element("div", { class: "cell pad", "data-pad": true, "aria-hidden": "true" }, element("span", { class: "number" }, text)), { at });

export class SpreadView extends GridView {
  constructor(name, scene, options) {
    super(name, scene.arrays[name], options);
    // A grid's own positions count in deltas: a zero between two of them has a broken one.
    this.padding = zerosOf(scene).map((z) => padCell("0", z.map((n) => n / scene.move.stride)));
    this.root.append(...this.padding);
  }

  // weights: what the zeros in the window are multiplied with, by their place.
  look(weights) {
    for (const cell of this.padding) {
      const weight = weights.get(String(cell.at));
      mark(cell, "data-lit", weight === undefined ? null : "padding");
      mark(cell, "data-badge", weight);
    }
  }
}

// The padding gets gradients too. They belong to nothing, and are cropped.
export class CroppedView extends GridView {
  constructor(name, scene, { padding, ...options }) {
    super(name, scene.arrays[name], options);
    const input = new GridView("input", scene.arrays.input, { padding });
    this.padding = input.padding;
    this.padding.forEach((cell) => cell.classList.add("cropped"));
    this.root.append(...this.padding);
  }

  crop(scene, secret) {
    for (const cell of this.padding) {
      const value = gradientAt(scene, cell.at);
      const text = secret ? "" : short(value);
      if (cell.textContent !== text) cell.textContent = text;
      mark(cell, "title", secret ? null : `${full(value)}, cropped`);
    }
  }
}

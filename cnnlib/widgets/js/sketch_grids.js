// A square of pixels as cells: what the network sees, or ∂E/∂o with its signs.
import { indexOf } from "./arrays.js";
import { element, mark } from "./dom.js";
import { cellAfter } from "./keys.js";
import { short } from "./numbers.js";

const WORTH_A_SIGN = 0.2; // of the largest

export class PixelGrid {
  // point(n or null): what the pointer or the keys are on.
  constructor(name, { role, label, point }) {
    Object.assign(this, { name, label, point, side: 0, cells: [] });
    this.root = element("div", { class: `pixels role-${role}`, role: "grid", "aria-readonly": "true", "data-of": name });
    const on = (event) => this.cells.indexOf(event.target.closest("[data-index]"));
    this.root.addEventListener("pointerover", (event) => on(event) >= 0 && point(on(event)));
    this.root.addEventListener("pointerleave", () => point(null));
    this.root.addEventListener("focusin", (event) => (this.#stop(on(event)), point(on(event))));
    this.root.addEventListener("focusout", () => point(null));
    this.root.addEventListener("keydown", (event) => this.#key(event, on(event)));
  }

  #key(event, at) {
    if (!/^(Arrow|Home$|End$)/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.cells[cellAfter(event.key, at, [this.side, this.side], this.cells.length)].focus();
  }

  #stop(at) {
    this.cells.forEach((cell, n) => mark(cell, "tabindex", n === at ? 0 : -1));
  }

  #build(side) {
    this.side = side;
    const shape = [side, side];
    const cell = (_, n) => element("div", { class: "pixel", role: "gridcell", tabindex: n ? -1 : 0, "data-grid": this.name, "data-index": indexOf(n, shape) });
    this.cells = Array.from({ length: side * side }, cell);
    const rows = Array.from({ length: side }, (_, row) => element("div", { role: "row" }, ...this.cells.slice(row * side, (row + 1) * side)));
    this.root.replaceChildren(...rows);
    this.root.style.setProperty("--side", side);
    mark(this.root, "aria-label", `${this.label}, ${side} by ${side}`);
  }

  // values: what is said of each cell; share: 0 to 1, how strongly it is painted; lit: a cell or null.
  paint(values, side, { signed = false, lit = null }) {
    if (side !== this.side) this.#build(side);
    const most = signed ? values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) : 1;
    this.cells.forEach((cell, n) => {
      const share = most > 0 ? Math.abs(values[n]) / most : 0;
      cell.style.setProperty("--share", share.toFixed(3));
      mark(cell, "aria-label", `${indexOf(n, [side, side])}: ${short(values[n])}`);
      mark(cell, "data-sign", signed && share > WORTH_A_SIGN ? signOf(values[n]) : null);
      mark(cell, "data-lit", n === lit ? "input" : null);
    });
  }
}

// Against the lever: where E falls with more ink, more ink.
const signOf = (lever) => (lever < 0 ? "more" : "less");

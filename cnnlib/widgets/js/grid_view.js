// One grid of numbers: cells, padding, rulers and caption.
import { indexOf, positionOf, sizeOf } from "./arrays.js";
import { element, mark } from "./dom.js";
import { full, short } from "./numbers.js";
import { GRIDS, LETTERS } from "./scene.js";

// The outline of a picked cell stays clear of the numbers beside it.
const CLEAR = 1;

// What is seen is said first; a fraction is said in full after it.
const spoken = (value, text) => (text === full(value) ? text : `${text}, exactly ${full(value)}`);

// How far zeros reach out of a grid, before its first cell: rulers and caption stand clear of them.
function ringOf({ ring, inset = 0, pitchX }) {
  return ring ?? { top: inset * pitchX, left: inset * pitchX };
}

export class GridView {
  constructor(name, array, { padding = 0, editable = false, caption = true } = {}) {
    this.name = name;
    this.shape = array.shape;
    this.editable = editable;
    this.role = GRIDS[name].role;
    this.count = array.values.length;
    this.cells = array.values.map((_, flat) => this.#cell(flat));
    this.padding = name === "input" ? this.#padding(padding) : [];
    this.rulers = this.#rulers();
    this.caption = caption ? element("div", { class: "caption" }) : null;
    this.root = element(
      "div",
      { class: `grid role-${this.role} axes-${this.shape.length}${editable ? " editable" : ""}`, role: "grid", "data-of": name },
      this.caption,
      ...this.rulers,
      ...this.padding,
      ...this.#rows(),
    );
    mark(this.root, "aria-readonly", editable ? null : "true");
  }

  #cell(flat) {
    return element(
      "div",
      {
        class: "cell",
        role: "gridcell",
        tabindex: flat === 0 ? 0 : -1,
        "data-grid": this.name,
        "data-index": indexOf(flat, this.shape),
      },
      element("span", { class: "number" }),
    );
  }

  #rows() {
    const columns = this.shape.at(-1);
    const rows = sizeOf(this.shape) / columns;
    return Array.from({ length: rows }, (_, row) =>
      element("div", { role: "row" }, ...this.cells.slice(row * columns, (row + 1) * columns)),
    );
  }

  // Zeros put round the input: seen, not part of the array.
  #padding(padding) {
    const padded = this.shape.map((n) => n + 2 * padding);
    const cells = [];
    for (let flat = 0; padding > 0 && flat < sizeOf(padded); flat++) {
      const position = positionOf(flat, padded).map((p) => p - padding);
      if (position.every((p, axis) => p >= 0 && p < this.shape[axis])) continue;
      const cell = element("div", { class: "cell pad", "data-pad": true, "aria-hidden": "true" }, "0");
      cell.at = position;
      cells.push(cell);
    }
    return cells;
  }

  #rulers() {
    const label = (axis, index) => {
      const node = element("span", { class: "ruler", "aria-hidden": "true" }, element("b", {}, String(index)));
      node.at = { axis, index };
      return node;
    };
    return this.shape.flatMap((n, axis) => Array.from({ length: n }, (_, index) => label(axis, index)));
  }

  place(box, size) {
    this.root.style.transform = `translate(${box.x}px, ${box.y}px)`;
    // A row that only moves keeps its cells where they are.
    const ring = ringOf(box);
    const spacing = [box.pitchX, box.pitchY, box.cell, ring.top, ring.left, box.above ? 0 : box.x].join();
    if (spacing === this.spacing) return;
    this.spacing = spacing;
    this.root.style.setProperty("--cell", `${box.cell}px`);
    const at = (node, row, column) => {
      node.style.transform = `translate(${column * box.pitchX}px, ${row * box.pitchY}px)`;
    };
    const rowAndColumn = (position) => (position.length === 1 ? [0, position[0]] : position);
    this.cells.forEach((cell, flat) => at(cell, ...rowAndColumn(positionOf(flat, this.shape))));
    this.padding.forEach((cell) => at(cell, ...rowAndColumn(cell.at)));
    for (const { at: where, style } of this.rulers) {
      const across = where.axis === this.shape.length - 1;
      const [x, y] = across
        ? [where.index * box.pitchX, box.below ? box.cell + CLEAR : -size.ruler - ring.top - CLEAR]
        : [-size.ruler - ring.left - CLEAR, where.index * box.pitchY];
      style.transform = `translate(${x}px, ${y}px)`;
      style.width = across ? `${box.cell}px` : `${size.ruler}px`;
      style.height = across ? `${size.ruler}px` : `${box.cell}px`;
    }
    this.#placeCaption(box, size, ring);
  }

  #placeCaption(box, size, ring) {
    if (!this.caption) return;
    // Over a narrow grid the letter alone says what it is.
    const room = this.shape.at(-1) * box.pitchX + size.operator / 2;
    this.caption.classList.toggle("narrow", Boolean(box.above) && room < size.name);
    const onAxis = !box.above;
    const { style } = this.caption;
    this.caption.classList.toggle("above", Boolean(box.above));
    style.transform = onAxis
      ? `translate(${-box.x}px, 0)`
      : `translate(${-ring.left}px, ${-size.ruler - size.caption - ring.top}px)`;
    style.height = onAxis ? `${box.cell}px` : `${size.caption}px`;
  }

  title(notation) {
    const letter = LETTERS[notation][this.name];
    mark(this.root, "aria-label", `${GRIDS[this.name].title} ${letter}, ${this.shape.join(" by ")}`);
    if (!this.caption) return;
    this.caption.replaceChildren(
      element("span", { class: `symbol role-${this.role}` }, letter),
      element("span", { class: "what" }, GRIDS[this.name].caption ?? GRIDS[this.name].title),
    );
  }

  // hidden: cells whose number the reader is to predict; partial: the sum so far of the lit one.
  write(array, hidden, partial) {
    this.cells.forEach((cell, flat) => {
      const masked = hidden.has(flat);
      const value = partial?.index === flat ? partial.value : array.values[flat];
      const text = masked ? "?" : short(value);
      const number = cell.querySelector(".number");
      if (number && number.textContent !== text) number.textContent = text;
      mark(cell, "data-masked", masked ? "true" : null);
      mark(cell, "data-long", text.length > 2 ? Math.min(text.length, 8) : null);
      mark(cell, "title", text === full(value) || masked ? null : full(value));
      mark(cell, "aria-label", this.#label(flat, masked ? "not revealed" : spoken(value, text)));
    });
  }

  #label(flat, value) {
    return `${GRIDS[this.name].title} ${positionOf(flat, this.shape).join(" ")}: ${value}`;
  }

  // lit: indices of the cells in the picture; badges: what each of them is multiplied with.
  highlight(lit, picked, badges = new Map()) {
    this.cells.forEach((cell, flat) => {
      mark(cell, "data-lit", lit.has(flat) ? this.role : null);
      mark(cell, "data-picked", picked === flat ? "true" : null);
      mark(cell, "data-badge", badges.get(flat));
    });
  }

  focusOn(flat) {
    this.cells[flat]?.focus({ preventScroll: true });
  }

  // One Tab stop for each grid: the cell last picked or focused in it.
  stopAt(flat) {
    this.cells.forEach((cell, n) => mark(cell, "tabindex", n === flat ? 0 : -1));
  }
}

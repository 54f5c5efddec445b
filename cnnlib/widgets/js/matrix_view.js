// The connection matrix: a row for each output, a column for each input, a square for each pair.
import { indexOf } from "./arrays.js";
import { element, mark, pointIn, svg } from "./dom.js";
import { integers } from "./numbers.js";
import { GRIDS, LETTERS } from "./scene.js";
import { nameOf } from "./sharing.js";

const FEW = 8;
const LEAST_TYPE = 7;
const [LIGHTEST, RANGE, TURN] = [0.1, 0.55, 0.38];

const byChance = (weight) => integers(weight, 1, 0, FEW)[0] / FEW;

export class MatrixView {
  constructor(name, { shape, values }, blocks) {
    Object.assign(this, { name, shape, blocks, role: GRIDS[name].role, editable: false, count: values.length });
    this.squares = values.map((_, n) => svg("rect", { "data-grid": name, "data-index": indexOf(n, shape) }));
    this.bands = [0, 1].map(() => svg("rect", { class: "band" }));
    this.labels = svg("g", {});
    this.plot = element(
      "div",
      { class: "matrix", role: "slider", tabindex: 0, "data-trace": name, "aria-valuemin": 0, "aria-valuenow": 0, "aria-valuemax": this.count - 1 },
      svg("svg", { "aria-hidden": "true" }, ...this.bands, svg("g", {}, ...this.squares), this.labels),
    );
    this.caption = element("div", { class: "caption above" });
    this.root = element("div", { class: `grid role-${this.role}` }, this.caption, this.plot);
  }

  // Squares of one row of the input's or the output's grid stay together.
  #at(axis, n) {
    const { square, gap } = this.box;
    return n * square + Math.floor(n / this.blocks[axis]) * gap;
  }

  extent(axis) {
    return this.#at(axis, this.shape[axis] - 1) + this.box.square;
  }

  place(box, size) {
    if (JSON.stringify(box) === JSON.stringify(this.box)) return;
    this.box = box;
    this.root.style.transform = `translate(${box.x}px, ${box.y}px)`;
    this.plot.style.cssText = `width:${this.extent(1)}px;height:${this.extent(0)}px`;
    this.caption.style.transform = `translate(${-size.ruler}px, ${-size.ruler - size.caption}px)`;
    this.squares.forEach((square, n) => {
      const [row, column] = this.#cell(n);
      square.setAttribute("x", this.#at(1, column) + 0.5);
      square.setAttribute("y", this.#at(0, row) + 0.5);
      square.setAttribute("width", box.square - 1);
      square.setAttribute("height", box.square - 1);
    });
  }

  #cell = (n) => [Math.floor(n / this.shape[1]), n % this.shape[1]];

  indexAt(event) {
    const { x, y } = pointIn(this.plot, event);
    const [row, column] = [y, x].map((at, axis) => {
      let n = 0;
      while (n + 1 < this.shape[axis] && this.#at(axis, n + 1) <= at) n++;
      return n;
    });
    return row * this.shape[1] + column;
  }

  title(notation) {
    mark(this.plot, "aria-label", `connections, ${this.shape[0]} outputs by ${this.shape[1]} inputs`);
    this.caption.replaceChildren(
      element("span", { class: `symbol role-${this.role}` }, LETTERS[notation].connections),
      element("span", { class: "what" }, "one row per output, one column per input"),
    );
  }

  write() {}

  // Which weight each square stands for; -1 where nothing is connected.
  fill(values, weights, shared) {
    this.values = values;
    this.squares.forEach((square, n) => {
      mark(square, "class", values[n] < 0 ? "none" : "there");
      mark(square, "fill-opacity", values[n] < 0 ? null : LIGHTEST + RANGE * this.#shade(n, weights, shared));
      mark(square, "data-weight", values[n] < 0 ? null : nameOf(values[n], weights));
    });
  }

  // Few weights go from light to dark. Many that are shared do so across the diagonals of each
  // block; many that are not have shades by chance, so that nothing seems to repeat.
  #shade(n, weights, shared) {
    if (weights <= FEW) return this.values[n] / Math.max(1, weights - 1);
    if (!shared) return byChance(this.values[n]);
    const [[down, i], [right, j]] = this.#cell(n).map((at, axis) => [Math.floor(at / this.blocks[axis]), at % this.blocks[axis]]);
    const diagonal = (j - i + this.blocks[0] - 1) / Math.max(1, this.blocks[0] + this.blocks[1] - 2);
    return (((0.99 * diagonal + TURN * (right - down)) % 1) + 1) % 1;
  }

  highlight() {}

  // lit: indices of squares; row, column: the cell pointed at; name: what each weight is called.
  show({ lit, row, column, picked, weights, spoken }) {
    const shown = new Set(lit);
    this.squares.forEach((square, n) => {
      mark(square, "data-lit", shown.has(n) ? this.role : null);
      mark(square, "data-picked", picked === n ? "true" : null);
    });
    this.#band(0, row, this.extent(1));
    this.#band(1, column, this.extent(0));
    const letters = nameOf(0, weights) === "a";
    const named = letters ? this.values.map((_, n) => n).filter((n) => this.values[n] >= 0) : lit;
    const names = [...named].map((n) => this.#name(n, shown.has(n), weights));
    this.labels.replaceChildren(...names.filter(Boolean), ...this.#rulers(0, row), ...this.#rulers(1, column));
    mark(this.plot, "data-lit", lit.length ? this.role : null);
    if (picked === undefined) return;
    mark(this.plot, "aria-valuenow", picked);
    mark(this.plot, "aria-valuetext", spoken);
  }

  #band(axis, n, length) {
    const band = this.bands[axis];
    mark(band, "visibility", n === undefined ? "hidden" : null);
    if (n === undefined) return;
    const { square } = this.box;
    const [x, y, width, height] = axis === 0 ? [-3, this.#at(0, n) - 2, length + 6, square + 4] : [this.#at(1, n) - 2, -3, square + 4, length + 6];
    for (const [name, value] of Object.entries({ x, y, width, height })) mark(band, name, value);
  }

  #name(n, lit, weights) {
    const text = nameOf(this.values[n], weights);
    const type = this.box.square * [0.68, 0.56, 0.42][text.length - 1];
    if (type < LEAST_TYPE) return null;
    const [row, column] = this.#cell(n);
    return this.#text(text, this.#at(1, column), this.#at(0, row), type, lit ? "lit" : null);
  }

  // The number of the first cell of each block, and of the cell pointed at.
  #rulers(axis, current) {
    const starts = Array.from({ length: this.shape[axis] }, (_, n) => n).filter((n) => n % this.blocks[axis] === 0);
    const near = (n) => current !== undefined && n !== current && Math.abs(n - current) < 2;
    const shown = new Set([...starts.filter((n) => !near(n)), ...(current === undefined ? [] : [current])]);
    const { square, type } = this.box;
    return [...shown].map((n) => {
      const [x, y] = axis === 0 ? [-square / 2 - type, this.#at(0, n)] : [this.#at(1, n), -square / 2 - type * 0.8];
      return this.#text(String(n), x, y, type, n === current ? "ruler lit" : "ruler");
    });
  }

  #text(text, x, y, type, name) {
    const half = this.box.square / 2;
    return svg("text", { x: x + half, y: y + half, "font-size": type, class: name, "text-anchor": "middle", "dominant-baseline": "central" }, text);
  }

  get current() {
    return Number(this.plot.getAttribute("aria-valuenow") ?? 0);
  }

  stopAt() {}

  focusOn() {
    this.plot.focus({ preventScroll: true });
  }
}

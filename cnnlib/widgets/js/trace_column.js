// One layer as a column: a caption and its maps as painted cells, each of them a stop for the keys.
import { element, mark } from "./dom.js";
import { fullName, layerWords, mapName, place, plain, roleOf, sizeWords } from "./trace_names.js";

const MARKED = 14; // percent of colour that even a small number has
const px = (n) => `${n}px`;

export class Column {
  constructor(layers, level) {
    this.level = level;
    this.layer = layers[level];
    const { name } = this.layer;
    this.caption = element("div", { class: "caption" }, element("b", {}, name), element("span", { class: "what" }, layerWords(this.layer)));
    this.caption.title = `${name}: ${sizeWords(this.layer)}`;
    this.maps = element("div", { class: "maps", role: "grid", "aria-label": `${name}, ${layerWords(this.layer)}, ${sizeWords(this.layer)}` });
    this.root = element("div", { class: `column kind-${this.layer.kind}` }, this.caption, this.maps);
    this.cells = Array.from({ length: this.layer.size }, (_, n) => this.#cell(n));
    this.stop = 0;
    this.cells[0].tabIndex = 0;
  }

  #cell(n) {
    return element("div", { class: "cell", role: "gridcell", tabindex: -1, "data-grid": this.layer.name, "data-map": mapName(this.layer, n), "data-index": place(this.layer, n) });
  }

  // Cells go into rows that a screen reader can follow, and stand where the layout says.
  arrange(column) {
    this.walk = column.walk;
    const rows = Array.from({ length: column.rows }, () => element("div", { role: "row" }));
    this.byPlace = new Map();
    const order = this.cells.map((cell, n) => ({ cell, n, at: column.walk(n) })).sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1]);
    for (const { cell, n, at } of order) {
      const [left, top] = column.at(n);
      Object.assign(cell.style, { left: px(left), top: px(top), width: px(column.cell[0]), height: px(column.cell[1]) });
      rows[at[0]].append(cell);
      this.byPlace.set(at.join(), n);
    }
    Object.assign(this.maps.style, { width: px(column.width), height: px(column.height) });
    this.maps.replaceChildren(...rows);
  }

  paint(pass, reading, ahead) {
    const { layer, level } = this;
    const back = reading === "backward" && pass.deltas[level];
    const values = back || pass.values[level];
    const most = Math.max(...values.map(Math.abs)) || 1;
    this.root.className = `column kind-${layer.kind} role-${roleOf(layer, reading)}`;
    mark(this.root, "data-ahead", ahead ? "true" : null);
    const text = layer.shape.length === 1 ? (value) => plain(value, back ? Math.min(pass.deltaPlaces, 4) : 2) : null;
    this.cells.forEach((cell, n) => {
      const share = Math.abs(values[n]) / most;
      cell.style.setProperty("--heat", `${ahead || !values[n] ? 0 : Math.round(MARKED + (100 - MARKED) * share)}%`);
      mark(cell, "data-negative", !ahead && values[n] < 0 ? "true" : null);
      mark(cell, "aria-label", ahead ? `${layer.name}, not computed yet` : fullName(pass, level, n, reading));
      if (text) this.#write(cell, n, ahead ? "" : text(values[n]));
    });
    this.#marks(pass, ahead);
  }

  // As attributes that the stylesheet shows: the cell's name says the number already.
  #write(cell, n, text) {
    mark(cell, "data-class", n);
    mark(cell, "data-number", text || null);
  }

  // What the way back depends on: who won in the pool above, and where f's mask is shut.
  #marks(pass, ahead) {
    const above = pass.layers[this.level + 1];
    const winners = above?.kind === "max" ? new Set(pass.winners[this.level + 1]) : null;
    const masked = above?.kind === "relu";
    if (this.layer.shape.length === 1) this.cells.forEach((cell, n) => mark(cell, "data-target", n === pass.target ? "true" : null));
    this.cells.forEach((cell, n) => {
      mark(cell, "data-winner", !ahead && winners?.has(n) ? "true" : null);
      mark(cell, "data-shut", !ahead && masked && !(pass.values[this.level][n] > 0) ? "true" : null);
    });
  }

  light(lit, open) {
    this.cells.forEach((cell, n) => {
      mark(cell, "data-lit", lit?.role && lit.cells.has(n) ? lit.role : null);
      mark(cell, "data-open", open?.has(n) ? "true" : null);
    });
  }

  stopAt(n) {
    this.cells[this.stop].tabIndex = -1;
    this.cells[n].tabIndex = 0;
    this.stop = n;
  }

  // Where an arrow leads: across the border of a map into the next one; pages go map by map.
  after(key, n) {
    const [row, column] = this.walk(n);
    const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    if (key === "Home") return 0;
    if (key === "End") return this.cells.length - 1;
    if (key === "PageDown") return Math.min(this.cells.length - 1, n + this.layer.area);
    if (key === "PageUp") return Math.max(0, n - this.layer.area);
    const [down, right] = steps[key];
    return this.byPlace.get([row + down, column + right].join()) ?? n;
  }
}

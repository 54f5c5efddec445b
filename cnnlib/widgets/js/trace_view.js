// A long signal as a line: the same place in the picture as a row of cells, pointed at by position.
import { element, mark, pointIn, svg } from "./dom.js";
import { full, short } from "./numbers.js";
import { GRIDS, LETTERS } from "./scene.js";

const MARGIN = 8;

export class TraceView {
  constructor(name, array) {
    this.name = name;
    this.shape = array.shape;
    this.role = GRIDS[name].role;
    this.editable = false;
    this.count = array.values.length;
    this.band = svg("rect", { class: "band" });
    this.zero = svg("path", { class: "zero" });
    this.line = svg("path", { class: "line" });
    this.dot = svg("circle", { class: "dot", r: 4.5 });
    this.limits = [0, 1].map(() => element("span", { class: "limit", "aria-hidden": "true" }));
    this.caption = element("div", { class: "caption" });
    this.plot = element(
      "div",
      { class: "plot", role: "slider", tabindex: 0, "data-trace": name, "aria-valuemin": 0, "aria-valuenow": 0, "aria-valuemax": this.count - 1 },
      svg("svg", { "aria-hidden": "true" }, this.band, this.zero, this.line, this.dot),
    );
    this.root = element("div", { class: `grid trace axes-1 role-${this.role}` }, this.caption, this.plot, ...this.limits);
  }

  place(box) {
    this.box = box;
    this.root.style.transform = `translate(${box.x}px, ${box.y}px)`;
    this.plot.style.width = `${this.count * box.pitchX}px`;
    this.plot.style.height = `${box.height}px`;
    this.caption.style.transform = `translate(${-box.x}px, 0)`;
    this.caption.style.height = `${box.height}px`;
  }

  indexAt(event) {
    const index = Math.floor(pointIn(this.plot, event).x / this.box.pitchX);
    return Math.max(0, Math.min(this.count - 1, index));
  }

  title(notation) {
    const letter = LETTERS[notation][this.name];
    mark(this.plot, "aria-label", `${GRIDS[this.name].title} ${letter}, ${this.count} samples`);
    this.caption.replaceChildren(
      element("span", { class: `symbol role-${this.role}` }, letter),
      element("span", { class: "what" }, GRIDS[this.name].title),
    );
  }

  write(array) {
    this.values = array.values;
    const finite = array.values.filter(Number.isFinite);
    this.low = Math.min(0, ...finite);
    this.high = Math.max(0, ...finite);
    const points = array.values.map((value, n) => `${this.#x(n).toFixed(1)},${this.#y(value).toFixed(1)}`);
    mark(this.line, "d", `M${points.join("L")}`);
    mark(this.zero, "d", `M0,${this.#y(0)}H${this.count * this.box.pitchX}`);
    this.#limit(0, this.high);
    this.#limit(1, this.low);
  }

  #limit(n, value) {
    this.limits[n].textContent = short(value);
    this.limits[n].style.transform = `translate(${-this.box.x}px, ${this.#y(value)}px)`;
    this.limits[n].style.width = `${this.box.x - 6}px`;
  }

  #x = (index) => (index + 0.5) * this.box.pitchX;

  #y(value) {
    const share = (this.high - (Number.isFinite(value) ? value : 0)) / (this.high - this.low || 1);
    return MARGIN + share * (this.box.height - 2 * MARGIN);
  }

  // lit: the samples in the picture, shown as a band; the picked one carries a dot.
  highlight(lit, picked) {
    const cells = [...lit.keys()];
    const first = Math.min(...cells);
    const last = Math.max(...cells);
    const wide = Math.max(3, (last - first + 1) * this.box.pitchX);
    mark(this.band, "x", cells.length ? first * this.box.pitchX : -99);
    mark(this.band, "y", 0);
    mark(this.band, "width", wide);
    mark(this.band, "height", this.box.height);
    mark(this.plot, "data-lit", cells.length ? this.role : null);
    const at = picked ?? (cells.length === 1 ? first : null);
    mark(this.dot, "visibility", at === null ? "hidden" : null);
    if (at === null) return;
    mark(this.dot, "cx", this.#x(at));
    mark(this.dot, "cy", this.#y(this.values[at]));
    mark(this.plot, "aria-valuenow", at);
    mark(this.plot, "aria-valuetext", `sample ${at}: ${full(this.values[at])}`);
  }

  get current() {
    return Number(this.plot.getAttribute("aria-valuenow") ?? 0);
  }

  stopAt() {}

  focusOn() {
    this.plot.focus({ preventScroll: true });
  }
}

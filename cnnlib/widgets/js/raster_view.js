// A photograph: the same place in the picture as a grid of cells, painted from the state's numbers.
import { positionOf } from "./arrays.js";
import { element, mark, pointIn, svg } from "./dom.js";
import { greyOf } from "./greys.js";
import { full, short } from "./numbers.js";
import { GRIDS, LETTERS } from "./scene.js";

const ROUND = 2;
const [OPAQUE, GREY] = [0xff000000, 0x010101];

export class RasterView {
  constructor(name, { shape, values }) {
    Object.assign(this, { name, shape, role: GRIDS[name].role, editable: false, count: values.length });
    this.canvas = element("canvas", { width: shape[1], height: shape[0], "aria-hidden": "true" });
    this.frames = ["halo", "frame"].map((part) => svg("rect", { class: part, rx: 2 }));
    this.plot = element(
      "div",
      { class: "plot picture", role: "slider", tabindex: 0, "data-trace": name, "aria-valuemin": 0, "aria-valuenow": 0, "aria-valuemax": this.count - 1 },
      this.canvas,
      svg("svg", { "aria-hidden": "true" }, ...this.frames),
    );
    this.caption = element("div", { class: "caption above" });
    this.legend = element("div", { class: "legend" });
    this.root = element("div", { class: `grid raster role-${this.role}` }, this.caption, this.plot, this.legend);
  }

  place(box, size) {
    this.box = box;
    const [rows, columns] = this.shape;
    this.root.style.transform = `translate(${box.x}px, ${box.y}px)`;
    this.plot.style.width = this.legend.style.width = `${columns * box.pitchX}px`;
    this.plot.style.height = `${rows * box.pitchY}px`;
    this.caption.style.transform = `translate(0, ${-size.caption - ROUND}px)`;
    this.legend.style.transform = `translate(0, ${rows * box.pitchY + 3 * ROUND}px)`;
  }

  indexAt(event) {
    const { x, y } = pointIn(this.plot, event);
    const within = (at, count) => Math.max(0, Math.min(count - 1, Math.floor(at)));
    const row = within(y / this.box.pitchY, this.shape[0]);
    return row * this.shape[1] + within(x / this.box.pitchX, this.shape[1]);
  }

  title(notation) {
    if (this.notation === notation) return;
    this.notation = notation;
    mark(this.plot, "aria-label", `${GRIDS[this.name].title} ${LETTERS[notation][this.name]}, a picture, ${this.shape.join(" by ")} pixels`);
    this.caption.replaceChildren(
      element("span", { class: `symbol role-${this.role}` }, LETTERS[notation][this.name]),
      element("span", { class: "what" }, `${GRIDS[this.name].title}, ${this.shape.join(" × ")}`),
    );
  }

  write() {}

  // Every number a grey, only when the numbers have changed.
  show(values, scale) {
    if (values === this.values) return;
    this.values = values;
    const image = new ImageData(this.shape[1], this.shape[0]);
    const pixels = new Uint32Array(image.data.buffer);
    values.forEach((value, n) => (pixels[n] = Number.isNaN(value) ? 0 : OPAQUE + GREY * greyOf(value, scale)));
    this.canvas.getContext("2d").putImageData(image, 0, 0);
    const ends = scale.signed ? [scale.low, 0, scale.high] : [scale.low, scale.high];
    this.legend.replaceChildren(...ends.map((end) => element("span", {}, short(end))));
    mark(this.legend, "aria-label", `black is ${short(ends[0])} or less, ${scale.signed ? "middle grey is 0, " : ""}white is ${short(scale.high)} or more`);
    mark(this.legend, "role", "img");
  }

  // lit: the pixels in the picture, framed together; the picked one is what a reader hears.
  highlight(lit, picked) {
    this.block = blockOf(lit.keys(), this.shape[1]);
    const { pitchX, pitchY } = this.box;
    const { left, top, wide, high } = this.block ?? {};
    const place = { x: left * pitchX - ROUND, y: top * pitchY - ROUND, width: wide * pitchX + 2 * ROUND, height: high * pitchY + 2 * ROUND };
    for (const frame of this.frames) {
      mark(frame, "visibility", this.block ? null : "hidden");
      if (this.block) for (const [name, value] of Object.entries(place)) mark(frame, name, value);
    }
    mark(this.plot, "data-lit", this.block ? this.role : null);
    mark(this.plot, "data-picked", picked === null ? null : positionOf(picked, this.shape).join(","));
    if (picked === null) return;
    mark(this.plot, "aria-valuenow", picked);
    mark(this.plot, "aria-valuetext", `row ${positionOf(picked, this.shape).join(" column ")}: ${full(this.values?.[picked] ?? 0)}`);
  }

  get current() {
    return Number(this.plot.getAttribute("aria-valuenow") ?? 0);
  }

  stopAt() {}

  focusOn() {
    this.plot.focus({ preventScroll: true });
  }
}

// The rectangle round some pixels.
export function blockOf(pixels, across) {
  let [top, bottom, left, right] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const pixel of pixels) {
    const [row, column] = [Math.floor(pixel / across), pixel % across];
    top = Math.min(top, row);
    bottom = Math.max(bottom, row);
    left = Math.min(left, column);
    right = Math.max(right, column);
  }
  return top > bottom ? null : { left, top, wide: right - left + 1, high: bottom - top + 1 };
}

// Many small pictures on one sheet: kernels, their gradients, feature maps. White is the largest.
import { element, mark, pointIn } from "./dom.js";
import { greyOf } from "./greys.js";
import { indexAt, placeOf, tiling } from "./board_sums.js";

const WIDTH = 248;
const gapOf = (across) => (across > 10 ? 2 : 4);

export class Sheet {
  // shape: how many tiles, how many lie in a row, and a tile's rows and columns.
  constructor({ label, role, shape, pointed }) {
    Object.assign(this, { shape, label, picked: null });
    this.tiles = tiling({ ...shape, width: WIDTH, gap: gapOf(shape.across) });
    this.size = shape.count * shape.rows * shape.columns;
    this.canvas = element("canvas", {
      class: "sheet", tabindex: 0, role: "slider", "aria-label": label, "aria-valuemin": 0, "aria-valuemax": this.size - 1, "aria-valuenow": 0,
      onpointermove: (event) => pointed(this.#at(event)), onpointerdown: (event) => pointed(this.#at(event)), onpointerleave: () => pointed(null),
      onkeydown: (event) => this.#key(event, pointed), onblur: () => pointed(null),
    });
    this.root = element("div", { class: `plate role-${role}` }, this.canvas);
    this.scale = 0;
  }

  #at(event) {
    const { x, y } = pointIn(this.canvas, event);
    const zoom = WIDTH / (this.canvas.offsetWidth || WIDTH);
    return indexAt(this.tiles, this.shape, x * zoom, y * zoom);
  }

  #key(event, pointed) {
    const { rows, columns } = this.shape;
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns, PageDown: rows * columns, PageUp: -rows * columns }[event.key];
    const to = { Home: 0, End: this.size - 1 }[event.key] ?? (by && (this.here ?? 0) + by);
    if (to === undefined) return;
    event.preventDefault();
    this.here = Math.max(0, Math.min(this.size - 1, to));
    pointed(this.here);
  }

  // values: a number for each pixel, or null where there is nothing yet.
  draw(values, top, signed, { picked = null, words = "" } = {}) {
    const scale = Math.ceil(2 * (globalThis.devicePixelRatio || 1));
    this.#fit(scale);
    const pen = this.canvas.getContext("2d");
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, WIDTH, this.tiles.height);
    const high = top || 1;
    const range = { low: signed ? -high : 0, high };
    const { pixel } = this.tiles;
    for (let n = 0; n < this.size; n++) {
      const grey = values ? greyOf(values[n], range) : 128;
      pen.fillStyle = `rgb(${grey} ${grey} ${grey} / ${values ? 1 : 0.25})`;
      const { x, y } = placeOf(this.tiles, this.shape, n);
      pen.fillRect(x, y, pixel + 0.2, pixel + 0.2);
    }
    if (picked !== null) this.#frame(pen, picked);
    mark(this.canvas, "aria-valuenow", picked ?? this.here ?? 0);
    mark(this.canvas, "aria-valuetext", words || "nothing chosen");
    mark(this.canvas, "data-picked", picked);
  }

  #fit(scale) {
    if (scale === this.scale) return;
    this.scale = scale;
    mark(this.canvas, "width", WIDTH * scale);
    mark(this.canvas, "height", Math.ceil(this.tiles.height * scale));
    this.canvas.style.aspectRatio = `${WIDTH} / ${this.tiles.height}`;
  }

  #frame(pen, index) {
    const { x, y } = placeOf(this.tiles, this.shape, index);
    const { pixel } = this.tiles;
    for (const [colour, width] of [["#fff", 4], ["#d55e00", 2]]) {
      pen.strokeStyle = colour;
      pen.lineWidth = width;
      pen.strokeRect(x - 0.5, y - 0.5, pixel + 1, pixel + 1);
    }
  }
}

// One picture alone, black paper and white ink.
export function picture(values, [rows, columns], label) {
  const canvas = element("canvas", { width: columns, height: rows, class: "digit", ...(label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" }) });
  const image = new ImageData(columns, rows);
  values.forEach((value, n) => image.data.set([...Array(3).fill(greyOf(value, { low: 0, high: 1 })), 255], 4 * n));
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}

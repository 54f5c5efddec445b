// Kernels of one weight on maps of one pixel: the layer as a matrix times a column.
import { element } from "./dom.js";
import { short } from "./numbers.js";
import { LETTERS } from "./scene.js";

export class DensePanel {
  constructor() {
    this.root = element("div", { class: "dense", "data-part": "dense" });
  }

  update(scene, notation) {
    const { words, parts } = equation(scene);
    const letters = LETTERS[notation];
    const nodes = parts.map((part) => (part.grid ? matrix(part, letters[part.grid]) : element("span", { class: "sign" }, part.sign)));
    this.root.replaceChildren(...nodes, element("span", { class: "into" }, words));
  }
}

// The rows of each factor. Pure.
export function equation({ full, sizes, reading }) {
  const { filters, channels } = sizes;
  const row = (values) => [values];
  const column = (values) => values.map((value) => [value]);
  const of = (grid, size) => full[grid].values.slice(0, size);
  const W = (grid) => Array.from({ length: filters }, (_, d) => full[grid].values.slice(d * channels, (d + 1) * channels));
  const transposed = (rows) => rows[0].map((_, c) => rows.map((values) => values[c]));
  const [o, delta] = [of("input", channels), full.delta && of("delta", filters)];
  const equals = { sign: "=" };
  if (reading === "forward") return {
    words: "x = W o: each row of W times o",
    parts: [{ grid: "output", role: "output", rows: column(of("output", filters)) }, equals, { grid: "kernel", role: "kernel", rows: W("kernel"), name: "W" }, { grid: "input", role: "input", rows: column(o) }],
  };
  if (reading === "input-gradient") return {
    words: "∂E/∂o = Wᵀ δ: the same numbers, columns of W read as rows",
    parts: [{ grid: "input-gradient", role: "gradient", rows: column(of("input-gradient", channels)) }, equals, { grid: "kernel", role: "kernel", rows: transposed(W("kernel")), name: "Wᵀ" }, { grid: "delta", role: "delta", rows: column(delta) }],
  };
  return {
    words: "∂E/∂W = δ oᵀ: each δ times each o",
    parts: [{ grid: "weight-gradient", role: "gradient", rows: W("weight-gradient"), name: "∂E/∂W" }, equals, { grid: "delta", role: "delta", rows: column(delta) }, { grid: "input", role: "input", rows: row(o), name: "oᵀ" }],
  };
}

function matrix({ role, rows, name }, letter) {
  const cells = rows.flat().map((value) => element("span", {}, short(value)));
  const body = element("span", { class: "body" }, ...cells);
  body.style.gridTemplateColumns = `repeat(${rows[0].length}, auto)`;
  return element("span", { class: `matrix-small role-${role}` }, element("span", { class: "symbol" }, name ?? letter), body);
}

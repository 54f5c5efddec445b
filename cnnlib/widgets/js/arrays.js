// Arrays as the widget's state holds them: nested lists of numbers, with NaN and infinities as strings.

export function fromNested(nested) {
  const shape = [];
  for (let level = nested; Array.isArray(level); level = level[0]) shape.push(level.length);
  return { shape, values: nested.flat(shape.length - 1).map(Number) };
}

export function toNested({ shape, values }) {
  const plain = values.map((value) => (Number.isFinite(value) ? value : String(value)));
  return shape.slice(1).reduceRight(inRowsOf, plain);
}

function inRowsOf(flat, size) {
  const rows = [];
  for (let start = 0; start < flat.length; start += size) rows.push(flat.slice(start, start + size));
  return rows;
}

export const sizeOf = (shape) => shape.reduce((product, n) => product * n, 1);

export function positionOf(flat, shape) {
  const position = [];
  for (const n of [...shape].reverse()) {
    position.unshift(flat % n);
    flat = Math.floor(flat / n);
  }
  return position;
}

export const flatOf = (position, shape) =>
  position.reduce((flat, p, axis) => flat * shape[axis] + p, 0);

export const isOn = (position, shape) =>
  position.every((p, axis) => p >= 0 && p < shape[axis]);

// The data-index of a cell: "3" on one axis, "1,2" on two.
export const indexOf = (flat, shape) => positionOf(flat, shape).join(",");

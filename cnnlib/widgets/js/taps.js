// The one idea: T = sum over taps (i, a, p) of delta[i] * w[a] * o[p], grouped three ways.
// Mirrors cnnlib.geometry and cnnlib.ops; tested against both under Node.

const extent = (size, dilation) => dilation * (size - 1) + 1;

// Where the kernel can stand, per axis; null where it does not fit.
export function outputShape(inputShape, kernelShape, { stride, padding, dilation }) {
  const shape = inputShape.map(
    (n, axis) => Math.floor((n + 2 * padding - extent(kernelShape[axis], dilation)) / stride) + 1,
  );
  return shape.every((n) => n >= 1) ? shape : null;
}

// Flat indices of every product, ordered by output, then by weight; padding takes part in none.
// The last table is kept: a photograph has 80,000 taps, and editing a kernel changes none of them.
export function findTaps(inputShape, kernelShape, move) {
  const key = JSON.stringify([inputShape, kernelShape, move.stride, move.padding, move.dilation]);
  if (key !== last.key) last = { key, taps: newTaps(inputShape, kernelShape, move) };
  return last.taps;
}

let last = {};

function newTaps(inputShape, kernelShape, move) {
  const outputs = outputShape(inputShape, kernelShape, move);
  const axes = inputShape.map((size, axis) => axisTaps(size, kernelShape[axis], outputs[axis], move));
  const one = [[{ weight: 0, input: 0 }]];
  const [rows, columns] = axes.length === 2 ? axes : [one, axes[0]];
  const across = inputShape.at(-1);
  const wide = kernelShape.at(-1);
  const taps = { output: [], weight: [], input: [] };
  rows.forEach((down, i) => columns.forEach((right, j) => {
    for (const a of down) for (const b of right) {
      taps.output.push(i * columns.length + j);
      taps.weight.push(a.weight * wide + b.weight);
      taps.input.push(a.input * across + b.input);
    }
  }));
  return taps;
}

// Along one axis: for each output the weights it uses and the input each of them meets.
function axisTaps(size, kernel, outputs, { stride, padding, dilation }) {
  return Array.from({ length: outputs }, (_, i) =>
    Array.from({ length: kernel }, (_, weight) => ({ weight, input: stride * i + dilation * weight - padding }))
      .filter(({ input }) => input >= 0 && input < size));
}

function grouped(by, size, product) {
  const sums = new Array(size).fill(0);
  by.forEach((group, n) => (sums[group] += product(n)));
  return sums;
}

export const forward = (taps, w, o, size, bias = 0) =>
  grouped(taps.output, size, (n) => w[taps.weight[n]] * o[taps.input[n]]).map((x) => x + bias);

export const weightGradient = (taps, delta, o, size) =>
  grouped(taps.weight, size, (n) => delta[taps.output[n]] * o[taps.input[n]]);

export const inputGradient = (taps, delta, w, size) =>
  grouped(taps.input, size, (n) => delta[taps.output[n]] * w[taps.weight[n]]);

// The one number: every triple product, however it is grouped.
export const total = (taps, delta, w, o) =>
  taps.output.reduce((sum, i, n) => sum + delta[i] * w[taps.weight[n]] * o[taps.input[n]], 0);

// The numbers of the taps in which a cell of one axis ("output", "weight", "input") takes part.
export function tapsOf(taps, axis, index) {
  if (!groups.has(taps)) groups.set(taps, {});
  const found = (groups.get(taps)[axis] ??= membersOf(taps[axis]));
  return found.get(index) ?? [];
}

const groups = new WeakMap();

function membersOf(cells) {
  const members = new Map();
  cells.forEach((cell, n) => (members.has(cell) ? members.get(cell).push(n) : members.set(cell, [n])));
  return members;
}

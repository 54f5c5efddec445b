// The one idea: T = sum over taps (i, a, p) of delta[i] * w[a] * o[p], grouped three ways.
// Mirrors cnnlib.geometry and cnnlib.ops; tested against both under Node.
import { flatOf, isOn, positionOf, sizeOf } from "./arrays.js";

const extent = (size, dilation) => dilation * (size - 1) + 1;

// Where the kernel can stand, per axis; null where it does not fit.
export function outputShape(inputShape, kernelShape, { stride, padding, dilation }) {
  const shape = inputShape.map(
    (n, axis) => Math.floor((n + 2 * padding - extent(kernelShape[axis], dilation)) / stride) + 1,
  );
  return shape.every((n) => n >= 1) ? shape : null;
}

// Flat indices of every product, ordered by output, then by weight; padding takes part in none.
export function findTaps(inputShape, kernelShape, move) {
  const outputs = outputShape(inputShape, kernelShape, move);
  const taps = { output: [], weight: [], input: [] };
  for (let i = 0; i < sizeOf(outputs); i++) {
    const corner = positionOf(i, outputs);
    for (let a = 0; a < sizeOf(kernelShape); a++) {
      const at = positionOf(a, kernelShape);
      const p = corner.map((c, axis) => move.stride * c + move.dilation * at[axis] - move.padding);
      if (!isOn(p, inputShape)) continue;
      taps.output.push(i);
      taps.weight.push(a);
      taps.input.push(flatOf(p, inputShape));
    }
  }
  return taps;
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
  const found = [];
  taps[axis].forEach((cell, n) => cell === index && found.push(n));
  return found;
}

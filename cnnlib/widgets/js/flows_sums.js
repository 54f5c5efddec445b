// The way back: stamps that add up (scatter), windows over the extended delta (gather), f′. Pure.
import { flatOf, isOn, positionOf, sizeOf } from "./arrays.js";
import { tapsOf } from "./taps.js";

const sigmoid = (x) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)));

// f of the layer below, and its slope at x; at ReLU's kink, x = 0, the slope is 0.
export const ACTIVATIONS = {
  relu: { label: "ReLU", f: (x) => Math.max(x, 0), slope: (x) => (x > 0 ? 1 : 0) },
  sigmoid: { label: "sigmoid", f: sigmoid, slope: (x) => sigmoid(x) * sigmoid(-x) },
};

// How many taps have been stamped when the steps have got to `at`: taps are ordered by output.
export function stamped(taps, { index, terms }) {
  const own = tapsOf(taps, "output", index);
  return terms === null ? own.at(-1) + 1 : own[0] + terms;
}

// What has arrived at each input after so many stamped products.
export function runningSums({ taps, arrays }, upTo) {
  const sums = new Array(arrays.input.values.length).fill(0);
  for (let n = 0; n < upTo; n++) sums[taps.input[n]] += productAt(arrays, taps, n);
  return sums;
}

export const productAt = ({ delta, kernel }, taps, n) => delta.values[taps.output[n]] * kernel.values[taps.weight[n]];

// Zeros round delta: as many as the kernel is longer than one, on every side.
export const ringOf = (kernelShape) => kernelShape.map((k) => k - 1);

// The window over the extended delta that an input looks through, in reading order: where each of
// its cells stands in delta's own coordinates, which delta that is (null: a zero), and its weight.
export function windowAt(index, { input, kernel, delta }) {
  const corner = positionOf(index, input.shape).map((p, axis) => p - kernel.shape[axis] + 1);
  const last = kernel.values.length - 1;
  return Array.from({ length: last + 1 }, (_, m) => {
    const at = positionOf(m, kernel.shape).map((step, axis) => corner[axis] + step);
    return { at, output: isOn(at, delta.shape) ? flatOf(at, delta.shape) : null, weight: last - m };
  });
}

// The zero cells round delta, in reading order, in delta's own coordinates.
export function ringCells(shape, ring) {
  const extended = shape.map((n, axis) => n + 2 * ring[axis]);
  const all = Array.from({ length: sizeOf(extended) }, (_, flat) => positionOf(flat, extended).map((p, axis) => p - ring[axis]));
  return all.filter((at) => !isOn(at, shape));
}

// A kernel that looks the same after a half turn hides every fault of turning.
export const looksSameTurned = ({ values }) => values.every((value, n) => Object.is(value + 0, values[values.length - 1 - n] + 0));

export const dot = (a, b) => a.reduce((sum, value, n) => sum + value * b[n], 0);
export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

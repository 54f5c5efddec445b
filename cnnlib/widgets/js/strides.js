// Stride, padding and dilation in the three sums: only the taps change. What that looks like: zeros
// between the deltas and round them, inputs that are never read, a gradient for the padding. Pure.
import { flatOf, isOn, positionOf, sizeOf } from "./arrays.js";
import { makeScene } from "./scene.js";

// Each pass: the grids that are shown, and the one that is stepped through.
export const PASSES = {
  forward: { label: "forward: x", shown: ["input", "kernel", "output"], stepped: "output" },
  weights: { label: "back: ∂E/∂w", shown: ["input", "delta", "weight-gradient"], stepped: "weight-gradient" },
  inputs: { label: "back: ∂E/∂o", shown: ["delta", "kernel", "input-gradient"], stepped: "input-gradient" },
};

export function strideScene(state) {
  const scene = makeScene(state);
  if (!scene || !state.delta) return null;
  const { shown } = PASSES[state.reading];
  const used = new Set(scene.taps.input);
  const unread = scene.arrays.input.values.map((_, p) => p).filter((p) => !used.has(p));
  return Object.assign(scene, { reading: state.reading, shown, unread });
}

// How far apart a grid's cells stand on the picture, and how many cells of zeros lie before and
// after them, on each axis. On one axis everything stands where its kernel stood.
export function frameOf(scene, name) {
  const { arrays, move, axes } = scene;
  const { shape } = arrays[name];
  const aligned = axes === 1 ? { output: move.stride, "weight-gradient": move.dilation } : {};
  const step = { delta: move.stride, kernel: move.dilation, ...aligned }[name] ?? 1;
  const [before, after] = name === "delta" && scene.reading === "inputs" ? ringOf(scene) : bordersOf(scene, name);
  const total = shape.map((n, axis) => before[axis] + step * (n - 1) + 1 + after[axis]);
  return { step, before, after, total };
}

function bordersOf({ arrays, move }, name) {
  const border = name === "input" || name === "input-gradient" ? move.padding : 0;
  const all = arrays[name].shape.map(() => border);
  return [all, all];
}

// Round the spread deltas: room for the turned kernel over the first input and over the last one.
// What the stride left over at the end is part of it.
function ringOf({ arrays: { input, kernel, delta }, move: { stride, padding, dilation } }) {
  const before = kernel.shape.map((k) => dilation * (k - 1));
  const after = input.shape.map((n, axis) => n + 2 * padding - 1 - stride * (delta.shape[axis] - 1));
  return [before, after];
}

// Every zero that is put in, in coordinates that begin at the first delta.
export function zerosOf(scene) {
  const { step, before, total } = frameOf(scene, "delta");
  const all = Array.from({ length: sizeOf(total) }, (_, flat) => positionOf(flat, total).map((z, axis) => z - before[axis]));
  return all.filter((z) => deltaAt(scene, z) === null);
}

// Which delta stands here among the zeros; null for a zero.
function deltaAt({ arrays: { delta }, move: { stride } }, z) {
  const position = z.map((n) => n / stride);
  return position.every(Number.isInteger) && isOn(position, delta.shape) ? flatOf(position, delta.shape) : null;
}

// The turned kernel's window over the spread deltas for an input at this position (padding has
// negative ones): where each of its cells stands, which delta that is (null: a zero), its weight.
export function windowOver(scene, position) {
  const { arrays: { kernel }, move: { padding, dilation } } = scene;
  const last = kernel.values.length - 1;
  return Array.from({ length: last + 1 }, (_, m) => {
    const weight = positionOf(last - m, kernel.shape);
    const z = position.map((p, axis) => p + padding - dilation * weight[axis]);
    return { z, output: deltaAt(scene, z), weight: last - m };
  });
}

export const windowAt = (scene, index) => windowOver(scene, positionOf(index, scene.arrays.input.shape));

export function gradientAt(scene, position) {
  const { delta, kernel } = scene.arrays;
  const products = windowOver(scene, position).map(({ output, weight }) => (output === null ? 0 : delta.values[output] * kernel.values[weight]));
  return products.reduce((sum, product) => sum + product, 0);
}

// What a picked cell of the result slides over, as positions on the first grid of its pass.
export function underWindow(scene, pick) {
  const { arrays: { kernel, delta }, move: { stride, padding, dilation } } = scene;
  const cells = ({ shape, values }) => values.map((_, flat) => positionOf(flat, shape));
  const meet = (i, a) => i.map((n, axis) => stride * n + dilation * a[axis] - padding);
  const here = positionOf(pick.index, scene.arrays[pick.grid].shape);
  return {
    output: () => cells(kernel).map((a) => meet(here, a)),
    "weight-gradient": () => cells(delta).map((i) => meet(i, here)),
    "input-gradient": () => windowOver(scene, here).map(({ z }) => z.map((n) => n / stride)),
  }[pick.grid]();
}

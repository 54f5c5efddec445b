// What a pool lets through, and where the gradient goes back. Pure; tested against cnnlib.ops.
//
// A pool has no weights, but each of its taps has a factor, ∂y/∂o: 1 or 0 for a max, the same share
// for a mean, o / y for the length. With factors in the place of weights it is one sum of taps:
// ∂E/∂o[p] = Σ factor · ∂E/∂y[i], over the windows i that hold p.
import { fromNested, sizeOf } from "./arrays.js";
import { findTaps, outputShape, tapsOf } from "./taps.js";
import { fitted, GRIDS } from "./scene.js";

export const KINDS = {
  max: { label: "max", pool: largest },
  average: { label: "average", pool: mean },
  l2: { label: "L2", pool: length },
};

const LETTERS = {
  course: { input: "o", output: "y", delta: "∂E/∂y", "input-gradient": "∂E/∂o" },
  PyTorch: { input: "input", output: "output", delta: "grad_output", "input-gradient": "grad_input" },
};

export function poolScene(state) {
  const input = fromNested(state.input);
  const window = input.shape.map(() => state.size);
  const move = { stride: state.stride, padding: 0, dilation: 1 };
  const outputs = outputShape(input.shape, window, move);
  if (!outputs) return null;
  const taps = findTaps(input.shape, window, move);
  const windows = Array.from({ length: sizeOf(outputs) }, (_, i) => pooled(state.kind, input.values, tapsOf(taps, "output", i), taps));
  const scene = {
    arrays: { input, output: { shape: outputs, values: windows.map(({ y }) => y) } },
    taps, move, window, windows, kind: state.kind, axes: input.shape.length, bias: 0,
    factors: windows.flatMap(({ factors }) => factors),
    letters: LETTERS[state.notation] ?? LETTERS.course,
    light: (pick) => lightOf(scene, pick),
  };
  if (state.delta && state.direction === "backward") addGradients(scene, fitted(fromNested(state.delta), outputs));
  return scene;
}

// One window: what it lets through, the factor of each of its taps; in a max who won and who tied.
function pooled(kind, o, numbers, taps) {
  const values = numbers.map((n) => o[taps.input[n]]);
  const { y, factors, best = null } = KINDS[kind].pool(values);
  const winner = best === null ? null : numbers[best];
  const tied = best === null ? [] : numbers.filter((n, k) => k !== best && values[k] === y);
  return { y, factors, winner, tied };
}

// A NaN wins, as in PyTorch; the first wins a tie.
function largest(values) {
  const beats = (a, b) => a > b || (Number.isNaN(a) && !Number.isNaN(b));
  const best = values.reduce((first, value, k) => (beats(value, values[first]) ? k : first), 0);
  return { y: values[best], factors: values.map((_, k) => (k === best ? 1 : 0)), best };
}

function mean(values) {
  return { y: values.reduce((sum, value) => sum + value, 0) / values.length, factors: values.map(() => 1 / values.length) };
}

function length(values) {
  const y = Math.hypot(...values);
  return { y, factors: values.map((value) => (y === 0 ? 0 : value / y)) };
}

function addGradients(scene, delta) {
  scene.arrays.delta = delta;
  scene.arrays["input-gradient"] = { shape: scene.arrays.input.shape, values: routed(scene, delta.values.length) };
}

// What has come back to each input once so many windows have sent theirs; overlaps add up.
export function routed({ taps, factors, arrays }, windows) {
  const sums = new Array(arrays.input.values.length).fill(0);
  taps.output.forEach((i, n) => {
    if (i < windows && factors[n] !== 0) sums[taps.input[n]] += factors[n] * arrays.delta.values[i];
  });
  return sums;
}

// A window lights its cells, a cell the windows that hold it.
function lightOf({ taps, arrays }, { grid, index }) {
  const numbers = tapsOf(taps, GRIDS[grid].axis, index);
  const cells = (end) => new Map(numbers.map((n) => [taps[end][n], n]));
  return { numbers, sum: arrays[grid].values[index], output: cells("output"), input: cells("input"), weight: new Map() };
}

// For each input the windows it wins, those where it ties without winning, and how many hold it.
export function standings({ taps, windows, arrays }) {
  const all = arrays.input.values.map(() => ({ wins: [], ties: [], held: 0 }));
  for (const p of taps.input) all[p].held++;
  windows.forEach(({ winner, tied }, i) => {
    if (winner !== null) all[taps.input[winner]].wins.push(i);
    for (const n of tied) all[taps.input[n]].ties.push(i);
  });
  return all;
}

const dot = (a, b) => a.reduce((sum, value, n) => sum + value * b[n], 0);

// Scaling o scales y, for all three kinds: so δ · y = o · ∂E/∂o, whatever the numbers.
export const poolTotals = ({ arrays }) => ({
  output: dot(arrays.delta.values, arrays.output.values),
  input: dot(arrays.input.values, arrays["input-gradient"].values),
});

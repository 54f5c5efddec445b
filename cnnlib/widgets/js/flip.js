// The kernel turned, mirrored or transposed, and what the turn changes. Pure.
import { flatOf, fromNested, indexOf, positionOf, sizeOf } from "./arrays.js";
import { short } from "./numbers.js";
import { GRIDS, LETTERS, makeScene } from "./scene.js";
import { makeSteps } from "./steps.js";
import { forward, tapsOf } from "./taps.js";

// Where each movement takes a weight; only the turn makes true convolution.
const MOVES = {
  turn: (p, k) => p.map((at, axis) => k[axis] - 1 - at),
  "mirror left-right": (p, k) => [...p.slice(0, -1), k.at(-1) - 1 - p.at(-1)],
  "mirror up-down": (p, k) => [k[0] - 1 - p[0], ...p.slice(1)],
  transpose: (p) => [...p].reverse(),
};

export const placeOf = (flat, shape, turn) => flatOf(MOVES[turn](positionOf(flat, shape), shape), shape);

// The movements that a kernel of this shape can make and keep it.
export function turnsOf(shape) {
  if (shape.length === 1) return ["turn"];
  return Object.keys(MOVES).filter((turn) => turn !== "transpose" || shape[0] === shape[1]);
}

export function moved({ shape, values }, turn) {
  const result = new Array(values.length);
  values.forEach((value, flat) => (result[placeOf(flat, shape, turn)] = value));
  return { shape, values: result };
}

// Sums that differ by rounding only are the same number.
export function same(a, b) {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return Object.is(a, b);
  return Math.abs(a - b) <= 1e-9 * (1 + Math.abs(a) + Math.abs(b));
}

// A kernel hides the flip exactly when it equals its own half turn.
export const hides = (values) => values.every((value, n) => Object.is(value, values.at(-1 - n)) || value === values.at(-1 - n));

const MOST_WEIGHTS = 9;
export const canSearch = (size) => size <= MOST_WEIGHTS;

// Kernels with entries −1, 0, 1 have numbers in base three.
const coded = (code, size) => Array.from({ length: size }, (_, n) => (Math.floor(code / 3 ** n) % 3) - 1);

function codeOf(values) {
  if (!values.every((value) => [-1, 0, 1].includes(value))) return -1;
  return values.reduce((code, value, n) => code + (value + 1) * 3 ** n, 0);
}

export function countHiding(size) {
  const kernels = 3 ** size;
  let hiding = 0;
  for (let code = 0; code < kernels; code++) if (hides(coded(code, size))) hiding++;
  return { hiding, kernels };
}

// The next kernel that does hide the flip, or does not. Neighbours in this order look different:
// the stride has no factor three, so every kernel comes round once.
export function nextKernel(values, wanted) {
  const size = values.length;
  const kernels = 3 ** size;
  const stride = 3 * Math.round((0.618 * kernels) / 3) + 1;
  let code = Math.max(0, codeOf(values));
  for (let n = 0; n < kernels; n++) {
    code = (code + stride) % kernels;
    const kernel = coded(code, size);
    if (hides(kernel) === wanted && kernel.some(Boolean)) return kernel;
  }
  return null;
}

export function flipScene(state) {
  const scene = makeScene({ ...state, delta: null });
  if (!scene) return null;
  const { arrays, taps } = scene;
  const { kernel, output } = arrays;
  const through = (turn) => forward(taps, moved(kernel, turn).values, arrays.input.values, sizeOf(output.shape), state.bias);
  const turn = turnsOf(kernel.shape).includes(state.turn) ? state.turn : "turn";
  arrays.turned = { shape: kernel.shape, values: kernel.values };
  arrays.convolution = { shape: output.shape, values: through(turn) };
  const [right, truth] = [arrays.convolution.values, through("turn")];
  const differs = output.values.map((value, n) => !same(value, right[n]));
  const fromTruth = truth.filter((value, n) => !same(value, right[n])).length;
  return Object.assign(scene, {
    turn, differs, fromTruth, done: state.position > 0, moved: moved(kernel, turn), light: (pick) => lit(scene, pick),
  });
}

// A result cell lights its window, an input the results that use it, a weight its other place.
function lit({ taps }, { grid, index }) {
  const none = new Map();
  if (grid === "kernel" || grid === "turned") {
    return { numbers: [], sum: 0, output: none, input: none, weight: new Map([[index, 0]]), turned: new Map([[index, 0]]) };
  }
  const numbers = tapsOf(taps, GRIDS[grid].axis, index);
  const cells = (end) => new Map(numbers.map((n) => [taps[end][n], n]));
  return { numbers, sum: 0, output: cells("output"), weight: cells("weight"), input: cells("input"), turned: cells("weight") };
}

// One step before the kernel moves, then one for each cell of the result.
export function flipSteps(scene, grid, by) {
  if (!scene.moved) return makeSteps(scene, grid, by);
  const count = scene.arrays.output.values.length + 1;
  const endOf = (index) => (grid === "output" ? 0 : index + 1);
  return { count, title: "step", at: (n) => ({ index: Math.max(0, n - 1), terms: null }), endOf };
}

const DID = { turn: "turned", "mirror left-right": "mirrored", "mirror up-down": "mirrored", transpose: "transposed" };
export const SIGNS = { turn: "↻", "mirror left-right": "⇄", "mirror up-down": "⇅", transpose: "ᵀ" };

// What the comparison comes to, in a sentence.
export function verdict({ arrays, turn, differs, fromTruth, done }) {
  const count = differs.filter(Boolean).length;
  const of = `in ${count} of ${differs.length} place${differs.length === 1 ? "" : "s"}`;
  if (turn !== "turn") return done ? otherwise(turn, fromTruth, differs.length) : `Not ${DID[turn]} yet.`;
  if (!done) return "Turn the kernel, then compare the two results.";
  if (hides(arrays.kernel.values)) return "The same everywhere: this kernel hides the flip.";
  if (!count) return "The same everywhere, though the kernel is not its own half turn: this input hides the flip.";
  return `o * w against o ⊗ w: differs ${of}.`;
}

function otherwise(turn, count, all) {
  const how = `${turn === "transpose" ? "A transpose" : "A mirror image"} is not true convolution`;
  if (!count) return `${how}, but with these numbers it gives the same as o * w.`;
  return `${how}: it differs from o * w in ${count} of ${all} places.`;
}

// The names of the two results.
export function resultNames({ turn }, notation) {
  const { input, kernel } = LETTERS[notation];
  const right = turn === "turn" ? `${input} * ${kernel}` : `${input} ⊗ ${kernel}${SIGNS[turn]}`;
  return { output: `${input} ⊗ ${kernel}`, convolution: right };
}

// Both readings of one window: the same inputs in the same order, each with another weight.
export function bothReadings(scene, index, notation) {
  const { arrays, taps, moved: turned } = scene;
  const names = resultNames(scene, notation);
  const letters = LETTERS[notation];
  const numbers = tapsOf(taps, "output", index);
  const term = (values, n) => [
    { role: "kernel", value: values[taps.weight[n]], symbol: `weight ${indexOf(taps.weight[n], arrays.kernel.shape)}` },
    { role: "input", value: arrays.input.values[taps.input[n]], symbol: `${letters.input}[${indexOf(taps.input[n], arrays.input.shape)}]` },
  ];
  const reading = (grid, values) => ({
    reading: names[grid],
    head: { role: "output", symbol: `[${indexOf(index, arrays[grid].shape)}]` },
    terms: numbers.map((n) => term(values, n)),
    targets: null,
    bias: scene.bias === 0 ? null : scene.bias,
    result: { role: "output", value: arrays[grid].values[index] },
    missing: 0,
  });
  return [reading("output", arrays.kernel.values), ...(scene.done ? [reading("convolution", turned.values)] : [])];
}

// What is said of a weight or an input; null for a result.
export function flipWords(scene, { grid, index }, notation) {
  const { arrays: { kernel, input }, turn, taps } = scene;
  const letters = LETTERS[notation];
  if (grid === "input") {
    const count = tapsOf(taps, "input", index).length;
    const rest = `lies in ${count} window${count === 1 ? "" : "s"}, the same ones in both; only the weight on it changes`;
    return { chip: "one input", role: "input", head: `${letters.input}[${indexOf(index, input.shape)}]:`, rest };
  }
  if (grid !== "kernel" && grid !== "turned") return null;
  const to = placeOf(index, kernel.shape, turn);
  const head = `${letters.kernel}[${indexOf(index, kernel.shape)}] = ${short(kernel.values[index])}:`;
  const place = `[${indexOf(to, kernel.shape)}]`;
  const rest = to === index ? "stays where it is" : turn === "turn" ? `goes to ${place}, as far from the other end as it was from this one` : `goes to ${place}`;
  return { chip: "one weight", role: "kernel", head, rest };
}

export const KERNELS = {
  1: [[1, 2, 1], [-1, 0, 1], [1, 2, 5]],
  2: [[[1, 2], [2, 1]], [[0, 1], [1, 0]], [[1, 2], [2, 5]]],
};

export const written = (kernel) =>
  fromNested(kernel).shape.length === 1 ? kernel.map(short).join(" ") : kernel.map((row) => row.map(short).join(" ")).join(" / ");

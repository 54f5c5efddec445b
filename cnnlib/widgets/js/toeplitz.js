// The matrix of a layer on one axis: a row for each output, a column for each input. Pure.
import { indexOf } from "./arrays.js";
import { factor, short } from "./numbers.js";
import { GRIDS, LETTERS, makeScene } from "./scene.js";
import { tapsOf } from "./taps.js";

// which: for each cell of the matrix the number of its tap, -1 where nothing is connected.
export function toeplitzScene(state) {
  const scene = makeScene(state);
  if (!scene) return null;
  const { arrays, taps } = scene;
  const shape = [...arrays.output.shape, ...arrays.input.shape];
  const which = new Array(shape[0] * shape[1]).fill(-1);
  taps.output.forEach((i, n) => (which[i * shape[1] + taps.input[n]] = n));
  const values = which.map((n) => (n < 0 ? 0 : arrays.kernel.values[taps.weight[n]]));
  arrays.toeplitz = { shape, values, which };
  const backward = state.direction === "backward" && Boolean(arrays.delta);
  return Object.assign(scene, { backward, light: (pick) => lit(scene, pick) });
}

// A cell of a vector lights its row or column, a weight its diagonal, a cell of the matrix its tap.
function lit({ arrays, taps }, { grid, index }) {
  const [, across] = arrays.toeplitz.shape;
  const { which } = arrays.toeplitz;
  const inMatrix = grid === "toeplitz";
  const numbers = inMatrix ? [which[index]].filter((n) => n >= 0) : tapsOf(taps, GRIDS[grid].axis, index);
  const cells = (end) => new Map(numbers.map((n) => [taps[end][n], n]));
  const toeplitz = new Map(numbers.map((n) => [taps.output[n] * across + taps.input[n], n]));
  const none = new Map();
  if (grid === "kernel") return { numbers, sum: 0, toeplitz, output: none, weight: none, input: none };
  if (!inMatrix) return { numbers, sum: 0, toeplitz, output: cells("output"), weight: cells("weight"), input: cells("input") };
  const [i, p] = [Math.floor(index / across), index % across];
  return { numbers, sum: 0, toeplitz, output: new Map([[i, i]]), weight: cells("weight"), input: new Map([[p, p]]) };
}

// The line of the matrix that belongs to a cell: one row of T or one column of it.
function lineOf(scene, { grid, index }) {
  const [, across] = scene.arrays.toeplitz.shape;
  if (grid === "kernel") return null;
  if (grid !== "toeplitz") return { end: GRIDS[grid].axis, index };
  return scene.backward ? { end: "input", index: index % across } : { end: "output", index: Math.floor(index / across) };
}

// What that line reads, and how it compares with the kernel: rows of T read it as it stands,
// columns of T, which are the rows of its transpose, from its other end.
export function reads(scene, pick) {
  const line = lineOf(scene, pick);
  if (!line) return null;
  const { arrays, taps, backward } = scene;
  const weights = tapsOf(taps, line.end, line.index).map((n) => taps.weight[n]);
  const isRow = (line.end === "output") !== backward;
  const name = `${isRow ? "row" : "column"} ${line.index} of ${backward ? "Tᵀ" : "T"} reads`;
  return { name, values: weights.map((a) => arrays.kernel.values[a]), verdict: verdict(weights, line.end, arrays.kernel.values) };
}

function verdict(weights, end, kernel) {
  if (!weights.length) return "only zeros: this input is never read";
  const way = end === "output" ? "as it stands" : "from its other end";
  if (weights.length < kernel.length) return weights.length === 1 ? "one weight of the kernel" : `a part of the kernel, ${way}`;
  const alike = kernel.every((w, a) => w === kernel.at(-1 - a));
  return alike && kernel.length > 1 ? "the kernel, the same from both ends" : `the kernel, ${way}`;
}

// What is said of a cell that is no sum; null for the others.
export function toeplitzWords(scene, pick, notation) {
  return SAY[pick.grid]?.(scene, pick.index, LETTERS[notation]) ?? null;
}

const listed = (numbers, write) => numbers.map(write).join(", ");

function sayCell(scene, index, letters) {
  const { arrays: { toeplitz, kernel }, taps, backward } = scene;
  const [i, p] = indexOf(index, toeplitz.shape).split(",");
  const n = toeplitz.which[index];
  const cell = backward ? `Tᵀ[${p},${i}] = T[${i},${p}]` : `T[${i},${p}]`;
  const chip = "one cell";
  if (n < 0) return { chip, role: "kernel", head: `${cell} = 0:`, rest: `output ${i} does not use input ${p}` };
  const a = taps.weight[n];
  const back = backward ? `, so ${letters.delta}[${i}] comes back to input ${p} through it` : "";
  const weight = `${letters.kernel}[${a}]`;
  return { chip, role: "kernel", head: `${cell} = ${weight}:`, rest: `output ${i} uses weight ${a} on input ${p}${back}`, value: kernel.values[a] };
}

function sayWeight({ taps, arrays, move }, a, letters) {
  const times = tapsOf(taps, "weight", a).length;
  const [chip, role] = ["one weight", "kernel"];
  const head = `${letters.kernel}[${a}] = ${short(arrays.kernel.values[a])}:`;
  if (!times) return { chip, role, head, rest: "stands nowhere in the matrix" };
  const on = move.stride === 1 ? "one place" : `${move.stride} places`;
  const rest = times === 1 ? "stands once in the matrix" : `stands ${times} times in the matrix, ${on} further on in each row of T`;
  return { chip, role, head, rest };
}

function sayInput({ taps, arrays }, p, letters) {
  const numbers = tapsOf(taps, "input", p);
  const into = (n) => `${letters.output}[${taps.output[n]}] with ${factor(arrays.kernel.values[taps.weight[n]])}`;
  const rest = numbers.length ? `goes into ${listed(numbers, into)}` : "is never read";
  return { chip: "down a column", role: "input", head: `${letters.input}[${p}]:`, rest };
}

function sayDelta({ taps, arrays }, i, letters) {
  const numbers = tapsOf(taps, "output", i);
  const back = (n) => `${letters["input-gradient"]}[${taps.input[n]}] with ${factor(arrays.kernel.values[taps.weight[n]])}`;
  const rest = numbers.length ? `goes back to ${listed(numbers, back)}` : "goes nowhere";
  return { chip: "down a column", role: "delta", head: `${letters.delta}[${i}]:`, rest };
}

const SAY = { toeplitz: sayCell, kernel: sayWeight, input: sayInput, delta: sayDelta };

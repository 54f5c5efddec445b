// Which output is joined to which input, and which of these connections share a weight. Pure.
import { fromNested, indexOf, positionOf, sizeOf } from "./arrays.js";
import { GRIDS, LETTERS } from "./scene.js";
import { findTaps, outputShape, tapsOf } from "./taps.js";

export const KINDS = [["dense", "dense"], ["local", "local only"], ["shared", "shared only"], ["both", "local and shared"]];
const ALPHABET = 26;

// As taps: connection n joins input[n] to output[n] with weight[n].
export function connect(inputShape, kernelShape, move, kind) {
  const local = findTaps(inputShape, kernelShape, move);
  if (kind === "both") return { ...local, weights: sizeOf(kernelShape) };
  const { output, input } = kind === "local" ? local : everyPair(inputShape, outputShape(inputShape, kernelShape, move));
  const weight = kind === "shared" ? byDisplacement(output, input, inputShape, outputShape(inputShape, kernelShape, move), move) : output.map((_, n) => n);
  return { output, weight, input, weights: new Set(weight).size };
}

function everyPair(inputShape, outputs) {
  const [across, down] = [sizeOf(inputShape), sizeOf(outputs)];
  const pair = Array.from({ length: across * down }, (_, n) => n);
  return { output: pair.map((n) => Math.floor(n / across)), input: pair.map((n) => n % across) };
}

// One weight for each way to get from where the window stands to an input.
function byDisplacement(output, input, inputShape, outputs, { stride }) {
  const known = new Map();
  return output.map((i, n) => {
    const from = positionOf(i, outputs);
    const way = positionOf(input[n], inputShape).map((p, axis) => p - stride * from[axis]).join();
    if (!known.has(way)) known.set(way, known.size);
    return known.get(way);
  });
}

// A letter where there are few weights, a number where there are many.
export const nameOf = (weight, weights) =>
  weights <= ALPHABET ? String.fromCharCode(97 + weight) : String(weight + 1);

const places = (shape) => ({ shape, values: Array.from({ length: sizeOf(shape) }, (_, n) => n) });

export function sharingScene(state) {
  const { stride, padding, dilation, connections: kind } = state;
  const move = { stride, padding, dilation };
  const [{ shape: inputs }, kernel] = [fromNested(state.input), fromNested(state.kernel)];
  const outputs = outputShape(inputs, kernel.shape, move);
  if (!outputs) return null;
  const taps = connect(inputs, kernel.shape, move, kind);
  const shape = [sizeOf(outputs), sizeOf(inputs)];
  const values = new Array(sizeOf(shape)).fill(-1);
  taps.output.forEach((i, n) => (values[i * shape[1] + taps.input[n]] = taps.weight[n]));
  const arrays = { input: places(inputs), kernel, output: places(outputs), connections: { shape, values } };
  const scene = { arrays, taps, move, kind, bias: 0, axes: inputs.length };
  return Object.assign(scene, { light: (pick) => lit(scene, pick), words: (pick, notation) => words(scene, pick, notation) });
}

// A cell lights its row or its column; a square lights every square with the same weight.
function lit({ arrays, taps }, { grid, index }) {
  const cells = (numbers, end) => new Map(numbers.map((n) => [taps[end][n], n]));
  if (grid !== "connections") {
    const numbers = tapsOf(taps, grid, index);
    return { numbers, sum: 0, output: cells(numbers, "output"), weight: new Map(), input: cells(numbers, "input") };
  }
  const [row, column] = positionOf(index, arrays.connections.shape);
  const weight = arrays.connections.values[index];
  const numbers = weight < 0 ? [] : tapsOf(taps, "weight", weight);
  return { numbers, sum: 0, output: new Map([[row, weight]]), weight: new Map(), input: new Map([[column, weight]]) };
}

const many = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

// How many connections there are, how many weights, and where the two counts come from.
export function counts({ arrays, taps, move, kind }) {
  const [inputs, kernel, outputs] = ["input", "kernel", "output"].map((name) => sizeOf(arrays[name].shape));
  const whole = move.padding ? "" : `${outputs} outputs × ${many(kernel, "input")} each`;
  const pairs = `${outputs} outputs × ${many(inputs, "input")}`;
  const from = kind === "local" || kind === "both" ? whole : pairs;
  return { connections: taps.output.length, weights: taps.weights, from };
}

// What makes the weights of a cell's connections.
const RULES = {
  dense: () => "each with a weight of its own",
  local: () => "each with a weight of its own",
  shared: () => "the same step from output to input has the same weight everywhere",
  both: (count, grid, clipped) => (clipped ? "with weights that are the same everywhere" : grid === "output" ? `with the same ${many(count, "weight")} as every other output` : "each time with another weight"),
};

function words(scene, { grid, index }, notation) {
  const { arrays, taps, kind } = scene;
  const name = (end, n) => `${LETTERS[notation][end]}[${indexOf(n, arrays[end].shape)}]`;
  const { numbers } = lit(scene, { grid, index });
  const chip = KINDS.find(([known]) => known === kind)[1];
  if (grid === "connections") return { chip, ...squareWords(scene, index, name, numbers.length) };
  const all = kind === "dense" || kind === "shared" ? "all " : "";
  const way = grid === "output" ? `sees ${all}${many(numbers.length, "input")}` : `is seen by ${all}${many(numbers.length, "output")}`;
  const rest = `${way}${kind === "shared" ? ";" : ","} ${RULES[kind](numbers.length, grid, scene.move.padding > 0)}`;
  return { chip, role: GRIDS[grid].role, head: name(grid, index), rest };
}

function squareWords({ arrays, taps }, index, name, count) {
  const [row, column] = positionOf(index, arrays.connections.shape);
  const weight = arrays.connections.values[index];
  const [to, from] = [name("output", row), name("input", column)];
  if (weight < 0) return { role: "kernel", head: "no connection", rest: `${to} does not see ${from}` };
  const again = count === 1 ? "it is used here only" : `it is used ${count} times`;
  return { role: "kernel", head: `weight ${nameOf(weight, taps.weights)}`, rest: `joins ${from} to ${to}; ${again}` };
}

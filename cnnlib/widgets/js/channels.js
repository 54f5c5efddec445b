// A layer with channels, filters and a batch: the taps of one small convolution, once for every pair
// of a filter d and a channel c, and for every image n. Pure.
import { fromNested, sizeOf } from "./arrays.js";
import { findTaps, forward, inputGradient, outputShape, weightGradient } from "./taps.js";

const PLAIN = { stride: 1, padding: 0, dilation: 1 };

// What stands above the table, in it, and to its right; the last of `result` is what a reading sums to.
export const READINGS = {
  forward: { top: "input", table: "kernel", side: "output", result: "output", over: "c" },
  "weight-gradient": { top: "input", table: "weight-gradient", side: "delta", result: "weight-gradient", over: "n" },
  "input-gradient": { top: "input-gradient", table: "kernel", side: "delta", result: "input-gradient", over: "d" },
};

export function channelScene(state) {
  const [input, kernel] = [fromNested(state.input), fromNested(state.kernel)];
  const outputs = outputShape(input.shape.slice(-2), kernel.shape.slice(-2), PLAIN);
  if (!outputs) return null;
  const sizes = sizesOf(input.shape, kernel.shape, outputs);
  const taps = channelTaps(input.shape, kernel.shape);
  const bias = state.bias ?? new Array(sizes.filters).fill(0);
  const x = forward(taps, kernel.values, input.values, sizes.images * sizes.filters * sizes.outputs);
  const shape = [...input.shape.slice(0, -3), sizes.filters, ...outputs];
  const output = { shape, values: x.map((value, n) => value + Number(bias[blockOf(sizes, "output", n).d])) };
  const full = { input, kernel, output, ...(state.delta ? gradients(taps, input, kernel, fromNested(state.delta)) : {}) };
  const reading = full.delta ? state.reading : "forward";
  return { full, arrays: shownIn(reading, full), taps, sizes, bias, reading, move: PLAIN, axes: 2, image: Math.min(state.image, sizes.images - 1) };
}

const shownIn = (reading, full) => {
  const { top, table, side } = READINGS[reading];
  return { [top]: full[top], [table]: full[table], [side]: full[side] };
};

function gradients(taps, input, kernel, delta) {
  return {
    delta,
    "weight-gradient": { shape: kernel.shape, values: weightGradient(taps, delta.values, input.values, kernel.values.length) },
    "input-gradient": { shape: input.shape, values: inputGradient(taps, delta.values, kernel.values, input.values.length) },
  };
}

// How many images, channels, filters; how many cells one block of each grid has.
function sizesOf(inputShape, kernelShape, outputs) {
  const [filters, channels] = kernelShape;
  const images = inputShape.length === 4 ? inputShape[0] : 1;
  return { images, channels, filters, inputs: sizeOf(inputShape.slice(-2)), weights: sizeOf(kernelShape.slice(-2)), outputs: sizeOf(outputs) };
}

// Ordered by image, filter and output; then by channel and weight.
export function channelTaps(inputShape, kernelShape) {
  const one = findTaps(inputShape.slice(-2), kernelShape.slice(-2), PLAIN);
  const outputs = Math.max(...one.output) + 1;
  const sizes = sizesOf(inputShape, kernelShape, [outputs]);
  const each = one.output.length / outputs;
  const taps = { output: [], weight: [], input: [] };
  for (let n = 0; n < sizes.images; n++) for (let d = 0; d < sizes.filters; d++) for (let i = 0; i < outputs; i++) {
    for (let c = 0; c < sizes.channels; c++) for (let m = i * each; m < (i + 1) * each; m++) {
      taps.output.push((n * sizes.filters + d) * outputs + i);
      taps.weight.push((d * sizes.channels + c) * sizes.weights + one.weight[m]);
      taps.input.push((n * sizes.channels + c) * sizes.inputs + one.input[m]);
    }
  }
  return taps;
}

const KINDS = { output: "output", delta: "output", kernel: "weight", "weight-gradient": "weight", input: "input", "input-gradient": "input" };
export const kindOf = (grid) => KINDS[grid];

// Which block a cell is in: image n, filter d, channel c, as far as the grid has them.
export function blockOf({ channels, filters, inputs, weights, outputs }, grid, flat) {
  const kind = kindOf(grid);
  if (kind === "weight") return { d: Math.floor(flat / weights / channels), c: Math.floor(flat / weights) % channels };
  const [size, maps, letter] = kind === "output" ? [outputs, filters, "d"] : [inputs, channels, "c"];
  return { n: Math.floor(flat / size / maps), [letter]: Math.floor(flat / size) % maps };
}

// The cells of one block; of the image that is shown where the grid has images.
export function cellsOf({ sizes, image }, grid, { c, d }) {
  const { channels, filters, inputs, weights, outputs } = sizes;
  const starts = {
    weight: [(d * channels + c) * weights, weights],
    input: [(image * channels + c) * inputs, inputs],
    output: [(image * filters + d) * outputs, outputs],
  };
  const [start, count] = starts[kindOf(grid)];
  return Array.from({ length: count }, (_, n) => start + n);
}

export const isDense = ({ sizes }) => sizes.inputs === 1 && sizes.weights === 1;

// Pair by pair in the order in which a reading finishes its results.
export function pairsOf({ sizes, reading }) {
  const { channels, filters } = sizes;
  const all = Array.from({ length: channels * filters }, (_, k) => k);
  if (reading === "input-gradient") return all.map((k) => ({ d: k % filters, c: Math.floor(k / filters) }));
  return all.map((k) => ({ d: Math.floor(k / channels), c: k % channels }));
}

// What a result's cells hold after so many pairs; null where no pair has come yet. Biases come last.
export function afterPairs(scene, count) {
  const { result } = READINGS[scene.reading];
  const pairs = pairsOf(scene).slice(0, count);
  const done = new Set(pairs.map(({ c, d }) => `${d},${c}`));
  const total = scene.sizes.channels;
  const sums = new Array(scene.arrays[result].values.length).fill(null);
  scene.taps[kindOf(result)].forEach((cell, n) => {
    const { d, c } = blockOf(scene.sizes, "kernel", scene.taps.weight[n]);
    if (done.has(`${d},${c}`)) sums[cell] = (sums[cell] ?? 0) + productOf(scene, n);
  });
  if (result !== "output") return sums;
  const complete = (d) => pairs.filter((pair) => pair.d === d).length === total;
  return sums.map((sum, flat) => {
    const { d } = blockOf(scene.sizes, "output", flat);
    return sum === null || !complete(d) ? sum : sum + Number(scene.bias[d]);
  });
}

// The product of a tap, its result's own factor left out.
const FACTORS = { output: ["kernel", "input"], weight: ["delta", "input"], input: ["delta", "kernel"] };
export const factorsOf = ({ reading }) => FACTORS[kindOf(READINGS[reading].result)];
export const valueAt = ({ full, taps }, grid, n) => full[grid].values[taps[kindOf(grid)][n]];
export const productOf = (scene, n) => factorsOf(scene).reduce((product, grid) => product * valueAt(scene, grid, n), 1);

// The products of a result's cell, sorted into small convolutions (or images): their sums add up to it.
export function groupsOf(scene, numbers) {
  const { over } = READINGS[scene.reading];
  const groups = new Map();
  for (const n of numbers) {
    const place = { ...blockOf(scene.sizes, "kernel", scene.taps.weight[n]), ...blockOf(scene.sizes, "output", scene.taps.output[n]) };
    if (!groups.has(place[over])) groups.set(place[over], { key: place[over], c: place.c, d: place.d, numbers: [], sum: 0 });
    const group = groups.get(place[over]);
    group.numbers.push(n);
    group.sum += productOf(scene, n);
  }
  return [...groups.values()];
}

// From the widget's state to what can be drawn: grids of numbers joined by taps. Pure.
import { fromNested, sizeOf } from "./arrays.js";
import { findTaps, forward, inputGradient, outputShape, tapsOf, weightGradient } from "./taps.js";

// Each grid belongs to one end of a tap, and to one role of the visual language.
export const GRIDS = {
  input: { axis: "input", role: "input", title: "input" },
  kernel: { axis: "weight", role: "kernel", title: "kernel" },
  output: { axis: "output", role: "output", title: "output" },
  delta: { axis: "output", role: "delta", title: "delta" },
  "weight-gradient": { axis: "weight", role: "gradient", title: "weight gradient", caption: "gradient" },
  "input-gradient": { axis: "input", role: "gradient", title: "input gradient", caption: "gradient" },
  connections: { axis: "weight", role: "kernel", title: "connections" },
  hidden: { axis: "hidden", role: "output", title: "hidden" },
  derivative: { axis: "input", role: "slope", title: "derivative below", caption: "derivative" },
  "delta-below": { axis: "input", role: "delta", title: "delta below", caption: "" },
  "wrong-gradient": { axis: "wrong", role: "gradient", title: "by the formula" },
  toeplitz: { axis: "toeplitz", role: "kernel", title: "matrix T" },
  turned: { axis: "turned", role: "kernel", title: "second kernel" },
  convolution: { axis: "output", role: "output", title: "second result" },
};

export const LETTERS = {
  course: {
    input: "o", kernel: "w", output: "x", delta: "δ",
    "weight-gradient": "∂E/∂w", "input-gradient": "∂E/∂o", connections: "W", hidden: "h",
    derivative: "f′(x)", "delta-below": "δ below", "wrong-gradient": "∂E/∂o",
    toeplitz: "T", turned: "w", convolution: "o * w",
  },
  S: {
    input: "y", kernel: "w", output: "x", delta: "∂E/∂x",
    "weight-gradient": "∂E/∂w", "input-gradient": "∂E/∂y", connections: "W", hidden: "h",
    derivative: "f′(x)", "delta-below": "δ below", "wrong-gradient": "∂E/∂y",
    toeplitz: "T", turned: "w", convolution: "y * w",
  },
  PyTorch: {
    input: "input", kernel: "weight", output: "output", delta: "grad_output",
    "weight-gradient": "weight.grad", "input-gradient": "input.grad", connections: "W", hidden: "hidden",
    derivative: "f′(x)", "delta-below": "x.grad", "wrong-gradient": "input.grad",
    toeplitz: "T", turned: "weight", convolution: "input * weight",
  },
};

export function makeScene(state) {
  const { stride, padding, dilation } = state;
  const move = { stride, padding, dilation };
  const input = fromNested(state.input);
  const kernel = fromNested(state.kernel);
  const outputs = outputShape(input.shape, kernel.shape, move);
  if (!outputs) return null;
  const taps = findTaps(input.shape, kernel.shape, move);
  const x = forward(taps, kernel.values, input.values, sizeOf(outputs), state.bias);
  const arrays = { input, kernel, output: { shape: outputs, values: x } };
  if (state.delta) addGradients(arrays, taps, fitted(fromNested(state.delta), outputs));
  return { arrays, taps, move, bias: state.bias, axes: input.shape.length };
}

function addGradients(arrays, taps, delta) {
  const { input, kernel } = arrays;
  const d_w = weightGradient(taps, delta.values, input.values, kernel.values.length);
  const d_o = inputGradient(taps, delta.values, kernel.values, input.values.length);
  arrays.delta = delta;
  arrays["weight-gradient"] = { shape: kernel.shape, values: d_w };
  arrays["input-gradient"] = { shape: input.shape, values: d_o };
}

// When stride or padding changes the output's shape, deltas keep their place in reading order.
export function fitted(delta, shape) {
  const values = Array.from({ length: sizeOf(shape) }, (_, n) => delta.values[n] ?? 0);
  return { shape, values };
}

// The taps a cell takes part in, and the partners they light on every axis.
// With `terms`, only the first few of them: products still come in one by one.
// A scene that is no sum over a window's taps brings its own rule.
export function light(scene, pick, terms = null) {
  if (scene.light) return scene.light(pick);
  const { axis } = GRIDS[pick.grid];
  const numbers = tapsOf(scene.taps, axis, pick.index).slice(0, terms ?? Infinity);
  const shown = terms === null ? numbers : numbers.slice(-1);
  const cells = (end) => new Map(shown.map((n) => [scene.taps[end][n], n]));
  const sum = numbers.reduce((total, n) => total + productOf(scene, axis, n), 0);
  return { numbers, sum, output: cells("output"), weight: cells("weight"), input: cells("input") };
}

// What a tap adds to a sum: the two ends that are not summed over.
export const FACTORS = {
  output: ["kernel", "input"],
  weight: ["delta", "input"],
  input: ["delta", "kernel"],
};

function productOf({ arrays, taps }, axis, n) {
  return FACTORS[axis].reduce(
    (product, grid) => product * (arrays[grid]?.values[taps[GRIDS[grid].axis][n]] ?? 0),
    1,
  );
}

// How large delta is at every layer of a deep stack, x = w o + b and o = f(x) again and again. Pure.
import { sigmoid } from "./net_layers.js";
import { uniforms } from "./numbers.js";

const LEAK = 0.1;

// f, its slope at x, and what most of delta a slope lets through.
export const FUNCTIONS = {
  sigmoid: { label: "sigmoid", f: sigmoid, slope: (x) => sigmoid(x) * sigmoid(-x), most: 0.25 },
  tanh: { label: "tanh", f: Math.tanh, slope: (x) => 1 - Math.tanh(x) ** 2, most: 1 },
  relu: { label: "ReLU", f: (x) => Math.max(x, 0), slope: (x) => (x > 0 ? 1 : 0), most: 1 },
  leaky_relu: { label: "leaky ReLU", f: (x) => (x > 0 ? x : LEAK * x), slope: (x) => (x > 0 ? 1 : LEAK), most: 1 },
};

// Standard deviations for so many units in and out; "ones" is one unit a layer, with w = 1.
export const WEIGHTS = {
  ones: { label: "one unit, w = 1", width: 1, batch: 1 },
  xavier: { label: "Xavier, √(1/n)", width: 32, batch: 16, scale: (n) => Math.sqrt(2 / (n + n)) },
  he: { label: "He, √(2/n)", width: 32, batch: 16, scale: (n) => Math.sqrt(2 / n) },
};

// Normal numbers, two from two uniform ones (Box and Muller).
export function normals(seed) {
  const next = uniforms(seed);
  let spare = null;
  return () => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    const [size, angle] = [Math.sqrt(-2 * Math.log(1 - next())), 2 * Math.PI * next()];
    spare = size * Math.sin(angle);
    return size * Math.cos(angle);
  };
}

// The numbers a stack is made of: the inputs, the gradient that comes in at the top, the weights.
// A deeper stack has the same first layers.
export function numbersOf({ initialisation, gain, depth, seed }) {
  const { width, batch, scale } = WEIGHTS[initialisation];
  if (!scale) return { width, batch, inputs: [1], top: [1], weights: Array.from({ length: depth }, () => [gain]) };
  const next = normals(seed);
  const take = (size, by = 1) => Float64Array.from({ length: size }, () => by * next());
  const [inputs, top] = [take(batch * width), take(batch * width)];
  return { width, batch, inputs, top, weights: Array.from({ length: depth }, () => take(width * width, gain * scale(width))) };
}

// x of every layer, from the first one up: batch rows of width numbers.
function forward({ width, batch, inputs, weights }, f, bias) {
  let o = inputs;
  return weights.map((w) => {
    const x = new Float64Array(batch * width);
    for (let n = 0; n < batch; n++)
      for (let d = 0; d < width; d++) {
        let sum = bias;
        for (let c = 0; c < width; c++) sum += w[d * width + c] * o[n * width + c];
        x[n * width + d] = sum;
      }
    o = x.map(f);
    return x;
  });
}

function throughWeights(delta, w, { width, batch }) {
  const d_o = new Float64Array(batch * width);
  for (let n = 0; n < batch; n++)
    for (let d = 0; d < width; d++)
      for (let c = 0; c < width; c++) d_o[n * width + c] += delta[n * width + d] * w[d * width + c];
  return d_o;
}

// Root of the mean square.
const sizeOf = (numbers) => Math.sqrt(numbers.reduce((sum, value) => sum + value * value, 0) / numbers.length);

// For each layer, the first one first: the size of its delta over that of ∂E/∂o at the top; what the
// weights above it and its own f′ multiplied the size by; and how many units have f′ = 0 for every input.
export function measure(settings) {
  const { f, slope } = FUNCTIONS[settings.activation];
  const stack = numbersOf(settings);
  const x = forward(stack, f, settings.bias);
  const unit = sizeOf(stack.top);
  const layers = [];
  let [d_o, above] = [stack.top, unit];
  for (let l = x.length - 1; l >= 0; l--) {
    const slopes = x[l].map(slope);
    const delta = d_o.map((value, n) => value * slopes[n]);
    const [came, left] = [sizeOf(d_o), sizeOf(delta)];
    layers.unshift({ size: left / unit, weights: came / above, slope: left / came, dead: deadOf(slopes, stack.width) });
    above = left;
    if (l > 0) d_o = throughWeights(delta, stack.weights[l], stack);
  }
  return layers;
}

const deadOf = (slopes, width) => Array.from({ length: width }, (_, unit) => unit)
  .filter((unit) => slopes.every((slope, n) => n % width !== unit || slope === 0)).length;

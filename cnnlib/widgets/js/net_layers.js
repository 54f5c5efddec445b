// The layers of a network, forward and back to their input: the sums over taps with maps around them.
// Mirrors cnnlib.network and cnnlib.ops; tested against both under Node. Pure.
import { sizeOf } from "./arrays.js";
import { findTaps, outputShape } from "./taps.js";

// Every kind: made once for a shape; then forward(o) gives { y, winner? } and backward(d_y, o, y, winner) gives d_o.
const KINDS = {
  conv: convolution,
  dense,
  flatten: (_, shape) => ({ shape: [sizeOf(shape)], forward: (o) => ({ y: o }), backward: (d) => d }),
  max: (sizes, shape) => pool(sizes, shape, maximum),
  average: (sizes, shape) => pool(sizes, shape, mean),
  l2: (sizes, shape) => pool(sizes, shape, length),
  relu: (_, shape) => activation(shape, (x) => Math.max(x, 0), (x) => (x > 0 ? 1 : 0)),
  leaky_relu: ({ slope }, shape) => activation(shape, (x) => (x > 0 ? x : slope * x), (x) => (x > 0 ? 1 : slope)),
  sigmoid: (_, shape) => activation(shape, sigmoid, (x) => sigmoid(x) * sigmoid(-x)),
  tanh: (_, shape) => activation(shape, Math.tanh, (x) => 1 - Math.tanh(x) ** 2),
};

export const makeLayer = (record, shape, parameters) => KINDS[record.kind](record, shape, parameters);

export const sigmoid = (x) => 1 / (1 + Math.exp(-x));

// o = f(x), element by element; delta = d_o · f′(x), the slope taken at x.
function activation(shape, f, slope) {
  return { shape, forward: (x) => ({ y: x.map(f) }), backward: (d, x) => d.map((value, n) => value * slope(x[n])) };
}

// x = o ⊗ w + b over all maps; back, every delta stamps its filter's kernels: the same taps, grouped by input.
function convolution({ kernel, move }, [maps, ...image], { w, b }) {
  const outputs = outputShape(image, kernel, move);
  const taps = findTaps(image, kernel, move);
  const [filters, pixels, places, weights] = [b.length, sizeOf(image), sizeOf(outputs), sizeOf(kernel)];
  const each = (act) => {
    for (let d = 0; d < filters; d++)
      for (let c = 0; c < maps; c++)
        for (let n = 0; n < taps.output.length; n++)
          act(d * places + taps.output[n], w[(d * maps + c) * weights + taps.weight[n]], c * pixels + taps.input[n]);
  };
  return {
    shape: [filters, ...outputs],
    forward(o) {
      const x = Float64Array.from({ length: filters * places }, (_, n) => b[Math.floor(n / places)]);
      each((i, weight, p) => (x[i] += weight * o[p]));
      return { y: x };
    },
    backward(delta) {
      const d_o = new Float64Array(maps * pixels);
      each((i, weight, p) => (d_o[p] += delta[i] * weight));
      return d_o;
    },
  };
}

// x = w o + b, and back the transpose.
function dense(_, [inputs], { w, b }) {
  return {
    shape: [b.length],
    forward: (o) => ({ y: b.map((bias, d) => o.reduce((sum, value, c) => sum + w[d * inputs + c] * value, bias)) }),
    backward: (delta) => Float64Array.from({ length: inputs }, (_, c) => delta.reduce((sum, value, d) => sum + value * w[d * inputs + c], 0)),
  };
}

// One number for each window of each map; share(place) says what each of its inputs gets of the delta.
function pool({ kernel, move }, [maps, ...image], { gather, share }) {
  const outputs = outputShape(image, kernel, move);
  const taps = findTaps(image, kernel, move);
  const [pixels, places, area] = [sizeOf(image), sizeOf(outputs), sizeOf(kernel)];
  const windows = Array.from({ length: places }, () => []);
  taps.output.forEach((i, n) => windows[i].push(taps.input[n]));
  const inMap = (place) => windows[place % places].map((p) => Math.floor(place / places) * pixels + p);
  const all = Array.from({ length: maps * places }, (_, place) => inMap(place));
  return {
    shape: [maps, ...outputs],
    forward: (o) => ({ y: Float64Array.from(all, (window) => gather(window.map((p) => o[p]), area)) }),
    backward(delta, o, y) {
      const d_o = new Float64Array(maps * pixels);
      all.forEach((window, i) => share(window.map((p) => o[p]), y[i], area).forEach((part, n) => (d_o[window[n]] += part * delta[i])));
      return d_o;
    },
  };
}

const maximum = {
  gather: (numbers) => Math.max(...numbers),
  // The first of equals wins, in reading order; NaN wins its window.
  share: (numbers, most) => {
    const winner = numbers.findIndex((value) => Object.is(value, most) || value === most);
    return numbers.map((_, n) => Number(n === winner));
  },
};
const mean = {
  gather: (numbers, area) => numbers.reduce((sum, value) => sum + value, 0) / area,
  share: (numbers, _, area) => numbers.map(() => 1 / area),
};
const length = {
  gather: (numbers) => Math.hypot(...numbers),
  share: (numbers, y) => numbers.map((value) => (y === 0 ? 0 : value / y)),
};

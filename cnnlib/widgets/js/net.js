// A trained network as the widget's state holds it: records of layers, and all weights in one text. Pure.
import { sizeOf } from "./arrays.js";
import { makeLayer } from "./net_layers.js";

// 32-bit floats, the low byte first, in base64: the same to the last bit as in Python.
export function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float64Array.from({ length: bytes.length / 4 }, (_, n) => view.getFloat32(4 * n, true));
}

// layers: [{ name, kind, parameters: { w: shape, b: shape }, ... }]; shape: one image's, [1, rows, columns].
export function makeNet({ layers, weights, shape }) {
  const numbers = unpacked(weights);
  let used = 0;
  const take = (size) => numbers.subarray(used, (used += size));
  let before = shape;
  return layers.map((record) => {
    const own = Object.entries(record.parameters ?? {}).map(([name, size]) => [name, take(sizeOf(size))]);
    const layer = makeLayer(record, before, Object.fromEntries(own));
    before = layer.shape;
    return { name: record.name, kind: record.kind, ...layer };
  });
}

// What comes out of every layer, the image first.
export function forward(net, image) {
  const outputs = [Float64Array.from(image)];
  for (const layer of net) outputs.push(layer.forward(outputs.at(-1)).y);
  return outputs;
}

// ∂E/∂o before every layer, the image's first, from ∂E/∂scores.
export function backward(net, outputs, dScores) {
  const deltas = [Float64Array.from(dScores)];
  for (let n = net.length - 1; n >= 0; n--) deltas.unshift(net[n].backward(deltas[0], outputs[n], outputs[n + 1]));
  return deltas;
}

// The largest score is taken off first: no exponential overflows.
export function softmax(scores) {
  const most = Math.max(...scores);
  const powers = Array.from(scores, (score) => Math.exp(score - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

// E = −ln p of one class: its value, and its gradient at the scores, p − onehot.
export function crossEntropy(scores, label) {
  const p = softmax(scores);
  const most = Math.max(...scores);
  const error = Math.log(Array.from(scores).reduce((sum, score) => sum + Math.exp(score - most), 0)) + most - scores[label];
  return { p, error, dScores: p.map((value, n) => value - (n === label)) };
}

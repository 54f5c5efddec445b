// What one 1D layer says of its weights: outputs, error, levers. Pure.
import { findTaps, forward, weightGradient } from "./taps.js";

const MOVE = { stride: 1, padding: 0, dilation: 1 };

// E = ½ Σ (x − t)², and ∂E/∂w.
export function measure({ input, target }, weights) {
  const taps = findTaps([input.length], [weights.length], MOVE);
  const x = forward(taps, weights, input, target.length);
  const delta = x.map((value, i) => value - target[i]);
  const error = delta.reduce((sum, d) => sum + d * d, 0) / 2;
  return { x, delta, error, levers: weightGradient(taps, delta, input, weights.length) };
}

export const RATE = 0.05;
export const STEP = 0.1;
export const LEAST = -4;
export const MOST = 4;

const inRange = (value) => Math.min(MOST, Math.max(LEAST, value));
export const rounded = (value) => Math.round(value * 1e6) / 1e6;

export const nudged = (weights, index, by) =>
  weights.map((w, n) => (n === index ? inRange(rounded(w + by)) : w));

// Against the lever, a little: w ← w − η ∂E/∂w.
export const stepped = (weights, levers) =>
  weights.map((w, n) => inRange(rounded(w - RATE * levers[n])));

export function moveLine(history) {
  const moves = history.length - 1;
  if (!moves) return "";
  const [before, now] = history.slice(-2);
  const change = now - before;
  const verb = Math.abs(change) < 0.005 ? "hardly changed" : change < 0 ? "fell" : "rose";
  return `Move ${moves}: E ${verb}, from ${before.toFixed(2)} to ${now.toFixed(2)}.`;
}

// Where a bar stands on a scale of powers of ten, and what is said of it. Pure.
import { MINUS, short } from "./numbers.js";

const STEP = 3; // powers of ten between two lines
const USUAL = [-9, 3];
const FURTHEST = [-24, 12];

export const between = (low, value, high) => Math.min(high, Math.max(low, value));

// The usual scale, made longer where bars are.
export function rangeOf(layers) {
  const tens = layers.map(({ size }) => Math.log10(size)).filter(Number.isFinite);
  const low = Math.floor(Math.min(USUAL[0], ...tens) / STEP) * STEP;
  const high = Math.ceil(Math.max(USUAL[1], ...tens) / STEP) * STEP;
  return [Math.max(FURTHEST[0], low), Math.min(FURTHEST[1], high)];
}

export const powers = ([low, high]) => Array.from({ length: (high - low) / STEP + 1 }, (_, n) => low + STEP * n);

// In percent from the lower end.
export function heightOf(size, [low, high]) {
  return (100 * (between(low, Math.log10(size), high) - low)) / (high - low);
}

// A bar hangs from 1 or stands on it; what is off the scale says on which side.
export function placesOf(size, range) {
  if (Number.isNaN(size)) return { bottom: 0, height: 0, cut: "none" };
  const [one, here] = [heightOf(1, range), heightOf(size, range)];
  const tens = Math.log10(size);
  const cut = tens < range[0] ? "below" : tens > range[1] ? "above" : null;
  return { bottom: Math.min(one, here), height: Math.abs(here - one), cut };
}

const RAISED = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

// 0.22, or 3.3 · 10⁻⁷.
export function sized(value) {
  if (Number.isNaN(value)) return "no number";
  if (!Number.isFinite(value)) return "∞";
  if (value === 0) return "0";
  if (value >= 0.01 && value < 1000) return short(value);
  const [digits, power] = value.toExponential(1).split("e");
  return `${digits.replace("-", MINUS)} · 10${[...String(Number(power))].map((letter) => RAISED[letter]).join("")}`;
}

// 0.22 of, all of, 4.1 · 10³ times.
function partOf(size) {
  const words = sized(size);
  if (words === "1") return "all of";
  return size > 1 ? `${words} times` : `${words} of`;
}

// What became of delta between the layer above and this one; nothing, where nothing came.
function way({ weights, slope }, above) {
  if (Number.isNaN(slope)) return `nothing comes from layer ${above}`;
  return `from layer ${above}, × ${short(weights)} through its weights, × ${short(slope)} through f′`;
}

export function said(layer, n, count) {
  const { size, slope, dead } = layer;
  const from = n === count - 1 ? `× ${short(slope)} through f′` : way(layer, n + 2);
  const silent = dead ? `; ${dead} ${dead === 1 ? "unit has" : "units have"} f′ = 0 for every input` : "";
  return `Layer ${n + 1}: ${partOf(size)} what came in at the top (${from})${silent}.`;
}

export const factor = (value) => (Number.isNaN(value) ? "–" : short(value));

export function summary(layers, width) {
  const { size } = layers[0];
  const dead = layers.reduce((sum, layer) => sum + layer.dead, 0);
  const silent = dead ? ` ${dead} of ${width * layers.length} units are dead: f′ = 0 for every input.` : "";
  return `The first layer gets ${partOf(size)} what came in at the top.${silent}`;
}

// What cells and numbers of a traced network are called. Pure.
import { indexOf, positionOf } from "./arrays.js";
import { MINUS } from "./numbers.js";
import { SUMS } from "./trace_net.js";

export const fixed = (value, places) => value.toFixed(places).replace(/^-(0\.?0*)$/, "$1").replace("-", MINUS);
export const bracketed = (value, places) => (value < 0 ? `(${fixed(value, places)})` : fixed(value, places));

// Only as many places as an exact factor has: 1 is 1, a pixel of 7/16 is 0.4375.
export const plain = (value, most) => fixed(value, most).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");

const planes = (layer) => (layer.shape.length === 1 ? [layer.shape[0]] : layer.shape);

export const cellName = (layer, cell) => `${layer.name}[${positionOf(cell, planes(layer)).join(",")}]`;

export const weightName = (layers, level, w) => `${layers[level].name}.w[${positionOf(w, weightShape(layers, level)).join(",")}]`;

export function weightShape(layers, level) {
  const [layer, below] = [layers[level], layers[level - 1]];
  return layer.kind === "dense" ? [layer.size, below.size] : [layer.shape[0], below.shape[0], ...layer.kernel];
}

// data-index and data-map of a cell: its place in its map, and which map.
export const place = (layer, cell) => (layer.shape.length === 1 ? String(cell) : indexOf(cell % layer.area, layer.shape.slice(1)));
export const mapName = (layer, cell) => (layer.shape.length === 1 ? null : Math.floor(cell / layer.area));

// delta is dE/dx, at what comes before an activation; at what comes after one it is dE/do.
export const backSymbol = (layer) => (SUMS.has(layer.kind) ? "δ" : "∂E/∂");

export function roleOf(layer, reading) {
  if (layer.kind === "softmax") return "output";
  if (reading === "backward") return SUMS.has(layer.kind) ? "delta" : "gradient";
  return SUMS.has(layer.kind) ? "output" : "input";
}

const WORDS = {
  input: "the picture", conv: "o ⊗ w + b", relu: "max(x, 0)", sigmoid: "sigmoid", tanh: "tanh", max: "largest", average: "mean", dense: "w o + b", softmax: "p",
};
export const layerWords = (layer) => WORDS[layer.kind];
export const sizeWords = (layer) => layer.shape.join("×");

export function fullName(pass, level, cell, reading) {
  const layer = pass.layers[level];
  const value = fixed(pass.values[level][cell], layer.kind === "softmax" ? 4 : pass.places);
  const back = pass.deltas[level];
  return `${cellName(layer, cell)}, ${value}${back && reading === "backward" ? `, comes back ${fixed(back[cell], pass.deltaPlaces)}` : ""}`;
}

// a 2, an 8, an 11.
export const aDigit = (label) => `${/^(8|11$|18$)/.test(label) ? "an" : "a"} ${label}`;

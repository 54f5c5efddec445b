// What stands below the picture: how the picked number was made, part by part, and its path to E. Pure.
import { positionOf } from "./arrays.js";
import { backSymbol, bracketed, cellName, fixed, plain, roleOf, weightName, weightShape } from "./trace_names.js";
import { linksDown, linksUp, POOLS, SUMS } from "./trace_net.js";
import { backwardGroups, biasOf, factorOf, forwardGroups, strongest, weightTerms } from "./trace_pass.js";

const MOST_TERMS = 6;

// A pixel is a whole number of sixteenths: four places.
const placesOf = (pass, level) => (level === 0 ? pass.places + 1 : pass.places);

export const count = (n) => n.toLocaleString("en");

// { head, role, parts: [{ map, label, sum }], bias, words, result, grids: map => [...], products: map => text }
export function sayCell(pass, level, cell, reading) {
  return reading === "forward" ? sayForward(pass, level, cell) : sayBackward(pass, level, cell);
}

function sayForward(pass, level, cell) {
  const layer = pass.layers[level];
  const value = pass.values[level][cell];
  const said = { head: cellName(layer, cell), role: roleOf(layer, "forward"), parts: [], result: plain(value, layer.kind === "softmax" ? 4 : pass.places) };
  if (level === 0) return { ...said, result: plain(value, 4), words: "a pixel: 0 is paper, 1 is ink" };
  const below = pass.layers[level - 1];
  if (SUMS.has(layer.kind)) return withParts(pass, said, forwardGroups(pass, level, cell), sumForward(pass, level, cell));
  if (layer.kind === "softmax") return { ...said, words: `e to the power of ${cellName(below, cell)}, divided by the sum of all ${layer.size}` };
  if (POOLS.has(layer.kind)) return { ...said, words: poolWords(layer), grids: [windowGrid(pass, level, cell)] };
  return { ...said, words: `${layer.kind === "relu" ? "max(x, 0)" : layer.kind} at x = ${cellName(below, cell)} = ${fixed(pass.values[level - 1][cell], pass.places)}` };
}

const poolWords = (layer) => (layer.kind === "max" ? "the largest of its window; the first one wins a tie" : "the mean of its window");

function sayBackward(pass, level, cell) {
  const layer = pass.layers[level];
  const symbol = backSymbol(layer);
  const head = symbol === "δ" ? `δ ${cellName(layer, cell)}` : `${symbol}${cellName(layer, cell)}`;
  const said = { head, role: roleOf(layer, "backward"), parts: [] };
  if (layer.kind === "softmax") return { ...said, head: cellName(layer, cell), result: fixed(pass.values[level][cell], pass.deltaPlaces), words: `E = −ln p[${pass.target}] = ${pass.error.toFixed(3)}` };
  said.result = fixed(pass.deltas[level][cell], pass.deltaPlaces);
  const above = pass.layers[level + 1];
  if (above.kind === "softmax") return { ...said, words: `p − ${cell === pass.target ? "1" : "0"} = ${fixed(pass.values[level + 1][cell], pass.deltaPlaces)} − ${cell === pass.target ? "1" : "0"}${cell === pass.target ? ", the class of E" : ""}` };
  if (SUMS.has(above.kind)) return withParts(pass, said, backwardGroups(pass, level, cell), sumBackward(pass, level, cell));
  return { ...said, words: throughWords(pass, level, cell), grids: poolGrids(pass, level, cell) };
}

function throughWords(pass, level, cell) {
  const above = pass.layers[level + 1];
  const links = linksUp(pass.layers, level, cell);
  if (links.length === 0) return "no window uses it";
  const ways = links.map((link) => `${fixed(pass.deltas[level + 1][link.n], pass.deltaPlaces)} · ${plain(factorOf(pass, level + 1, link), pass.places)}`).join(" + ");
  if (above.kind === "max") return `${ways}: ${links.some(({ n, p }) => pass.winners[level + 1][n] === p) ? "it won" : "it did not win"} in ${links.map(({ n }) => cellName(above, n)).join(", ")}`;
  if (above.kind === "average") return `${ways}: its share`;
  const x = pass.values[level][cell];
  return `${ways}: f′ at x = ${fixed(x, pass.places)}${above.kind === "relu" ? (x > 0 ? ", the mask is open" : ", the mask is shut") : ""}`;
}

// The map that adds most is opened first.
function withParts(pass, said, parts, more) {
  const largest = parts.reduce((most, part) => (!most || Math.abs(part.sum) > Math.abs(most.sum) ? part : most), null);
  return { ...said, parts, chosen: largest?.map ?? null, ...more };
}

function sumForward(pass, level, cell) {
  const layer = pass.layers[level];
  const below = pass.layers[level - 1];
  const o = ({ p }) => ({ level: level - 1, cell: p, value: pass.values[level - 1][p] });
  return {
    bias: biasOf(layer, cell),
    partPlaces: pass.places,
    partLabel: (map) => (layer.kind === "dense" && below.shape.length === 1 ? "all inputs" : `map ${map}`),
    products: (part) => productsOf(part.links.map((link) => [o(link).value, layer.w[link.w]]), placesOf(pass, level - 1), pass.places, part.sum, pass.places),
    gridsOf: (part) => [gridOf("o", "input", shapeOf(layer, below), part.links, o, placesOf(pass, level - 1)), weightGrid(pass, level, part.links, false)],
  };
}

function sumBackward(pass, level, cell) {
  const above = pass.layers[level + 1];
  const turned = above.kind === "conv";
  const delta = ({ n }) => ({ level: level + 1, cell: n, value: pass.deltas[level + 1][n] });
  const places = pass.deltaPlaces;
  return {
    partPlaces: places,
    partLabel: (map) => (turned ? `map ${map}` : "all scores"),
    products: (part) => productsOf(inOrder(part.links, turned).map((link) => [delta(link).value, above.w[link.w]]), places, pass.places, part.sum, places),
    gridsOf: (part) => [
      gridOf("δ", "delta", shapeUp(above), part.links, delta, places, turned),
      weightGrid(pass, level + 1, part.links, turned, shapeUp(above)),
    ],
  };
}

const shapeOf = (layer, below) => (layer.kernel ? layer.kernel : below.shape.length === 1 ? rowsOf(below.size) : below.shape.slice(1));
const shapeUp = (above) => above.kernel ?? rowsOf(above.size);
const rowsOf = (size) => (size <= 5 ? [1, size] : [Math.ceil(size / 5), 5]);
const inOrder = (links, turned) => (turned ? [...links].sort((a, b) => b.place - a.place) : links);

// A grid of numbers; turned: as the receiving end reads the kernel, last place first.
function gridOf(title, role, shape, links, number, places, turned = false) {
  const size = shape[0] * shape[1];
  const cells = Array.from({ length: size }, () => null);
  for (const link of links) cells[turned ? size - 1 - link.place : link.place] = { ...number(link), link };
  return { title, role, shape, places, cells };
}

function weightGrid(pass, level, links, turned, shape = shapeOf(pass.layers[level], pass.layers[level - 1])) {
  const number = ({ w }) => ({ level, weight: w, value: pass.layers[level].w[w] });
  return gridOf(turned ? "w, turned" : "w", "kernel", shape, links, number, pass.places, turned);
}

function windowGrid(pass, level, cell) {
  const layer = pass.layers[level];
  const links = linksDown(pass.layers, level, cell);
  return gridOf("its window", "input", layer.kernel, links, ({ p }) => (
    { level: level - 1, cell: p, value: pass.values[level - 1][p], wins: pass.winners[level]?.[cell] === p }), pass.places);
}

const poolGrids = (pass, level, cell) => {
  const above = pass.layers[level + 1];
  const first = POOLS.has(above.kind) ? linksUp(pass.layers, level, cell)[0] : null;
  return first ? [windowGrid(pass, level + 1, first.n)] : [];
};

// The largest products stand alone; the rest is one number, so that what is shown adds up.
function productsOf(pairs, placesA, placesB, sum, places, most = MOST_TERMS) {
  const used = pairs.filter(([a, b]) => a !== 0 && b !== 0);
  if (used.length === 0) return pairs.length ? "every product is 0" : "nothing to add";
  const size = ([a, b]) => Math.abs(a * b);
  const limit = used.map(size).sort((a, b) => b - a)[Math.min(used.length, most) - 1];
  const own = used.length <= 9 ? used : used.filter((pair) => size(pair) >= limit).slice(0, most);
  const rest = used.filter((pair) => !own.includes(pair));
  const shown = own.map(([a, b]) => `${wrapped(a, placesA)} · ${wrapped(b, placesB)}`);
  if (rest.length) shown.push(`${count(rest.length)} more: ${bracketed(sum - own.reduce((all, [a, b]) => all + a * b, 0), places + 2)}`);
  return `${shown.join(" + ")} = ${fixed(sum, places)}`;
}

const wrapped = (value, places) => (value < 0 ? `(${plain(value, places)})` : plain(value, places));

export function sayWeight(pass, level, w, reading) {
  const name = weightName(pass.layers, level, w);
  const value = plain(pass.layers[level].w[w], pass.places);
  const { terms, sum } = weightTerms(pass, level, w);
  const pairs = terms.map(({ delta, o }) => [delta, o]);
  const back = reading === "backward";
  const words = `${terms.length === 1 ? "one product" : `a sum of ${terms.length} products`}; the weight itself is ${value}`;
  return {
    head: back ? `∂E/∂${name}` : name, role: back ? "gradient" : "kernel", parts: [], words: back ? words : `used by ${terms.length === 1 ? "one output" : `${terms.length} outputs`}`,
    result: back ? fixed(sum, pass.deltaPlaces) : value,
    lines: back ? `Σ δ · o: ${productsOf(pairs, pass.deltaPlaces, placesOf(pass, level - 1), sum, pass.deltaPlaces)}` : `at place ${positionOf(w, weightShape(pass.layers, level)).slice(-2).join(",")} of its kernel`,
  };
}

// The strongest path from a cell to E, with what it carries, and how many paths there are.
export function sayPath(pass, level, cell) {
  const found = pass.paths[level]?.[cell];
  if (!found) return null;
  const { ways, open } = found;
  const many = `${count(ways)} ${ways === 1 ? "path leads" : "paths lead"} from ${cellName(pass.layers[level], cell)} to E, ${open === ways ? "all open" : `${count(open)} open`}.`;
  const steps = strongest(pass, level, cell);
  if (!steps.length) return { many, steps: [] };
  const score = steps.at(-1);
  const delta = pass.deltas[score.level][score.cell];
  return {
    many,
    steps: steps.map((step) => ({ ...step, name: cellName(pass.layers[step.level], step.cell), by: step.factor === null ? null : wrapped(step.factor, pass.places) })),
    delta: wrapped(delta, pass.deltaPlaces), carries: plain(found.most, pass.deltaPlaces + 2), all: fixed(pass.deltas[level][cell], pass.deltaPlaces),
  };
}

// Forward and back through the network, rounded after every layer so that shown sums are true sums;
// what a cell can reach, and its paths to E. Pure; tested against cnnlib.network under Node.
import { linksDown, linksOfWeight, linksUp, SUMS } from "./trace_net.js";

const sigmoid = (x) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)));
const F = {
  relu: { f: (x) => Math.max(x, 0), slope: (x) => (x > 0 ? 1 : 0) },
  sigmoid: { f: sigmoid, slope: (x) => sigmoid(x) * sigmoid(-x) },
  tanh: { f: Math.tanh, slope: (x) => 1 - Math.tanh(x) ** 2 },
};
const LEAST_PLACES = 4;
const MOST_PLACES = 8;

export const rounded = (value, places) => {
  const scale = 10 ** places;
  return Math.round(value * scale + Math.sign(value) * 1e-6) / scale + 0;
};

// The factor with which a nudge goes through one link.
export function factorOf(pass, level, { n, p, w }) {
  const layer = pass.layers[level];
  if (SUMS.has(layer.kind)) return layer.w[w];
  if (layer.kind === "max") return pass.winners[level][n] === p ? 1 : 0;
  if (layer.kind === "average") return 1 / layer.reach;
  return rounded(F[layer.kind].slope(pass.values[level - 1][p]), pass.places);
}

// The products of one sum, map by map; each map's own sum is rounded, as it is shown.
export function groups(links, number, places) {
  const found = new Map();
  for (const link of links) {
    if (!found.has(link.map)) found.set(link.map, { map: link.map, links: [], sum: 0 });
    const group = found.get(link.map);
    group.links.push(link);
    group.sum += number(link);
  }
  for (const group of found.values()) group.sum = rounded(group.sum, places);
  return [...found.values()];
}

const total = (parts, places, bias = 0) => rounded(parts.reduce((sum, part) => sum + part.sum, bias), places);

export const forwardGroups = (pass, level, n) =>
  groups(linksDown(pass.layers, level, n), ({ p, w }) => pass.layers[level].w[w] * pass.values[level - 1][p], pass.places);

export const backwardGroups = (pass, level, p) =>
  groups(linksUp(pass.layers, level, p), (link) => pass.deltas[level + 1][link.n] * factorOf(pass, level + 1, link), pass.deltaPlaces);

export const biasOf = (layer, n) => layer.b[layer.kind === "dense" ? n : Math.floor(n / layer.area)];

export function run(layers, image, places, target) {
  const pass = { layers, places, values: [image], winners: [], deltas: [] };
  for (let level = 1; level < layers.length; level++) {
    if (layers[level].kind === "max") pass.winners[level] = winnersOf(pass, level);
    pass.values[level] = layers[level].kind === "softmax" ? softmax(pass.values[level - 1]) : cells(layers[level], (n) => valueOf(pass, level, n));
  }
  return back(pass, target);
}

const cells = (layer, number) => Array.from({ length: layer.size }, (_, n) => number(n));

function valueOf(pass, level, n) {
  const layer = pass.layers[level];
  const below = pass.values[level - 1];
  if (SUMS.has(layer.kind)) return total(forwardGroups(pass, level, n), pass.places, biasOf(layer, n));
  if (layer.kind === "max") return below[pass.winners[level][n]];
  if (layer.kind === "average") return rounded(linksDown(pass.layers, level, n).reduce((sum, { p }) => sum + below[p], 0) / layer.reach, pass.places);
  return rounded(F[layer.kind].f(below[n]), pass.places);
}

// The first one wins a tie.
function winnersOf(pass, level) {
  const below = pass.values[level - 1];
  return cells(pass.layers[level], (n) => linksDown(pass.layers, level, n).reduce((best, { p }) => (below[p] > below[best] ? p : best), linksDown(pass.layers, level, n)[0].p));
}

function softmax(scores) {
  const most = Math.max(...scores);
  const sizes = scores.map((score) => Math.exp(score - most));
  const sum = sizes.reduce((all, size) => all + size, 0);
  return sizes.map((size) => size / sum);
}

// At the scores delta is p - onehot. The surer the network, the more places are needed to see it.
function back(pass, target) {
  const top = pass.layers.length - 2;
  const p = pass.values[top + 1];
  pass.target = target;
  pass.error = -Math.log(Math.max(p[target], Number.MIN_VALUE));
  pass.deltaPlaces = Math.max(LEAST_PLACES, Math.min(MOST_PLACES, 2 - Math.floor(Math.log10(Math.max(1 - p[target], 1e-9)))));
  pass.deltas[top] = p.map((value, k) => rounded(value - (k === target ? 1 : 0), pass.deltaPlaces));
  for (let level = top - 1; level >= 0; level--) {
    pass.deltas[level] = cells(pass.layers[level], (n) => total(backwardGroups(pass, level, n), pass.deltaPlaces));
  }
  return addPaths(pass, top);
}

// From each cell to E: how many paths there are, how many are open, and the one that carries most.
function addPaths(pass, top) {
  const all = pass.deltas[top].map((delta) => ({ ways: 1, open: delta ? 1 : 0, most: delta, next: null }));
  pass.paths = [];
  pass.paths[top] = all;
  for (let level = top - 1; level >= 0; level--) {
    pass.paths[level] = cells(pass.layers[level], (p) => pathsFrom(pass, level, p));
  }
  return pass;
}

function pathsFrom(pass, level, p) {
  const found = { ways: 0, open: 0, most: 0, next: null };
  for (const link of linksUp(pass.layers, level, p)) {
    const above = pass.paths[level + 1][link.n];
    const factor = factorOf(pass, level + 1, link);
    found.ways += above.ways;
    if (factor) found.open += above.open;
    if (Math.abs(factor * above.most) > Math.abs(found.most)) Object.assign(found, { most: factor * above.most, next: link, factor });
  }
  return found;
}

// The strongest path, step by step up to the score.
export function strongest(pass, level, cell) {
  const steps = [{ level, cell, factor: null }];
  for (let at = pass.paths[level]?.[cell]; at?.next; at = pass.paths[level][cell]) {
    const { factor, next } = at;
    [level, cell] = [level + 1, next.n];
    steps.push({ level, cell, factor, w: next.w });
  }
  return steps.at(-1).level === pass.layers.length - 2 ? steps : [];
}

// By level, the cells that cells reach, or that they have seen; open: only through open ways.
export function spread(pass, level, cells, up, open) {
  const found = [];
  let here = new Set(cells);
  const last = up ? pass.layers.length - 1 : 0;
  for (let at = level; at !== last && here.size; at += up ? 1 : -1) {
    const links = [...here].flatMap((cell) => (up ? linksUp(pass.layers, at, cell) : linksDown(pass.layers, at, cell)));
    const through = up ? at + 1 : at;
    const passes = ({ n, p, w }) => pass.layers[through].kind === "softmax" || factorOf(pass, through, { n, p, w }) !== 0;
    here = new Set(links.filter((link) => !open || passes(link)).map(({ n, p }) => (up ? n : p)));
    found[at + (up ? 1 : -1)] = here;
  }
  return found;
}


// dE/dw: all products in which the weight took part, with the delta of each output.
export function weightTerms(pass, level, w) {
  const terms = linksOfWeight(pass.layers, level, w).map((link) => ({ ...link, delta: pass.deltas[level][link.n], o: pass.values[level - 1][link.p] }));
  return { terms, sum: rounded(terms.reduce((all, { delta, o }) => all + delta * o, 0), pass.deltaPlaces) };
}

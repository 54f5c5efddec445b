// A network as the ways through it: which cell of a layer uses which cell below, with which weight.
// All from the one table of taps; pictures are (maps, rows, columns). Pure.
import { sizeOf } from "./arrays.js";
import { findTaps, tapsOf } from "./taps.js";

const SLIDES = new Set(["conv", "max", "average"]);
export const SUMS = new Set(["conv", "dense"]);
export const POOLS = new Set(["max", "average"]);

export function makeNetwork(records) {
  const layers = records.map((record) => ({ ...record, size: sizeOf(record.shape), area: sizeOf(record.shape.slice(1)) }));
  layers.forEach((layer, n) => {
    const below = layers[n - 1];
    if (!SLIDES.has(layer.kind)) return;
    const { stride, padding, dilation } = layer;
    layer.taps = findTaps(below.shape.slice(1), layer.kernel, { stride, padding, dilation });
    layer.reach = sizeOf(layer.kernel);
  });
  return layers;
}

// What a cell uses: { n, p, w, map, place }; map and place are those of the cell at the far end.
export function linksDown(layers, level, n) {
  const [layer, below] = [layers[level], layers[level - 1]];
  if (!below) return [];
  if (layer.taps) return slid(layer, below, n, "output");
  if (layer.kind === "dense") return Array.from({ length: below.size }, (_, p) => ({ n, p, w: n * below.size + p, map: mapOf(below, p), place: p % below.area }));
  if (layer.kind === "softmax") return Array.from({ length: below.size }, (_, p) => ({ n, p, w: null, map: 0, place: p }));
  return [{ n, p: n, w: null, map: mapOf(below, n), place: 0 }];
}

// Who uses a cell: its region Q in the layer above.
export function linksUp(layers, level, p) {
  const [layer, above] = [layers[level], layers[level + 1]];
  if (!above) return [];
  if (above.taps) return slid(above, layer, p, "input");
  if (above.kind === "dense") return Array.from({ length: above.size }, (_, n) => ({ n, p, w: n * layer.size + p, map: 0, place: n }));
  if (above.kind === "softmax") return Array.from({ length: above.size }, (_, n) => ({ n, p, w: null, map: 0, place: n }));
  return [{ n: p, p, w: null, map: mapOf(above, p), place: 0 }];
}

export const mapOf = (layer, cell) => (layer.shape.length === 1 ? 0 : Math.floor(cell / layer.area));

// A conv layer joins every map to every map, a pool each map to itself.
function slid(layer, below, cell, end) {
  const own = end === "output" ? layer : below;
  const other = end === "output" ? below : layer;
  const map = Math.floor(cell / own.area);
  const far = end === "output" ? layer.taps.input : layer.taps.output;
  const maps = layer.kind === "conv" ? [...Array(other.shape[0]).keys()] : [map];
  const found = tapsOf(layer.taps, end, cell % own.area);
  return maps.flatMap((there) => found.map((tap) => {
    const [filter, channel] = end === "output" ? [map, there] : [there, map];
    const place = layer.taps.weight[tap];
    const at = there * other.area + far[tap];
    const w = layer.kind === "conv" ? (filter * below.shape[0] + channel) * layer.reach + place : null;
    return { n: end === "output" ? cell : at, p: end === "output" ? at : cell, w, map: there, place };
  }));
}

// Everything that one weight joins.
export function linksOfWeight(layers, level, w) {
  const [layer, below] = [layers[level], layers[level - 1]];
  if (layer.kind === "dense") return [{ n: Math.floor(w / below.size), p: w % below.size, w }];
  const pair = Math.floor(w / layer.reach);
  const [filter, channel] = [Math.floor(pair / below.shape[0]), pair % below.shape[0]];
  return tapsOf(layer.taps, "weight", w % layer.reach).map((tap) => (
    { n: filter * layer.area + layer.taps.output[tap], p: channel * below.area + layer.taps.input[tap], w }));
}

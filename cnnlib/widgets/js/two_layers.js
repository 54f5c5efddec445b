// The same window twice: which inputs an output depends on, and by how many paths. Pure.
import { fromNested, indexOf, sizeOf } from "./arrays.js";
import { GRIDS, LETTERS } from "./scene.js";
import { findTaps, outputShape } from "./taps.js";

const blank = (shape) => ({ shape, values: new Array(sizeOf(shape)).fill(0) });

export function twoLayersScene(state) {
  const { stride, padding, dilation } = state;
  const move = { stride, padding, dilation };
  const [{ shape: inputs }, kernel] = [fromNested(state.input), fromNested(state.kernel)];
  const hidden = outputShape(inputs, kernel.shape, move);
  const outputs = hidden && outputShape(hidden, kernel.shape, move);
  if (!outputs) return null;
  const layers = [findTaps(inputs, kernel.shape, move), findTaps(hidden, kernel.shape, move)];
  const arrays = { input: blank(inputs), kernel, hidden: blank(hidden), output: blank(outputs) };
  const scene = { arrays, taps: layers[0], layers, move, bias: 0, axes: inputs.length };
  return Object.assign(scene, { light: (pick) => lit(scene, pick), words: (pick, notation) => words(scene, pick, notation) });
}

// From the cells of one end of a layer to those of the other, adding up the paths.
function passed(taps, from, to, paths) {
  const reached = new Map();
  taps[from].forEach((cell, n) => {
    const count = paths.get(cell);
    if (count) reached.set(taps[to][n], (reached.get(taps[to][n]) ?? 0) + count);
  });
  return reached;
}

const back = (taps, paths) => passed(taps, "output", "input", paths);
const forth = (taps, paths) => passed(taps, "input", "output", paths);

// For each grid a map from its lit cells to the number of paths between them and the picked one.
export function pathsFrom({ layers: [first, second] }, { grid, index }) {
  const self = new Map([[index, 1]]);
  if (grid === "hidden") return { input: back(first, self), hidden: self, output: forth(second, self) };
  const hidden = grid === "output" ? back(second, self) : forth(first, self);
  if (grid === "output") return { input: back(first, hidden), hidden, output: self };
  return { input: self, hidden, output: forth(second, hidden) };
}

const lit = (scene, pick) => ({ numbers: [], sum: 0, weight: new Map(), ...pathsFrom(scene, pick) });

const total = (paths) => [...paths.values()].reduce((sum, count) => sum + count, 0);
const many = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
const hiddenCells = (paths) => `${paths.size} hidden ${paths.size === 1 ? "cell" : "cells"}`;

function words(scene, pick, notation) {
  const paths = pathsFrom(scene, pick);
  const head = `${LETTERS[notation][pick.grid]}[${indexOf(pick.index, scene.arrays[pick.grid].shape)}]`;
  return { ...SAY[pick.grid](paths), role: GRIDS[pick.grid].role, head };
}

const SAY = {
  output: ({ input, hidden }) => ({
    chip: "receptive field",
    rest: `sees ${hiddenCells(hidden)} and through them ${many(input.size, "input")}, by ${many(total(input), "path")}`,
  }),
  input: ({ hidden, output }) => ({
    chip: "what it reaches",
    rest: hidden.size
      ? `reaches ${hiddenCells(hidden)} and through them ${many(output.size, "output")}, by ${many(total(output), "path")}`
      : "is never read",
  }),
  hidden: ({ input, output }) => ({
    chip: "both ways",
    rest: `sees ${many(input.size, "input")} and reaches ${many(output.size, "output")}`,
  }),
};

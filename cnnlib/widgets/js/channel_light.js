// Which cells light up, which rows and columns of the table are meant. Pure.
import { blockOf, cellsOf, kindOf } from "./channels.js";
import { pairAt } from "./channel_steps.js";
import { tapsOf } from "./taps.js";

// The image in the picture: that of the cell that is meant, else the one that is set.
export function fixedImage({ scene, pick, at }) {
  if (pick.stepping && at.pair) return scene.image;
  return blockOf(scene.sizes, pick.grid, pick.index).n ?? scene.image;
}

export function litOf(picture) {
  const { scene, pick } = picture;
  const pair = pairAt(picture);
  if (pair) return { cells: cellsOfPair(scene, pair), rows: [], columns: [], pair };
  const { c, d } = blockOf(scene.sizes, pick.grid, pick.index);
  return { cells: partners(scene, pick), rows: d === undefined ? [] : [d], columns: c === undefined ? [] : [c] };
}

function cellsOfPair(scene, pair) {
  return Object.fromEntries(Object.keys(scene.arrays).map((grid) => [grid, new Set(cellsOf(scene, grid, pair))]));
}

// In every grid the cells that share a product with the one that is meant.
function partners(scene, { grid, index }) {
  const numbers = tapsOf(scene.taps, kindOf(grid), index);
  return Object.fromEntries(Object.keys(scene.arrays).map((name) => {
    const cells = new Set(numbers.map((n) => scene.taps[kindOf(name)][n]));
    return [name, kindOf(name) === kindOf(grid) ? new Set([index]) : cells];
  }));
}

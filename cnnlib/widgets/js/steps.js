// What the slider counts: the cells of the result, or every product on its way into them. Pure.
import { GRIDS, light } from "./scene.js";

export function makeSteps(scene, grid, by) {
  const cells = scene.arrays[grid].values.length;
  if (by !== "product") {
    return { count: cells, at: (n) => ({ index: n, terms: null }), endOf: (index) => index };
  }
  const products = [];
  const ends = [];
  for (let index = 0; index < cells; index++) {
    const terms = light(scene, { grid, index }).numbers.length;
    for (let n = 1; n <= Math.max(1, terms); n++) products.push({ index, terms: n });
    ends.push(products.length - 1);
  }
  return { count: products.length, at: (n) => products[n], endOf: (index) => ends[index] };
}

// The grid that a reading sums to; stepping goes through it.
export const isResult = (grid) => GRIDS[grid].role === "gradient" || grid === "output";

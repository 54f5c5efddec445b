// One sum, three readings: the same triple products, sorted into groups. Pure.
import { forward, inputGradient, weightGradient } from "./taps.js";
import { GRIDS } from "./scene.js";

// Each way to group: the grid whose cells name the groups, and the grid the sums go to
// once the group's own factor is left out.
export const GROUPINGS = {
  output: { own: "delta", sums: "output", others: ["kernel", "input"], label: "by output" },
  weight: { own: "kernel", sums: "weight-gradient", others: ["delta", "input"], label: "by weight" },
  input: { own: "input", sums: "input-gradient", others: ["delta", "kernel"], label: "by input" },
};
export const FACTORS_OF_ALL = ["delta", "kernel", "input"];

const valueAt = ({ arrays, taps }, grid, n) => arrays[grid].values[taps[GRIDS[grid].axis][n]];

export const productOf = (scene, grids, n) =>
  grids.reduce((product, grid) => product * valueAt(scene, grid, n), 1);

// Where each chip stands: its group is its column, its place in the group its row.
export function grouped(scene, grouping) {
  const heights = new Array(scene.arrays[GROUPINGS[grouping].own].values.length).fill(0);
  const places = scene.taps[grouping].map((column) => ({ column, row: heights[column]++ }));
  return { places, heights };
}

// What each group adds up to, with its own factor or without.
export function sumsOf(scene, grouping, leaveOut) {
  const { own, others } = GROUPINGS[grouping];
  const sums = new Array(scene.arrays[own].values.length).fill(0);
  const grids = leaveOut ? others : FACTORS_OF_ALL;
  scene.taps[grouping].forEach((group, n) => (sums[group] += productOf(scene, grids, n)));
  return sums;
}

const dot = (a, b) => a.reduce((sum, value, n) => sum + value * b[n], 0);

// The one number, three ways: δ·x, w·∂E/∂w, o·∂E/∂o (bias left out).
export function totals({ arrays, taps }) {
  const [o, w, delta] = ["input", "kernel", "delta"].map((grid) => arrays[grid].values);
  return {
    output: dot(delta, forward(taps, w, o, delta.length)),
    weight: dot(w, weightGradient(taps, delta, o, w.length)),
    input: dot(o, inputGradient(taps, delta, w, o.length)),
  };
}

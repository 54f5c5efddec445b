// How many outputs use each input: the taps, counted by input. Pure.
import { indexOf } from "./arrays.js";
import { GRIDS, LETTERS, makeScene } from "./scene.js";
import { tapsOf } from "./taps.js";

export function sizesScene(state) {
  const scene = makeScene(state);
  if (!scene) return null;
  const sizes = new Array(scene.arrays.input.values.length).fill(0);
  for (const p of scene.taps.input) sizes[p]++;
  return Object.assign(scene, { sizes, words: (pick, notation) => words(scene, pick, notation) });
}

const many = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

function words(scene, pick, notation) {
  const { axis, role } = GRIDS[pick.grid];
  const place = (grid, flat) => `${LETTERS[notation][grid]}[${indexOf(flat, scene.arrays[grid].shape)}]`;
  const numbers = tapsOf(scene.taps, axis, pick.index);
  const outputs = numbers.map((n) => place("output", scene.taps.output[n])).join(" ");
  const [chip, rest] = {
    input: ["size of Q", numbers.length ? `is used by ${many(numbers.length, "output")}: ${outputs}` : "is never used: no output reaches it"],
    output: ["receptive field", `uses ${many(numbers.length, "input")}`],
    weight: ["kernel used", `is used ${many(numbers.length, "time")}, once by each output it can reach`],
  }[axis];
  return { chip, role, head: place(pick.grid, pick.index), rest };
}

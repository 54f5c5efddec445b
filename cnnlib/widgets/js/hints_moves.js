// What a wrong prediction gives away about stride, padding and dilation: the same sum over other
// taps. Pure.
import { flatOf, isOn, positionOf } from "./arrays.js";
import { FACTORS, GRIDS } from "./scene.js";

// The cell's value if output i used weight a on input s·i + d·a − P with other s, d or P: NaN where
// nothing would change.
function moved({ scene, pick }, changes) {
  const { arrays, bias } = scene;
  const move = { ...scene.move, ...changes };
  if (Object.keys(changes).every((name) => move[name] === scene.move[name])) return NaN;
  const { axis } = GRIDS[pick.grid];
  let sum = axis === "output" ? bias : 0;
  for (const tap of pairs(arrays, move)) {
    if (tap[axis] === pick.index) sum += product(arrays, tap, axis);
  }
  return sum;
}

function* pairs({ output, kernel, input }, { stride, padding, dilation }) {
  for (let i = 0; i < output.values.length; i++) {
    const from = positionOf(i, output.shape);
    for (let a = 0; a < kernel.values.length; a++) {
      const over = positionOf(a, kernel.shape);
      const place = from.map((n, axis) => stride * n + dilation * over[axis] - padding);
      if (isOn(place, input.shape)) yield { output: i, weight: a, input: flatOf(place, input.shape) };
    }
  }
}

const product = (arrays, tap, axis) =>
  FACTORS[axis].reduce((value, grid) => value * arrays[grid].values[tap[GRIDS[grid].axis]], 1);

export const MOVES = [
  ["stride-ignored", (f) => moved(f, { stride: 1 }),
    "That is the number for outputs that stand side by side. Here they stand a stride apart."],
  ["dilation-ignored", (f) => moved(f, { dilation: 1 }),
    "That is the number for a kernel without gaps. Here its weights stand apart."],
  ["padding-ignored", (f) => moved(f, { padding: 0 }),
    "That is the number without padding: the first window starts before the first input."],
  ["one-too-many", (f) => (f.scene.move.stride > 1 ? moved(f, { stride: f.scene.move.stride + 1 }) : NaN),
    "One step too far: between two neighbours there are stride − 1 zeros."],
];

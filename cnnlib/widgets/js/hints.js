// What a wrong prediction gives away: the value each known misconception leads to. Pure.
import { flatOf, isOn, positionOf } from "./arrays.js";
import { GRIDS, light } from "./scene.js";
import { nearly } from "./numbers.js";
import { predicting } from "./predict.js";
import { MOVES } from "./hints_moves.js";

const sum = (numbers, product) => numbers.reduce((total, n) => total + product(n), 0);

// The value at the same place with row and column swapped; NaN where there is none.
function swapped({ shape, values }, index) {
  const place = positionOf(index, shape).reverse();
  return place.length > 1 && isOn(place, shape) ? values[flatOf(place, shape)] : NaN;
}

function facts(scene, pick) {
  const { numbers } = light(scene, pick);
  const { arrays, taps } = scene;
  const turned = [...arrays.kernel.values].reverse();
  return {
    numbers,
    w: (n) => arrays.kernel.values[taps.weight[n]],
    turned: (n) => turned[taps.weight[n]],
    transposed: (n) => swapped(arrays.kernel, taps.weight[n]),
    o: (n) => arrays.input.values[taps.input[n]],
    delta: (n) => arrays.delta.values[taps.output[n]],
    right: arrays[pick.grid].values[pick.index],
    neighbours: [-1, 1].map((step) => arrays[pick.grid].values[pick.index + step]),
    mirrored: swapped(arrays[pick.grid], pick.index),
    opposite: [...arrays[pick.grid].values].reverse()[pick.index],
    bias: scene.bias,
    scene,
    pick,
  };
}

// Each line: the slug, what it computes, and the hint; in the order they are most often met.
const KNOWN = {
  output: [
    ["flipped", (f) => sum(f.numbers, (n) => f.turned(n) * f.o(n)) + f.bias,
      "You read the kernel from its other end. Here it is laid down as it stands: first weight on the first number."],
    ["bias-forgotten", (f) => f.right - f.bias, "The products are right. One number is added after them: the bias."],
    ["window-shifted", (f) => f.neighbours[0], "That is the output before this one: move the kernel one step on."],
    ["window-shifted", (f) => f.neighbours[1], "That is the output after this one: the kernel stands one step back."],
    ["transposed", (f) => sum(f.numbers, (n) => f.transposed(n) * f.o(n)) + f.bias,
      "You laid the rows of the kernel down as columns. What stands side by side in it stays side by side."],
    ["transposed", (f) => f.mirrored, "That is the output with row and column swapped: the row comes first."],
    ["weights-ignored", (f) => sum(f.numbers, (n) => f.o(n)) + f.bias,
      "You added the numbers under the kernel. Each is multiplied by its weight first."],
    ["wrong-sign", (f) => sum(f.numbers, (n) => Math.abs(f.w(n) * f.o(n))) + f.bias,
      "Check the signs: one of the products is negative."],
    ["wrong-sign", (f) => -f.right, "The size is right, the sign is not."],
  ],
  weight: [
    ["contribution-for-gradient", (f) => sum(f.numbers, (n) => f.delta(n) * f.w(n) * f.o(n)),
      "That is what the weight adds to the total. Its gradient leaves the weight itself out: δ times o only."],
    ["flipped", (f) => f.opposite, "That is the gradient of the weight at the other end of the kernel."],
    ["mean-for-sum", (f) => f.right / f.numbers.length, "You took the mean. Gradients from every place the weight was used are added."],
    ["delta-ignored", (f) => sum(f.numbers, (n) => f.o(n)), "Each number is weighed by the delta of the output it went into."],
    ["wrong-sign", (f) => -f.right, "The size is right, the sign is not."],
  ],
  input: [
    ["contribution-for-gradient", (f) => sum(f.numbers, (n) => f.delta(n) * f.w(n) * f.o(n)),
      "That is what the input adds to the total. Its gradient leaves the input itself out: δ times w only."],
    ["not-flipped", (f) => sum(f.numbers, (n) => f.delta(n) * f.turned(n)),
      "Right deltas, wrong partners: ask each output which weight it puts on this input."],
    ["mean-for-sum", (f) => f.right / f.numbers.length, "You took the mean. Every path to the error is added."],
    ["delta-ignored", (f) => sum(f.numbers, (n) => f.w(n)), "Each weight is multiplied by the delta of its output."],
    ["wrong-sign", (f) => -f.right, "The size is right, the sign is not."],
  ],
};

// The first misconception that explains the value, or null.
export function explain(scene, pick, value) {
  const f = facts(scene, pick);
  if (nearly(value, f.right)) return null;
  const found = [...MOVES, ...KNOWN[GRIDS[pick.grid].axis]].find(([, wrong]) => {
    const given = wrong(f);
    return Number.isFinite(given) && !nearly(given, f.right) && nearly(value, given);
  });
  return found ? { slug: found[0], hint: found[2] } : null;
}

export const predict = predicting({ explain, otherwise: "Multiply pair by pair, then add. Try once more, or reveal it." });

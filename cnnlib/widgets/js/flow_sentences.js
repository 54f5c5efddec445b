// What the formula line says of delta's way back. Pure.
import { indexOf, positionOf } from "./arrays.js";
import { ACTIVATIONS, stamped, windowAt } from "./flows_sums.js";
import { makeFormula, symbol } from "./formula.js";
import { full, short } from "./numbers.js";
import { GRIDS, LETTERS } from "./scene.js";
import { tapsOf } from "./taps.js";
import { FORMULAS, rightTerms, sumOf, valueOf, wrongTerms } from "./wrong_formulas.js";

const many = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
const place = (flat, shape) => `[${indexOf(flat, shape)}]`;
const plain = { targets: null, bias: null, missing: 0 };

// A formula, or words where there is no sum; null leaves it to the picture's own sum.
export function sentence(picture, pick, options) {
  return SAY[picture.state.config](picture, pick, options);
}

const SAY = {
  "follow-delta": (picture, pick, options) => FOLLOW[pick.grid](picture, pick, options),
  "wrong-formula": (picture, pick) => (pick.grid in USES ? USES[pick.grid](picture, pick) : compared(picture, pick)),
};

const FOLLOW = {
  delta: stamp,
  kernel: everyPair,
  "input-gradient": collected,
  derivative: slope,
  "delta-below": below,
};

function stamp({ scene, state }, pick, { terms = null }) {
  const { arrays, taps } = scene;
  const numbers = tapsOf(taps, "output", pick.index).slice(0, terms ?? Infinity);
  const factors = (n) => [
    { role: "delta", value: arrays.delta.values[pick.index], symbol: symbol(scene, state.notation, "delta", pick.index) },
    { role: "kernel", value: arrays.kernel.values[taps.weight[n]], symbol: symbol(scene, state.notation, "kernel", taps.weight[n]) },
  ];
  return {
    ...plain,
    reading: state.reading === "scatter" ? "one stamp" : "its patch",
    head: { role: "delta", symbol: symbol(scene, state.notation, "delta", pick.index) },
    terms: numbers.map(factors),
    targets: numbers.map((n) => place(taps.input[n], arrays.input.shape)),
    into: "to",
  };
}

// "[i,j]" and "[i+1,j]": where a weight takes every delta.
function displaced(at) {
  const letters = at.length === 1 ? ["i"] : ["i", "j"];
  return `[${letters.map((letter, axis) => (at[axis] ? `${letter}+${at[axis]}` : letter)).join(",")}]`;
}

function everyPair({ scene, state }, pick) {
  const { kernel } = scene.arrays;
  const letters = LETTERS[state.notation];
  const at = positionOf(pick.index, kernel.shape);
  const pairs = many(tapsOf(scene.taps, "weight", pick.index).length, "pair");
  const from = `${letters.delta}${displaced(at.map(() => 0))}`;
  return {
    chip: "every pair",
    role: "kernel",
    head: symbol(scene, state.notation, "kernel", pick.index),
    rest: `= ${short(kernel.values[pick.index])} takes every ${from} to ${letters["input-gradient"]}${displaced(at)}: ${pairs}`,
  };
}

// How many of an input's products have arrived; null where all of them count.
export function arrived({ scene, state, at }, index) {
  if (state.reading !== "scatter") return null;
  const upTo = stamped(scene.taps, at);
  return tapsOf(scene.taps, "input", index).filter((n) => n < upTo).length;
}

function collected(picture, pick, { terms = null }) {
  const { scene, state } = picture;
  const so = terms ?? arrived(picture, pick.index);
  if (so !== null) return makeFormula(scene, pick, state.notation, so);
  const sum = makeFormula(scene, pick, state.notation);
  return { ...sum, terms: windowAt(pick.index, scene.arrays).map((cell) => windowTerm(picture, cell)) };
}

// A zero of the ring stands in the sum too, in grey.
function windowTerm({ scene, state }, { at, output, weight }) {
  const { delta, kernel } = scene.arrays;
  const factors = [
    { role: output === null ? "pad" : "delta", value: output === null ? 0 : delta.values[output], symbol: output === null ? "0" : symbol(scene, state.notation, "delta", output) },
    { role: "kernel", value: kernel.values[weight], symbol: symbol(scene, state.notation, "kernel", weight) },
  ];
  return Object.assign(factors, { muted: output === null, at });
}

function slope({ scene }, { index }) {
  const { derivative } = scene.arrays;
  const [name, x] = [`x${place(index, derivative.shape)}`, full(scene.below[index])];
  const why = scene.activation === "relu"
    ? `since ${name} = ${x} is ${scene.below[index] > 0 ? "above 0" : "not above 0"}`
    : `the slope of the sigmoid at ${name} = ${x}`;
  return { chip: `f′ below, ${ACTIVATIONS[scene.activation].label}`, role: "slope", head: `f′(${name})`, rest: `= ${short(derivative.values[index])}, ${why}` };
}

function below(picture, { index }) {
  const { scene, state, running } = picture;
  const { derivative } = scene.arrays;
  const [g, slopes] = [(running ?? scene.arrays["input-gradient"].values)[index], derivative.values];
  const here = place(index, derivative.shape);
  const left = arrived(picture, index);
  const all = tapsOf(scene.taps, "input", index).length;
  return {
    ...plain,
    reading: "through f",
    head: { role: "delta", symbol: symbol(scene, state.notation, "delta-below", index) },
    terms: [[
      { role: "gradient", value: g, symbol: symbol(scene, state.notation, "input-gradient", index) },
      { role: "slope", value: slopes[index], symbol: `f′(x${here})` },
    ]],
    letters: true,
    result: { role: "delta", value: slopes[index] === 0 ? 0 : g * slopes[index] },
    note: left !== null && left < all ? " so far" : `, x${here} = ${full(scene.below[index])}`,
  };
}

const USES = {
  delta: ({ scene, state }, pick) => ({
    chip: "delta", role: "delta", head: symbol(scene, state.notation, "delta", pick.index),
    rest: "lights the cells that use it, in the right result and in the other",
  }),
  kernel: ({ scene, state }, pick) => ({
    chip: "weight", role: "kernel", head: symbol(scene, state.notation, "kernel", pick.index),
    rest: "lights the cells that use it, in the right result and in the other",
  }),
};

// The sum as the right formula, or as the wrong one, makes it; and what it should be.
function compared({ scene, state }, pick) {
  const wrong = pick.grid === "wrong-gradient";
  const terms = wrong ? wrongTerms(scene, pick.index) : rightTerms(scene, pick.index);
  const { role } = GRIDS[scene.compared];
  const letter = LETTERS[state.notation][scene.compared];
  const right = scene.arrays[scene.compared].values[pick.index];
  const comparable = wrong && !scene.comparison.otherShape;
  return {
    ...plain,
    reading: wrong ? FORMULAS[scene.formula].name : "right",
    head: { role, symbol: letter + place(pick.index, scene.arrays[pick.grid].shape) },
    terms: terms.map((factors) => factors.map((factor) => written(scene, state, factor))),
    letters: FORMULAS[scene.formula].below && terms.length === 1,
    result: { role, value: sumOf(scene, terms) },
    note: comparable ? (scene.comparison.differs[pick.index] ? ` (right: ${short(right)})` : " (as it should be)") : "",
  };
}

function written(scene, state, factor) {
  const value = valueOf(scene, factor);
  if (factor.name) return { role: "slope", value, symbol: factor.name };
  const { shape } = scene.full[factor.grid];
  return { role: GRIDS[factor.grid].role, value, symbol: LETTERS[state.notation][factor.grid] + place(factor.index, shape) };
}

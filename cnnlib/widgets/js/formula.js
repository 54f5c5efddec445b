// The sum behind a cell, as tokens to draw and as a line of text. Pure.
import { indexOf } from "./arrays.js";
import { factor, short } from "./numbers.js";
import { FACTORS, GRIDS, LETTERS, light } from "./scene.js";
import { FACTORS_OF_ALL } from "./readings.js";

const MOST_TERMS = 27;
const SHOWN_OF_MANY = 12;

// For each end of a tap: the reading it is, the grid it sums to, and the factor it leaves out.
const READINGS = {
  output: { name: "forward", result: "output", factors: FACTORS.output, own: "delta" },
  weight: { name: "weight gradient", result: "weight-gradient", factors: FACTORS.weight, own: "kernel" },
  input: { name: "region Q", result: "input-gradient", factors: FACTORS.input, own: "input" },
};

// Without deltas there is no gradient yet: only the products the cell takes part in.
const uses = (grid) => ({ name: `${GRIDS[grid].title} used`, result: null, factors: FACTORS.output });

function readingOf(scene, pick) {
  const axis = GRIDS[pick.grid].axis;
  return scene.arrays.delta || axis === "output" ? READINGS[axis] : uses(pick.grid);
}

// A layer that is no convolution has letters of its own.
export const letterOf = (scene, notation, grid) => scene.letters?.[grid] ?? LETTERS[notation][grid];

export function symbol(scene, notation, grid, index) {
  return `${letterOf(scene, notation, grid)}[${indexOf(index, scene.arrays[grid].shape)}]`;
}

function term(scene, notation, factors, number) {
  return factors.map((grid) => {
    const index = scene.taps[GRIDS[grid].axis][number];
    const value = scene.arrays[grid].values[index];
    return { role: GRIDS[grid].role, value, symbol: symbol(scene, notation, grid, index) };
  });
}

// terms: how many products have come in so far; null for all of them.
export function makeFormula(scene, pick, notation = "course", terms = null) {
  const { name, result, factors } = readingOf(scene, pick);
  const all = light(scene, pick).numbers.length;
  const { numbers, sum } = light(scene, pick, terms);
  const complete = numbers.length === all;
  const grid = result ?? pick.grid;
  const value = complete ? scene.arrays[grid].values[pick.index] : sum;
  return {
    reading: name,
    head: { role: GRIDS[grid].role, symbol: symbol(scene, notation, grid, pick.index) },
    terms: numbers.map((n) => term(scene, notation, factors, n)),
    targets: result ? null : numbers.map((n) => symbol(scene, notation, "output", scene.taps.output[n])),
    bias: result === "output" && scene.bias !== 0 && complete ? scene.bias : null,
    result: result && { role: GRIDS[grid].role, value },
    missing: all - numbers.length,
  };
}

// One group of T: all three factors kept, so that every grouping adds up to the same number.
export function makeGroupFormula(scene, pick, notation = "course") {
  const { own, result } = READINGS[GRIDS[pick.grid].axis];
  const { numbers } = light(scene, pick);
  const head = [own, result].map((grid) => symbol(scene, notation, grid, pick.index)).join("·");
  const terms = numbers.map((n) => term(scene, notation, FACTORS_OF_ALL, n));
  const value = terms.reduce((sum, [a, b, c]) => sum + a.value * b.value * c.value, 0);
  const { role } = GRIDS[own];
  return { reading: "one group of T", head: { role, symbol: head }, terms, targets: null, bias: null, result: { role, value }, missing: 0 };
}

// Which terms are written out when there are too many for a line; null stands for the ones left out.
export function shownTerms(count) {
  const all = Array.from({ length: count }, (_, n) => n);
  if (count <= MOST_TERMS) return all;
  return [...all.slice(0, SHOWN_OF_MANY), null, count - 1];
}

const product = (factors, write) => factors.map(write).join("·");

export function textOf(formula, { masked = false } = {}) {
  const write = masked ? (f) => f.symbol : (f) => factor(f.value);
  const products = formula.terms.map((factors) => product(factors, write));
  if (formula.targets) {
    const uses = products.map((text, n) => `${text} ${formula.into ?? "in"} ${formula.targets[n]}`);
    return `${formula.head.symbol}: ${uses.join(", ") || "in no product"}`;
  }
  if (formula.bias !== null) products.push(masked ? "b" : factor(formula.bias));
  const sum = products.join(" + ") || "no product";
  const letters = formula.letters ? `${formula.terms.map((factors) => product(factors, (f) => f.symbol)).join(" + ")} = ` : "";
  return `${formula.head.symbol} = ${letters}${sum} = ${masked ? "?" : shortResult(formula)}${soFar(formula)}${formula.note ?? ""}`;
}

export const soFar = ({ missing }) => (missing ? ` so far, ${missing} more to come` : "");

export const shortResult = (formula) => short(formula.result.value);

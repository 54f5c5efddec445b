// What the formula line says of a pool. Pure.
import { indexOf } from "./arrays.js";
import { letterOf, symbol } from "./formula.js";
import { full, short } from "./numbers.js";
import { GRIDS } from "./scene.js";
import { standings } from "./pools.js";
import { tapsOf } from "./taps.js";

const many = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
const squared = (value) => (value < 0 ? `(${short(value)})²` : `${short(value)}²`);
const plain = { targets: null, bias: null, missing: 0 };

// A formula, or words where there is no sum.
export function poolSentence(picture, pick, { masked = false } = {}) {
  return SAY[pick.grid](picture, pick, masked);
}

const SAY = { input: standing, output: letThrough, delta: sent, "input-gradient": cameBack };

// A cell of the map: which windows hold it, and which of them it wins.
function standing({ scene, state, secret, hidden }, { index }) {
  const { wins, ties, held } = standings(scene)[index];
  const outputs = (windows) => windows.map((i) => symbol(scene, state.notation, "output", i)).join(", ");
  const { values } = scene.arrays.input;
  const said = { chip: "region Q", role: "input", head: symbol(scene, state.notation, "input", index) };
  const rest = `= ${short(values[index])} is in ${held ? many(held, "window") : "no window"}`;
  if (scene.kind !== "max" || held === 0 || secret || hidden.size > 0) return { ...said, rest };
  const won = wins.length ? `wins ${outputs(wins)}` : "wins none";
  return { ...said, rest: `${rest} and ${won}${ties.length ? `; it ties in ${outputs(ties)}, but is not the first` : ""}` };
}

// The formula of one window: what stands before the numbers, between them, and after.
const SHAPES = {
  max: { write: short, before: "max(", apart: ", ", after: () => ")" },
  average: { write: (value) => (value < 0 ? `(${short(value)})` : short(value)), before: "(", apart: " + ", after: (count) => `) / ${count}` },
  l2: { write: squared, before: "√(", apart: " + ", after: () => ")" },
};

function letThrough({ scene, state }, { index }, masked) {
  const numbers = tapsOf(scene.taps, "output", index);
  const { write, before, apart, after } = SHAPES[scene.kind];
  const values = numbers.map((n) => write(scene.arrays.input.values[scene.taps.input[n]]));
  const { winner, tied } = scene.windows[index];
  const place = winner === null || masked ? "" : `, from ${symbol(scene, state.notation, "input", scene.taps.input[winner])}`;
  return {
    window: true, reading: "forward",
    head: { role: "output", symbol: symbol(scene, state.notation, "output", index) },
    before, values, apart, after: after(values.length),
    result: masked ? "?" : short(scene.arrays.output.values[index]), exactly: masked ? "" : full(scene.arrays.output.values[index]),
    note: place + (place && tied.length ? `, the first of ${tied.length + 1} that tie` : ""),
  };
}

const delta = (scene, state, i) => ({ role: "delta", value: scene.arrays.delta.values[i], symbol: symbol(scene, state.notation, "delta", i) });
const factor = (scene, n) => ({ role: "factor", value: scene.factors[n], symbol: "∂y/∂o" });

// One window sends its gradient: all of it to the winner, or each cell its share.
function sent({ scene, state, secret, hidden }, { index }) {
  const all = tapsOf(scene.taps, "output", index);
  const numbers = scene.kind === "max" ? all.filter((n) => n === scene.windows[index].winner) : all;
  const head = { role: "delta", symbol: symbol(scene, state.notation, "delta", index) };
  if (secret || hidden.size > 0) {
    return { chip: "backward", role: "delta", head: head.symbol, rest: `= ${short(scene.arrays.delta.values[index])} goes back into its window of ${many(all.length, "cell")}` };
  }
  const letter = letterOf(scene, state.notation, "input");
  return {
    ...plain, head, reading: scene.kind === "max" ? "route" : "share",
    terms: numbers.map((n) => [delta(scene, state, index), factor(scene, n)]),
    targets: numbers.map((n) => `${letter}[${indexOf(scene.taps.input[n], scene.arrays.input.shape)}]`),
    into: "to",
  };
}

// What comes back to one cell: a product for each window that holds it.
function cameBack({ scene, state, sentSoFar = Infinity }, { index }) {
  const all = tapsOf(scene.taps, "input", index);
  const numbers = all.filter((n) => scene.taps.output[n] < sentSoFar);
  const products = numbers.map((n) => (scene.factors[n] === 0 ? 0 : scene.factors[n] * scene.arrays.delta.values[scene.taps.output[n]]));
  return {
    ...plain, reading: "region Q",
    head: { role: GRIDS["input-gradient"].role, symbol: symbol(scene, state.notation, "input-gradient", index) },
    terms: numbers.map((n) => [delta(scene, state, scene.taps.output[n]), factor(scene, n)]),
    result: { role: "gradient", value: products.reduce((sum, product) => sum + product, 0) },
    missing: all.length - numbers.length,
  };
}

export const windowText = ({ head, before, values, apart, after, result, note }) =>
  `${head.symbol} = ${before}${values.join(apart)}${after} = ${result}${note}`;

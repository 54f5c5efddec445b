// Choices of the flows of delta: the reading, f of the layer below, the formula, the kernel.
import { fromNested, toNested } from "./arrays.js";
import { choice } from "./controls.js";
import { ACTIVATIONS } from "./flows_sums.js";
import { FORMULAS } from "./wrong_formulas.js";

const OWN = "your own";
const NONE = ["none", "none"];
const F = Object.entries(ACTIVATIONS).map(([name, { label }]) => [name, label]);

// Two kernels that hide what turning does, and one that looks as if it did.
const SQUARE = { "[[1 2] [2 1]]": [[1, 2], [2, 1]], "[[0 1] [1 0]]": [[0, 1], [1, 0]], "[[1 2] [2 5]]": [[1, 2], [2, 5]] };

// For kernels of another shape: the example's, laid over itself turned.
function laidOver(nested) {
  const { shape, values } = fromNested(nested);
  return toNested({ shape, values: values.map((value, n) => value + values[values.length - 1 - n]) });
}

export function kernelsOf(example) {
  const square = fromNested(example).shape.join() === "2,2";
  return { "the example's": example, ...(square ? SQUARE : { "plus itself turned": laidOver(example) }) };
}

export function nameOfKernel(kernel, example) {
  const known = Object.entries(kernelsOf(example));
  return known.find(([, values]) => JSON.stringify(values) === JSON.stringify(kernel))?.[0] ?? OWN;
}

function kernels(view) {
  const known = kernelsOf(view.home.kernel);
  const put = (name) => name in known && view.set({ kernel: known[name] });
  const { root, update } = choice("kernel", [...Object.keys(known), OWN].map((name) => [name, name]), put);
  return { root, update: (state) => update(nameOfKernel(state.kernel, view.home.kernel)) };
}

// All numbers are there at the end of either reading: the switch leaves them as they are.
export function switched(state, reading, { arrays, taps }) {
  const products = state.by === "product" && taps.output.length - 1;
  const last = { scatter: products || arrays.delta.values.length - 1, gather: products || arrays.input.values.length - 1 };
  const wasLast = state.position >= last[state.reading];
  return { reading, selected: [], position: reading === "scatter" || wasLast ? last[reading] : 0 };
}

function readings(view) {
  const { root, update } = choice("reading", [["scatter", "scatter"], ["gather", "gather"]], (reading) => view.set(switched(view.state, reading, view.scene)));
  return { root, update: (state) => update(state.reading) };
}

function activations(state, view) {
  const offered = state.config === "follow-delta" ? [NONE, ...F] : F;
  const { root, update } = choice("f′ below", offered, (activation) => view.set({ activation }));
  const needed = (now) => now.config === "follow-delta" || FORMULAS[now.formula].below;
  return { root, update: (now) => (update(now.activation), (root.hidden = !needed(now))) };
}

function formulas(state, view) {
  const axes = fromNested(state.input).shape.length;
  const offered = Object.values(FORMULAS).filter(({ slug, below }) => (state.below || !below) && (axes === 2 || slug !== "one-axis-flipped"));
  const put = (formula) => view.set({ formula, ...(FORMULAS[formula].below && view.state.activation === "none" ? { activation: "relu" } : {}) });
  const { root, update } = choice("formula", offered.map(({ slug, name }) => [slug, name]), put);
  return { root, update: (now) => update(now.formula) };
}

export function flowControls(state, view) {
  const make = {
    reading: () => readings(view),
    formula: () => formulas(state, view),
    preset: () => kernels(view),
    activation: () => (state.below ? activations(state, view) : null),
  };
  return Object.keys(make).filter((name) => state.controls.includes(name)).map((name) => make[name]()).filter(Boolean);
}

// Named wrong formulas, each as the products it adds up for a cell. Pure.
import { flatOf, isOn, positionOf, sizeOf } from "./arrays.js";
import { ACTIVATIONS, windowAt } from "./flows_sums.js";

const HOPELESS = { values: null };
const half = (arrays, n) => arrays.kernel.values.length - 1 - n;

// Each product is a list of factors: { grid, index }, or { name, value } for what is in no grid.
const pair = (output, weight) => [{ grid: "delta", index: output }, { grid: "kernel", index: weight }];
const real = (window) => window.filter(({ output }) => output !== null);
const right = (arrays, p) => real(windowAt(p, arrays)).map(({ output, weight }) => pair(output, weight));

// The window is right, the kernel in it lies another way: `other` says which weight comes instead.
const laid = (other) => ({ arrays }, p) =>
  real(windowAt(p, arrays)).map(({ output, weight }) => pair(output, other(arrays, weight)));

// Turned by half a turn, and one axis mirrored back: with one axis that is no turn at all.
function mirrored(arrays, weight) {
  const at = positionOf(weight, arrays.kernel.shape);
  at[at.length - 1] = arrays.kernel.shape.at(-1) - 1 - at.at(-1);
  return flatOf(at, arrays.kernel.shape);
}

// The turned kernel only where it fits into delta as it is.
function valid({ arrays: { delta, kernel } }, q, shape) {
  const corner = positionOf(q, shape);
  return kernel.values.map((_, m) => {
    const at = positionOf(m, kernel.shape).map((step, axis) => corner[axis] + step);
    return pair(flatOf(at, delta.shape), kernel.values.length - 1 - m);
  });
}

const validShape = ({ arrays: { delta, kernel } }) => {
  const shape = delta.shape.map((n, axis) => n - kernel.shape[axis] + 1);
  return shape.every((n) => n > 0) ? shape : null;
};

// delta[p - a] with a guard at the far border only: a negative index counts from the other end.
// In the order of the loop, weight by weight; null where NumPy raises.
function oneGuard({ arrays: { input, kernel, delta } }, p) {
  const position = positionOf(p, input.shape);
  const terms = kernel.values.flatMap((_, a) => {
    const at = positionOf(a, kernel.shape).map((step, axis) => position[axis] - step);
    if (at.some((i, axis) => i >= delta.shape[axis])) return [];
    const wrapped = at.map((i, axis) => (i < 0 ? i + delta.shape[axis] : i));
    return [isOn(wrapped, delta.shape) ? pair(flatOf(wrapped, delta.shape), a) : null];
  });
  return terms.includes(null) ? null : terms;
}

// ∂E/∂o times whatever the formula takes for f′(x).
const through = (factors) => (scene, p) => {
  const g = scene.full["input-gradient"].values[p];
  return [[{ grid: "input-gradient", index: p, value: g }, ...factors(scene, p, g)]];
};
const at = (p, shape) => positionOf(p, shape).join(",");
const slopeAt = (scene, p) => ({ name: `f′(x[${at(p, scene.arrays.input.shape)}])`, value: scene.slope(scene.below[p]) });
const slopeAtOutput = (scene, p) => {
  const o = ACTIVATIONS[scene.activation].f(scene.below[p]);
  return { name: `f′(o[${at(p, scene.arrays.input.shape)}])`, value: scene.slope(o) };
};
const sign = (scene, p, g) => ({ name: `(∂E/∂o[${at(p, scene.arrays.input.shape)}] > 0)`, value: g > 0 ? 1 : 0 });

// δ, times f′ at the x of its own layer, then back through the kernel.
const above = (scene, p) =>
  right(scene.arrays, p).map(([delta, weight]) => {
    const name = `f′(x[${at(delta.index, scene.arrays.delta.shape)}])`;
    return [delta, { name, value: scene.slope(scene.full.output.values[delta.index]) }, weight];
  });

const BACK = [
  ["flipped-twice", "literal J22", "(δ ∗ rot180(w)) full, with the ∗ of J2: that ∗ turns the kernel a second time, so it is not turned at all", laid(half)],
  ["not-flipped", "no flip", "w slides over the extended δ as it is, first weight on the first number: every output is given the wrong weight", laid(half)],
  ["one-axis-flipped", "one axis flipped", "w mirrored top to bottom only, then slid over the extended δ: half a turn reverses rows and columns", laid(mirrored)],
  ["wrong-size", "valid for full", "the turned kernel slides over δ without its ring of zeros: the borders of the input get nothing", valid, validShape],
  ["border-not-clipped", "one guard only", "δ[p − a] is guarded at the far border only: in NumPy a negative index wraps round to the other end", oneGuard],
];
const THROUGH = [
  ["derivative-missing", "f′ missing", "∂E/∂o is handed on as it is: it stands on the other side of f", through(() => [])],
  ["derivative-at-output", "f′ at o", "f′ is taken at o = f(x) instead of at x", through((s, p) => [slopeAtOutput(s, p)])],
  ["derivative-twice", "f′ twice", "between o and x there is one f, so one factor f′", through((s, p) => [slopeAt(s, p), slopeAt(s, p)])],
  ["derivative-of-layer-above", "f′ of the layer above", "f′ is taken at the x of δ's own layer, before the way back through the kernel", above],
  ["relu-by-delta-sign", "mask by the sign", "what is negative is cut away: f′ depends on x, not on the gradient", through((s, p, g) => [sign(s, p, g)])],
];

const listed = (entries, below) => entries.map(([slug, name, says, terms, shape]) => [slug, { slug, name, says, terms, shape, below }]);
export const FORMULAS = Object.fromEntries([...listed(BACK, false), ...listed(THROUGH, true)]);

export const rightTerms = (scene, p) =>
  FORMULAS[scene.formula].below ? through((s, q) => [slopeAt(s, q)])(scene, p) : right(scene.arrays, p);

export const valueOf = (scene, factor) => factor.value ?? scene.arrays[factor.grid].values[factor.index];
const product = (scene, factors) => factors.reduce((value, factor) => value * valueOf(scene, factor), 1);
export const sumOf = (scene, terms) => terms.reduce((sum, factors) => sum + product(scene, factors), 0);

// The products that the formula adds for one cell of its own result.
export const wrongTerms = (scene, p) => {
  const { terms, shape } = FORMULAS[scene.formula];
  return terms(scene, p, shape?.(scene));
};

// What the formula gives, cell by cell; no values where it gives nothing at all.
export function wrongResult(scene) {
  const { shape: shapeOf } = FORMULAS[scene.formula];
  const shape = shapeOf ? shapeOf(scene) : scene.arrays.input.shape;
  if (!shape) return HOPELESS;
  const terms = Array.from({ length: sizeOf(shape) }, (_, p) => wrongTerms(scene, p));
  return terms.includes(null) ? HOPELESS : { shape, values: terms.map((products) => sumOf(scene, products)) };
}

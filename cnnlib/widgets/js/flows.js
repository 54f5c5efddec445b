// What the pictures of delta's way back know: the grids, f′ of the layer below, a wrong result. Pure.
import { fromNested } from "./arrays.js";
import { ACTIVATIONS, dot, looksSameTurned, mean } from "./flows_sums.js";
import { nearly } from "./numbers.js";
import { makeScene } from "./scene.js";
import { FORMULAS, rightTerms, wrongResult, wrongTerms } from "./wrong_formulas.js";

export function followScene(state) {
  const scene = makeScene(state);
  if (!scene || !state.delta) return null;
  const activation = state.below && ACTIVATIONS[state.activation];
  if (activation) addSlope(scene, fromNested(state.below).values, state.activation);
  return scene;
}

function addSlope(scene, below, activation) {
  const { slope } = ACTIVATIONS[activation];
  const { shape, values } = scene.arrays["input-gradient"];
  const slopes = below.map(slope);
  Object.assign(scene, { below, activation, slope });
  scene.arrays.derivative = { shape, values: slopes };
  scene.arrays["delta-below"] = { shape, values: through(values, slopes) };
}

// 0 times anything is 0 here, as it is for a mask: a dead cell lets nothing through.
export const through = (gradient, slopes) => gradient.map((g, p) => (slopes[p] === 0 ? 0 : g * slopes[p]));

// A formula about f′ is compared below f, the others at o; what is compared is in two grids.
export function wrongScene(state) {
  const scene = followScene(state);
  if (!scene) return null;
  scene.formula = FORMULAS[state.formula].below && !scene.slope ? "flipped-twice" : state.formula;
  scene.full = { ...scene.arrays };
  scene.compared = FORMULAS[scene.formula].below ? "delta-below" : "input-gradient";
  const wrong = wrongResult(scene);
  const { delta, kernel, input, output } = scene.arrays;
  scene.arrays = { delta, kernel, input, output, [scene.compared]: scene.full[scene.compared] };
  if (wrong.values) scene.arrays["wrong-gradient"] = wrong;
  scene.comparison = compare(scene);
  scene.light = (pick) => lightOf(scene, pick);
  return scene;
}

// Which products a picked cell stands for: those of the right sum, or those of the formula's.
export function termsOf(scene, { grid, index }) {
  return grid === "wrong-gradient" ? wrongTerms(scene, index) : rightTerms(scene, index);
}

const isResult = (scene, grid) => grid === scene.compared || grid === "wrong-gradient";

// Both results light the same cell, where both have it; a delta or a weight lights what uses it.
function lightOf(scene, pick) {
  const lit = { numbers: [], sum: 0, output: new Map(), weight: new Map(), input: new Map(), wrong: new Map() };
  if (!isResult(scene, pick.grid)) return lightUses(scene, pick, lit);
  const same = !scene.comparison?.otherShape;
  if (pick.grid === "wrong-gradient" || same) lit.wrong.set(pick.index, 0);
  if (pick.grid !== "wrong-gradient" || same) lit.input.set(pick.index, 0);
  for (const factors of pairsOf(scene, pick)) {
    const [output, weight] = ["delta", "kernel"].map((grid) => factors.find((factor) => factor.grid === grid)?.index);
    lit.output.set(output, weight);
    lit.weight.set(weight, output);
  }
  return lit;
}

// Below f the sum over Q is done already: its deltas are lit all the same.
export function pairsOf(scene, pick) {
  const terms = termsOf(scene, pick);
  if (terms.some((factors) => factors.some(({ grid }) => grid === "delta"))) return terms;
  return rightTerms({ ...scene, formula: "flipped-twice" }, pick.index);
}

function lightUses(scene, pick, lit) {
  const own = pick.grid === "delta" ? "output" : "weight";
  for (const [name, end] of [[scene.compared, "input"], ["wrong-gradient", "wrong"]]) {
    scene.arrays[name]?.values.forEach((_, index) => {
      const used = pairsOf(scene, { grid: name, index }).some((factors) => factors.some((f) => f.grid === pick.grid && f.index === pick.index));
      if (used) lit[end].set(index, 0);
    });
  }
  lit[own].set(pick.index, 0);
  return lit;
}

// Cell by cell, by the T check, by the mean: what gives the formula away and what does not.
function compare(scene) {
  const right = scene.arrays[scene.compared];
  const wrong = scene.arrays["wrong-gradient"];
  if (!wrong) return null;
  const otherShape = String(wrong.shape) !== String(right.shape);
  const differs = wrong.values.map((value, p) => otherShape || !same(value, right.values[p]));
  const { input, output, delta } = scene.full;
  const atO = scene.compared === "input-gradient";
  return {
    otherShape,
    differs,
    count: differs.filter(Boolean).length,
    total: atO ? { wanted: dot(delta.values, output.values.map((x) => x - scene.bias)), right: dot(input.values, right.values), wrong: otherShape ? null : dot(input.values, wrong.values) } : null,
    mean: { right: mean(right.values), wrong: mean(wrong.values) },
    hidden: differs.some(Boolean) ? null : whyHidden(scene),
  };
}

const same = (a, b) => Object.is(a, b) || (Number.isFinite(a - b) && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b)));

const OF_TURNING = new Set(["flipped-twice", "not-flipped"]);
const HIDDEN_BY_RELU = new Set(["derivative-at-output", "derivative-twice"]);

function whyHidden(scene) {
  if (OF_TURNING.has(scene.formula) && looksSameTurned(scene.arrays.kernel)) {
    return "This kernel looks the same after half a turn, so the fault cannot be seen. Try another kernel.";
  }
  if (scene.activation === "relu" && HIDDEN_BY_RELU.has(scene.formula)) {
    return "ReLU hides it: its f′ is 0 or 1, at x as at o, once or twice. Try the sigmoid.";
  }
  return "These numbers happen to hide the fault. Try others.";
}

// The verdict of each test of the two results.
export function verdicts({ otherShape, total, mean: means }) {
  return {
    total: !total ? "none" : otherShape ? "no" : nearly(total.wrong, total.right) ? "hides" : "catches",
    mean: nearly(means.wrong, means.right) ? "hides" : "catches",
  };
}

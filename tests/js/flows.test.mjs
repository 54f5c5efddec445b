import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { positionOf } from "../../cnnlib/widgets/js/arrays.js";
import { kernelsOf, nameOfKernel, switched } from "../../cnnlib/widgets/js/flow_controls.js";
import { flowLayout } from "../../cnnlib/widgets/js/flow_layout.js";
import { sentence } from "../../cnnlib/widgets/js/flow_sentences.js";
import { followScene, verdicts, wrongScene } from "../../cnnlib/widgets/js/flows.js";
import { looksSameTurned, ringCells, ringOf, runningSums, stamped, windowAt } from "../../cnnlib/widgets/js/flows_sums.js";
import { textOf } from "../../cnnlib/widgets/js/formula.js";
import { SIZES } from "../../cnnlib/widgets/js/layout.js";
import { sizesScene } from "../../cnnlib/widgets/js/sizes.js";
import { wordText } from "../../cnnlib/widgets/js/words.js";
import { vectors } from "./vectors.mjs";

const cases = JSON.parse(readFileSync(process.env.CNNLIB_FLOWS, "utf8"));
const MOVE = { stride: 1, padding: 0, dilation: 1, bias: 0 };
const stateOf = (vector, settings = {}) => ({ ...MOVE, activation: "none", formula: "flipped-twice", ...vector, ...settings });
const deep = (nested) => [nested].flat(9);
const near = (found, expected, name) => {
  assert.equal(found.length, expected.length, name);
  found.forEach((value, n) => assert.ok(Math.abs(value - expected[n]) < 1e-9, `${name} ${n}: ${value}, ${expected[n]}`));
};

const O = [[1, 0, 2, 1], [3, 1, 0, 2], [0, 2, 1, 1], [1, 0, 3, 2]];
const TWO_D = {
  input: O, kernel: [[1, 2], [0, -1]], delta: [[1, 0, -1], [2, 1, 0], [0, -1, 1]],
  below: [[1, -2, 2, 1], [3, 1, -1, 2], [-3, 2, 1, 1], [1, -1, 3, 2]],
};
const compared = (settings) => wrongScene(stateOf(TWO_D, settings));

test("stamp by stamp the sums are those of slices that NumPy adds to", () => {
  for (const vector of cases) {
    const scene = followScene(stateOf(vector));
    vector.scattered.forEach((sums, index) => {
      assert.deepEqual(runningSums(scene, stamped(scene.taps, { index, terms: null })), sums);
    });
    near(scene.arrays["input-gradient"].values, vector.scattered.at(-1), "all stamps");
  }
});

test("every window shows the deltas and zeros, and the turned weights, that NumPy's windows show", () => {
  for (const vector of cases) {
    const { arrays } = followScene(stateOf(vector));
    vector.windows.forEach((expected, p) => {
      const window = windowAt(p, arrays);
      assert.deepEqual(window.map(({ output }) => (output === null ? 0 : arrays.delta.values[output])), expected.delta);
      assert.deepEqual(window.map(({ weight }) => arrays.kernel.values[weight]), expected.weights);
    });
  }
});

test("the ring holds every zero that a window meets, and no other", () => {
  for (const vector of cases) {
    const { arrays } = followScene(stateOf(vector));
    const met = new Set(vector.windows.flatMap((_, p) => windowAt(p, arrays).filter(({ output }) => output === null).map(({ at }) => String(at))));
    const ring = ringCells(arrays.delta.shape, ringOf(arrays.kernel.shape)).map(String);
    assert.deepEqual(new Set(ring), met);
    assert.equal(ring.length, met.size);
  }
});

test("each wrong formula gives what NumPy gives, element by element, or raises where it raises", () => {
  for (const vector of cases) {
    for (const [formula, expected] of Object.entries(vector.wrong)) {
      const scene = wrongScene(stateOf(vector, { formula }));
      if (formula === "one-axis-flipped" && scene.axes === 1) continue;
      const found = scene.arrays["wrong-gradient"];
      assert.equal(!found, expected === null, formula);
      if (found) near(found.values, deep(expected), formula);
    }
  }
});

test("through f: right and wrong, for ReLU with its kink and for the sigmoid", () => {
  for (const vector of cases) {
    for (const [activation, results] of Object.entries(vector.below_f)) {
      for (const [formula, expected] of Object.entries(results)) {
        const known = formula === "right" ? "derivative-missing" : formula;
        const { arrays } = wrongScene(stateOf(vector, { activation, formula: known }));
        const grid = formula === "right" ? "delta-below" : "wrong-gradient";
        near(arrays[grid].values, deep(expected), `${activation} ${formula}`);
      }
    }
  }
});

test("a kernel that looks the same turned hides the turn, every other one shows it", () => {
  for (const vector of cases) {
    const { arrays, comparison } = wrongScene(stateOf(vector));
    assert.equal(looksSameTurned(arrays.kernel), vector.sameTurned);
    if (vector.sameTurned) assert.match(comparison.hidden, /looks the same after half a turn/);
    assert.equal(comparison.count, comparison.differs.filter(Boolean).length);
  }
  const squares = cases.slice(-4).map((vector) => [vector.sameTurned, wrongScene(stateOf(vector)).comparison.count]);
  assert.deepEqual(squares.map(([same]) => same), [true, true, false, false]);
  assert.ok(squares.every(([same, count]) => same === (count === 0)));
});

test("the T check catches literal J22 by 14 for 4; its mean hides it with every kernel", () => {
  const { comparison } = compared({});
  assert.deepEqual(comparison.total, { wanted: 4, right: 4, wrong: 14 });
  assert.deepEqual(verdicts(comparison), { total: "catches", mean: "hides" });
  assert.equal(comparison.count, 14);
  for (const vector of cases) assert.equal(verdicts(wrongScene(stateOf(vector)).comparison).mean, "hides");
});

test("ReLU hides f′ at o and f′ twice, the sigmoid shows both", () => {
  for (const formula of ["derivative-at-output", "derivative-twice"]) {
    assert.match(compared({ formula, activation: "relu" }).comparison.hidden, /ReLU hides it/);
    assert.equal(compared({ formula, activation: "sigmoid" }).comparison.hidden, null);
  }
});

test("a result of another shape has no T and differs everywhere", () => {
  const { comparison } = compared({ formula: "wrong-size" });
  assert.deepEqual([comparison.otherShape, comparison.total.wrong, comparison.count], [true, null, 4]);
  assert.equal(verdicts(comparison).total, "no");
});

test("both results light one cell, and the deltas with the weight that each formula gives them", () => {
  const scene = compared({});
  const weights = (grid) => [...scene.light({ grid, index: 5 }).output].map(([, weight]) => scene.arrays.kernel.values[weight]);
  assert.deepEqual(weights("input-gradient"), [-1, 0, 2, 1]);
  assert.deepEqual(weights("wrong-gradient"), [1, 2, 0, -1]);
  const lit = scene.light({ grid: "wrong-gradient", index: 5 });
  assert.deepEqual([[...lit.input.keys()], [...lit.wrong.keys()]], [[5], [5]]);
  const users = scene.light({ grid: "delta", index: 4 });
  assert.deepEqual([...users.input.keys()], [5, 6, 9, 10]);
});

// What is said.

const say = (settings, grid, index, at = { index: 8, terms: null }) => {
  const state = stateOf(TWO_D, { config: "follow-delta", reading: "gather", notation: "course", masked: "", ...settings });
  const scene = (state.config === "follow-delta" ? followScene : wrongScene)(state);
  const said = sentence({ scene, state, at, hidden: new Set() }, { grid, index }, {});
  return said.rest ? wordText(said) : textOf(said);
};

test("a pixel's sum over its region Q stands in reading order, with the zeros at the border", () => {
  assert.equal(say({}, "input-gradient", 6), "∂E/∂o[1,2] = 0·(−1) + (−1)·0 + 1·2 + 0·1 = 2");
  assert.equal(say({}, "input-gradient", 3), "∂E/∂o[0,3] = 0·(−1) + 0·0 + (−1)·2 + 0·1 = −2");
});

test("in scatter a sum says how much of it has arrived", () => {
  const partly = say({ reading: "scatter" }, "input-gradient", 5, { index: 3, terms: null });
  assert.equal(partly, "∂E/∂o[1,1] = 1·(−1) + 0·0 + 2·2 = 3 so far, 1 more to come");
  assert.equal(say({ reading: "scatter" }, "delta", 3), "δ[1,0]: 2·1 to [1,0], 2·2 to [1,1], 2·0 to [2,0], 2·(−1) to [2,1]");
});

test("delta below is the gradient times the slope, and says at which x", () => {
  const relu = { activation: "relu" };
  assert.equal(say(relu, "delta-below", 6), "δ below[1,2] = ∂E/∂o[1,2]·f′(x[1,2]) = 2·0 = 0, x[1,2] = −1");
  assert.equal(say(relu, "derivative", 6), "f′(x[1,2]) = 0, since x[1,2] = −1 is not above 0.");
  assert.match(say({ activation: "sigmoid" }, "derivative", 0), /= 0.2, the slope of the sigmoid at x\[0,0\] = 1/);
});

test("a weight takes every delta to an input of its own", () => {
  assert.equal(say({}, "kernel", 1), "w[0,1] = 2 takes every δ[i,j] to ∂E/∂o[i,j+1]: 9 pairs.");
});

test("a wrong sum says what is right", () => {
  const wrong = { config: "wrong-formula" };
  assert.equal(say(wrong, "wrong-gradient", 5), "∂E/∂o[1,1] = 1·1 + 0·2 + 2·0 + 1·(−1) = 0 (right: 4)");
  assert.equal(say(wrong, "input-gradient", 5), "∂E/∂o[1,1] = 1·(−1) + 0·0 + 2·2 + 1·1 = 4");
});

test("the size of region Q is that of geometry's, whatever the stride", () => {
  for (const vector of vectors) {
    const { sizes } = sizesScene({ ...vector, ...vector.move });
    assert.deepEqual(sizes, vector.region_q.map((region) => region.length));
  }
  const { sizes, words } = sizesScene({ ...MOVE, input: new Array(5).fill(new Array(6).fill(0)), kernel: [[1, 2, 0], [-1, 0, 3]], delta: null });
  assert.deepEqual([sizes[0], sizes[5], sizes[24], sizes[29], Math.max(...sizes)], [1, 1, 1, 1, 6]);
  assert.match(wordText(words({ grid: "input", index: 0 }, "course")), /o\[0,0\] is used by 1 output: x\[0,0\]/);
});

test("kernels to choose from: three named ones for 2x2, the example laid over itself turned for others", () => {
  assert.equal(Object.keys(kernelsOf(TWO_D.kernel)).length, 4);
  assert.equal(nameOfKernel([[1, 2], [2, 5]], TWO_D.kernel), "[[1 2] [2 5]]");
  assert.equal(nameOfKernel([[9, 2], [2, 5]], TWO_D.kernel), "your own");
  const own = kernelsOf([[1, 2, 0], [-1, 0, 3]])["plus itself turned"];
  assert.deepEqual(own, [[4, 2, -1], [-1, 2, 4]]);
});

test("the switch of readings leaves every number that stands", () => {
  const scene = followScene(stateOf(TWO_D));
  const at = (reading, position, to, by) => switched({ reading, position, by }, to, scene).position;
  assert.equal(at("scatter", 8, "gather"), 15);
  assert.equal(at("scatter", 3, "gather"), 0);
  assert.equal(at("gather", 5, "scatter"), 8);
  assert.equal(at("gather", 5, "scatter", "product"), 35);
});

test("grids stand on one line where there is room, else f′ stands under ∂E/∂o", () => {
  const names = ["delta", "kernel", "input-gradient", "derivative", "delta-below"];
  const scene = followScene(stateOf(TWO_D, { activation: "relu" }));
  const at = (width) => flowLayout(scene, names, { width, height: 360, size: SIZES.normal, rings: { delta: [1, 1] } });
  const [wide, narrow] = [at(1046), at(582)];
  assert.equal(new Set(Object.values(wide.boxes).map(({ line }) => line)).size, 1);
  assert.ok(wide.width <= 1046 && wide.cell >= 38);
  assert.equal(narrow.boxes["delta-below"].x, narrow.boxes["input-gradient"].x);
  assert.ok(narrow.width <= 582);
  for (const { x } of Object.values(narrow.boxes)) assert.ok(x >= 0);
  assert.deepEqual(positionOf(6, [4, 4]), [1, 2]);
});

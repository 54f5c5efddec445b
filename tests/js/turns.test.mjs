import assert from "node:assert/strict";
import { test } from "node:test";
import { bothReadings, countHiding, flipScene, flipSteps, flipWords, hides, moved, nextKernel, placeOf, resultNames, same, turnsOf, verdict } from "../../cnnlib/widgets/js/flip.js";
import { flipLayout } from "../../cnnlib/widgets/js/flip_layout.js";
import { fromNested, toNested } from "../../cnnlib/widgets/js/arrays.js";
import { textOf } from "../../cnnlib/widgets/js/formula.js";
import { SIZES } from "../../cnnlib/widgets/js/layout.js";
import { reads, toeplitzScene, toeplitzWords } from "../../cnnlib/widgets/js/toeplitz.js";
import { toeplitzLayout } from "../../cnnlib/widgets/js/toeplitz_layout.js";
import { vectors } from "./vectors.mjs";

const MOVE = { stride: 1, padding: 0, dilation: 1, bias: 0 };
const ONE = { ...MOVE, input: [1, 2, 0, -1, 3, 1], kernel: [2, -1, 1], delta: [1, -2, 0, 3] };
const TWO = { ...MOVE, input: [[1, 0, 2, 1], [3, 1, 0, 2], [0, 2, 1, 1], [1, 0, 3, 2]], kernel: [[1, 2], [0, -1]], position: 1, turn: "turn" };
const oneAxis = vectors.filter(({ toeplitz }) => toeplitz);
const say = (scene, grid, index) => {
  const { head, rest } = toeplitzWords(scene, { grid, index }, "course");
  return `${head} ${rest}`;
};

test("the matrix on the screen is the one that geometry makes", () => {
  assert.ok(oneAxis.length > 8);
  for (const vector of oneAxis) {
    const scene = toeplitzScene({ ...vector, ...vector.move });
    assert.deepEqual(toNested(scene.arrays.toeplitz), vector.toeplitz);
  }
});

test("a row of the matrix times the input is an output, a column times delta an input gradient", () => {
  for (const vector of oneAxis) {
    const { arrays } = toeplitzScene({ ...vector, ...vector.move, bias: 0 });
    const [rows, columns] = arrays.toeplitz.shape;
    const at = (i, p) => arrays.toeplitz.values[i * columns + p];
    const x = Array.from({ length: rows }, (_, i) => arrays.input.values.reduce((sum, o, p) => sum + at(i, p) * o, 0));
    const d_o = Array.from({ length: columns }, (_, p) => arrays.delta.values.reduce((sum, d, i) => sum + at(i, p) * d, 0));
    assert.deepEqual(x.map((value) => value + vector.bias), vector.output);
    assert.deepEqual(d_o, vector.d_o);
  }
});

test("rows of T read the kernel as it stands, rows of its transpose from the other end", () => {
  const forth = toeplitzScene(ONE);
  assert.deepEqual(reads(forth, { grid: "output", index: 1 }), { name: "row 1 of T reads", values: [2, -1, 1], verdict: "the kernel, as it stands" });
  assert.deepEqual(reads(forth, { grid: "input", index: 2 }).values, [1, -1, 2]);
  const back = toeplitzScene({ ...ONE, direction: "backward" });
  assert.deepEqual(reads(back, { grid: "input-gradient", index: 2 }), { name: "row 2 of Tᵀ reads", values: [1, -1, 2], verdict: "the kernel, from its other end" });
  assert.deepEqual(reads(back, { grid: "toeplitz", index: 8 }).name, "row 2 of Tᵀ reads");
  assert.equal(reads(back, { grid: "input-gradient", index: 5 }).verdict, "one weight of the kernel");
  assert.equal(reads(toeplitzScene({ ...ONE, kernel: [1, 2, 1] }), { grid: "output", index: 0 }).verdict, "the kernel, the same from both ends");
  assert.match(reads(toeplitzScene({ ...ONE, stride: 2 }), { grid: "input", index: 5 }).verdict, /never read/);
});

test("without deltas there is no way back", () => {
  assert.equal(toeplitzScene({ ...ONE, delta: null, direction: "backward" }).backward, false);
});

test("a cell of the matrix says who uses which weight on what", () => {
  const forth = toeplitzScene(ONE);
  assert.equal(say(forth, "toeplitz", 8), "T[1,2] = w[1]: output 1 uses weight 1 on input 2");
  assert.equal(say(forth, "toeplitz", 11), "T[1,5] = 0: output 1 does not use input 5");
  const back = toeplitzScene({ ...ONE, direction: "backward" });
  assert.equal(say(back, "toeplitz", 8), "Tᵀ[2,1] = T[1,2] = w[1]: output 1 uses weight 1 on input 2, so δ[1] comes back to input 2 through it");
  assert.equal(say(forth, "input", 2), "o[2]: goes into x[0] with 1, x[1] with (−1), x[2] with 2");
  assert.equal(say(back, "delta", 1), "δ[1]: goes back to ∂E/∂o[1] with 2, ∂E/∂o[2] with (−1), ∂E/∂o[3] with 1");
  assert.equal(toeplitzWords(forth, { grid: "output", index: 0 }, "course"), null);
});

test("a weight lights its diagonal, a cell its two partners", () => {
  const { light } = toeplitzScene(ONE);
  assert.deepEqual([...light({ grid: "kernel", index: 1 }).toeplitz.keys()], [1, 8, 15, 22]);
  const { output, input, weight } = light({ grid: "toeplitz", index: 8 });
  assert.deepEqual([[...output.keys()], [...input.keys()], [...weight.keys()]], [[1], [2], [1]]);
});

test("each movement is NumPy's, and true convolution is what the turned kernel gives", () => {
  for (const vector of vectors) {
    const kernel = fromNested(vector.kernel);
    for (const turn of turnsOf(kernel.shape)) assert.deepEqual(toNested(moved(kernel, turn)), vector.moved[turn], turn);
    const scene = flipScene({ ...vector, ...vector.move, position: 1, turn: "turn" });
    assert.deepEqual(toNested(scene.arrays.convolution), vector.convolution);
  }
});

test("corner goes to opposite corner; a mirror and a transpose move other cells", () => {
  const shape = [2, 3];
  assert.deepEqual(turnsOf(shape), ["turn", "mirror left-right", "mirror up-down"]);
  assert.deepEqual([0, 1, 2].map((n) => placeOf(n, shape, "turn")), [5, 4, 3]);
  assert.deepEqual([0, 1, 2].map((n) => placeOf(n, shape, "mirror left-right")), [2, 1, 0]);
  assert.deepEqual([0, 1, 2].map((n) => placeOf(n, shape, "mirror up-down")), [3, 4, 5]);
  assert.deepEqual([0, 1, 2, 3].map((n) => placeOf(n, [2, 2], "transpose")), [0, 2, 1, 3]);
});

test("a kernel hides the flip when it is its own half turn, and only then", () => {
  for (const vector of vectors) {
    assert.equal(hides(fromNested(vector.kernel).values), vector.hides);
  }
  assert.deepEqual([[1, 2, 2, 1], [0, 1, 1, 0], [1, 2, 2, 5]].map(hides), [true, true, false]);
});

test("kernels that hide it are counted as Python counts them", () => {
  for (const { hiding, kernel } of vectors) {
    const found = countHiding(fromNested(kernel).values.length);
    assert.deepEqual([found.hiding, found.kernels], hiding);
  }
});

test("the search comes round to every kernel that hides it, or shows it, but the one of zeros", () => {
  for (const [wanted, count] of [[true, 8], [false, 72]]) {
    const seen = new Set();
    let kernel = [1, 2, 0, -1];
    while (true) {
      kernel = nextKernel(kernel, wanted);
      assert.equal(hides(kernel), wanted);
      if (seen.has(String(kernel))) break;
      seen.add(String(kernel));
    }
    assert.equal(seen.size, count);
  }
  assert.equal(nextKernel([5], false), null);
});

test("the sentence counts the places, and says when a kernel or an input hides the flip", () => {
  const said = (changes) => verdict(flipScene({ ...TWO, ...changes }));
  assert.match(said({}), /differs in 7 of 9 places/);
  assert.match(verdict(flipScene({ ...ONE, position: 1, turn: "turn" })), /differs in 4 of 4 places/);
  assert.equal(said({ kernel: [[1, 2], [2, 1]] }), "The same everywhere: this kernel hides the flip.");
  assert.match(said({ input: [[1, 1, 1], [1, 1, 1]] }), /this input hides the flip/);
  assert.match(said({ position: 0 }), /Turn the kernel/);
  assert.match(said({ turn: "transpose" }), /A transpose is not true convolution: it differs from o \* w in \d of 9/);
  assert.match(said({ turn: "mirror up-down", kernel: [[1, 1], [0, 0]] }), /gives the same as o \* w/);
});

test("both readings: the same inputs in the same order, the weights from the other end", () => {
  const [straight, turned] = bothReadings(flipScene(TWO), 5, "course").map((formula) => textOf(formula));
  assert.equal(straight, "[1,2] = 1·0 + 2·2 + 0·1 + (−1)·1 = 3");
  assert.equal(turned, "[1,2] = (−1)·0 + 0·2 + 2·1 + 1·1 = 3");
  assert.equal(bothReadings(flipScene({ ...TWO, position: 0 }), 5, "course").length, 1);
  assert.deepEqual(resultNames({ turn: "turn" }, "S"), { output: "y ⊗ w", convolution: "y * w" });
  assert.equal(flipWords(flipScene(TWO), { grid: "kernel", index: 1 }, "course").rest.slice(0, 13), "goes to [1,0]");
});

test("one step before the turn, then one for each cell", () => {
  const scene = flipScene(TWO);
  const steps = flipSteps(scene, "convolution", "cell");
  assert.equal(steps.count, 10);
  assert.deepEqual([0, 1, 9].map((n) => steps.at(n).index), [0, 0, 8]);
  assert.deepEqual([steps.endOf(3), flipSteps(scene, "output", "cell").endOf(3)], [4, 0]);
});

test("sums that differ by rounding only are the same", () => {
  assert.ok(same(0.1 + 0.2, 0.3) && same(NaN, NaN) && same(Infinity, Infinity));
  assert.ok(!same(1, 1.001) && !same(NaN, 1) && !same(Infinity, -Infinity));
});

test("the pictures fit into the width", () => {
  const names = ["input", "kernel", "turned", "output", "convolution"];
  for (const width of [584, 694, 886, 1214]) {
    for (const state of [ONE, TWO]) {
      const layout = flipLayout(flipScene({ ...state, position: 1, turn: "turn" }), names, { width, height: 300, size: SIZES.normal });
      assert.ok(layout.width <= width && layout.height <= 320, `${layout.width} by ${layout.height} in ${width}`);
    }
    assert.ok(toeplitzLayout(toeplitzScene(ONE), { width, height: 360, size: SIZES.normal }).width <= width);
  }
});

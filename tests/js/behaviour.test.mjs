import assert from "node:assert/strict";
import { test } from "node:test";
import { explain, predict } from "../../cnnlib/widgets/js/hints.js";
import { cellAfter, meaning } from "../../cnnlib/widgets/js/keys.js";
import { cellBox, ribbonLayout, sheetLayout, SIZES } from "../../cnnlib/widgets/js/layout.js";
import { hiddenCells, score } from "../../cnnlib/widgets/js/predict.js";
import { grouped, sumsOf, totals } from "../../cnnlib/widgets/js/readings.js";
import { makeScene } from "../../cnnlib/widgets/js/scene.js";
import { makeSteps } from "../../cnnlib/widgets/js/steps.js";

const ONE = { input: [1, 2, 0, -1, 3, 1], kernel: [2, -1, 1], delta: [1, -2, 0, 3], bias: 0, stride: 1, padding: 0, dilation: 1 };
const TWO = {
  ...ONE,
  input: [[1, 0, 2, 1, 3], [3, 1, 0, 2, 1], [0, 2, 1, 1, 2], [1, 0, 3, 2, 0]],
  kernel: [[1, 2, 0], [0, -1, 3]],
  delta: [[1, 0, -1], [2, 1, 0], [0, -1, 1]],
};
const { judged } = predict;
const slug = (state, pick, value) => explain(makeScene(state), pick, value)?.slug ?? null;

test("a wrong prediction of an output is named", () => {
  const pick = { grid: "output", index: 0 };
  assert.equal(slug(ONE, pick, -1), "flipped");
  assert.equal(slug(ONE, pick, 3), "window-shifted");
  assert.equal(slug({ ...ONE, bias: 5 }, pick, 0), "bias-forgotten");
  assert.equal(slug(ONE, { grid: "output", index: 2 }, 2), "weights-ignored");
  assert.equal(slug(ONE, { grid: "output", index: 3 }, 4), "window-shifted");
  assert.equal(slug(ONE, pick, 99), null);
  assert.equal(slug(ONE, pick, 0), null);
});

test("rows and columns swapped are named, in the kernel and in the place", () => {
  const square = { ...TWO, input: TWO.input.map((row) => row.slice(0, 4)), kernel: [[1, 2], [0, -1]] };
  assert.equal(slug(square, { grid: "output", index: 3 }, 1), "transposed");
  assert.equal(slug(square, { grid: "output", index: 3 }, 4), "transposed");
  assert.equal(slug(square, { grid: "output", index: 3 }, -1), "flipped");
  assert.equal(slug(TWO, { grid: "output", index: 0 }, 99), null);
});

test("a wrong prediction of a gradient is named", () => {
  assert.equal(slug(ONE, { grid: "weight-gradient", index: 0 }, -12), "contribution-for-gradient");
  assert.equal(slug(ONE, { grid: "weight-gradient", index: 0 }, 5), "flipped");
  assert.equal(slug(ONE, { grid: "weight-gradient", index: 1 }, 11 / 4), "mean-for-sum");
  assert.equal(slug(ONE, { grid: "input-gradient", index: 1 }, -3), "not-flipped");
  assert.equal(slug(ONE, { grid: "input-gradient", index: 2 }, 0), "contribution-for-gradient");
});

test("a right guess reveals its cell, a wrong one is kept and judged", () => {
  const state = { ...ONE, masked: "output", revealed: [], guesses: [] };
  const scene = makeScene(state);
  const wrong = judged(state, scene, { grid: "output", index: 0 }, -1, 2);
  assert.deepEqual(wrong, { guesses: [{ index: 0, value: -1, right: false, sure: 2, slug: "flipped" }], revealed: [] });
  const right = judged({ ...state, ...wrong }, scene, { grid: "output", index: 0 }, 0, 2);
  assert.deepEqual(right.revealed, [0]);
  assert.deepEqual(score(right.guesses), { asked: 1, right: 0 });
  assert.deepEqual([...hiddenCells({ ...state, ...right }, 4)], [1, 2, 3]);
});

test("arrows move between cells and stay on the grid", () => {
  assert.equal(cellAfter("ArrowRight", 3, [2, 4], 8), 3);
  assert.equal(cellAfter("ArrowDown", 3, [2, 4], 8), 7);
  assert.equal(cellAfter("ArrowUp", 3, [2, 4], 8), 3);
  assert.equal(cellAfter("ArrowDown", 2, [4], 4), 2);
  assert.equal(cellAfter("End", 0, [2, 4], 8), 7);
});

test("keys mean what people expect, on a cell and beside it", () => {
  const key = (name, onCell, modifiers = {}) => meaning({ key: name, ...modifiers }, onCell);
  assert.equal(key(" ", true), "next");
  assert.equal(key("ArrowRight", true), "move");
  assert.equal(key("ArrowRight", false), "next");
  assert.equal(key("Enter", true), "edit");
  assert.equal(key("-", true), "type");
  assert.equal(key("Escape", false), "leave");
  assert.equal(key("7", false), null);
  assert.equal(key("c", true), null);
  assert.equal(key("ArrowRight", true, { ctrlKey: true }), null);
});

test("steps count cells, or every product on its way in", () => {
  const scene = makeScene(ONE);
  assert.equal(makeSteps(scene, "weight-gradient", "cell").count, 3);
  const products = makeSteps(scene, "weight-gradient", "product");
  assert.equal(products.count, 12);
  assert.deepEqual(products.at(5), { index: 1, terms: 2 });
  assert.equal(products.endOf(0), 3);
});

test("however the triple products are grouped, they add up to one number", () => {
  for (const state of [ONE, { ...ONE, stride: 2, padding: 1, delta: [1, -2, 3] }, TWO]) {
    const scene = makeScene(state);
    const { output, weight, input } = totals(scene);
    assert.equal(output, weight);
    assert.equal(output, input);
    for (const way of ["output", "weight", "input"]) {
      assert.equal(sumsOf(scene, way, false).reduce((a, b) => a + b), output);
      const { heights } = grouped(scene, way);
      assert.equal(heights.reduce((a, b) => a + b), scene.taps.output.length);
    }
  }
  assert.equal(totals(makeScene(ONE)).output, -18);
});

test("a group that leaves out its own factor is the forward pass or a gradient", () => {
  const scene = makeScene(ONE);
  assert.deepEqual(sumsOf(scene, "output", true), [0, 3, 4, -4]);
  assert.deepEqual(sumsOf(scene, "weight", true), [-6, 11, 5]);
  assert.deepEqual(sumsOf(scene, "input", true), [2, -5, 3, 4, -3, 3]);
});

const axes = { input: "input", kernel: "weight", output: "output" };
const list = Object.entries(axes).map(([name, axis]) => ({ name, axis }));

test("the kernel stands exactly under the inputs it uses", () => {
  const scene = makeScene({ ...ONE, stride: 2, padding: 1, dilation: 2, delta: null });
  const room = { width: 800, size: SIZES.normal, ridden: { grid: "kernel", column: 1 } };
  const layout = ribbonLayout(scene, list, room);
  const weight = cellBox(layout, "kernel", 1, [3]);
  assert.equal(weight.x, cellBox(layout, "input", 3, [6]).x);
  assert.equal(cellBox(layout, "output", 1, [2]).x, cellBox(layout, "input", 1, [6]).x);
});

test("grids stay inside the width they are given, or break into lines", () => {
  const scene = makeScene({ ...TWO, delta: null });
  for (const width of [340, 700, 1100]) {
    const layout = sheetLayout(scene, list, { width, height: 400, size: SIZES.normal });
    for (const name of Object.keys(axes)) {
      const { shape, values } = scene.arrays[name];
      const last = cellBox(layout, name, values.length - 1, shape);
      assert.ok(last.x + last.size <= width, `${name} at ${width}`);
      assert.ok(last.y + last.size <= layout.height);
    }
    for (const name of ["kernel", "output"]) {
      const sign = layout.boxes[name].x - SIZES.normal.ruler - layout.between;
      assert.ok(sign >= 0, `no room for the sign before ${name} at ${width}`);
    }
  }
});

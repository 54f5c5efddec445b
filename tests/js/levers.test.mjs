import assert from "node:assert/strict";
import { test } from "node:test";
import { measure, moveLine, nudged, stepped } from "../../cnnlib/widgets/js/levers_sums.js";

const LAYER = { input: [1, 2, 0, -1, 3, 1], target: [-1, 5, 4, -7] };

test("error and levers are those of the lessons' running example", () => {
  const { x, delta, error, levers } = measure(LAYER, [2, -1, 1]);
  assert.deepEqual([x, delta, error, levers], [[0, 3, 4, -4], [1, -2, 0, 3], 7, [-6, 11, 5]]);
});

test("a nudge moves one weight and stays on the handle's range", () => {
  assert.deepEqual(nudged([2, -1, 1], 1, 0.1), [2, -0.9, 1]);
  assert.deepEqual(nudged([2, -4, 1], 1, -0.1), [2, -4, 1]);
});

test("a step goes against every lever, and six of them bring E below 0.2", () => {
  assert.deepEqual(stepped([2, -1, 1], [-6, 11, 5]), [2.3, -1.55, 0.75]);
  let weights = [2, -1, 1];
  for (let n = 0; n < 6; n++) weights = stepped(weights, measure(LAYER, weights).levers);
  assert.ok(measure(LAYER, weights).error < 0.2);
});

test("the last move is told in words", () => {
  assert.equal(moveLine([7]), "");
  assert.equal(moveLine([7, 1.021]), "Move 1: E fell, from 7.00 to 1.02.");
  assert.equal(moveLine([7, 7.001]), "Move 1: E hardly changed, from 7.00 to 7.00.");
});

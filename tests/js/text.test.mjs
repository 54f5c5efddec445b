import assert from "node:assert/strict";
import { test } from "node:test";
import { makeFormula, makeGroupFormula, shownTerms, textOf } from "../../cnnlib/widgets/js/formula.js";
import { integers, nearly, parse, short } from "../../cnnlib/widgets/js/numbers.js";
import { makeScene } from "../../cnnlib/widgets/js/scene.js";

const MINUS = "\u2212";
const STATE = { input: [1, 2, 0, -1, 3, 1], kernel: [2, -1, 1], delta: null, bias: 0, stride: 1, padding: 0, dilation: 1 };
const DELTA = { ...STATE, delta: [1, -2, 0, 3] };
const text = (state, pick, notation) => textOf(makeFormula(makeScene(state), pick, notation));

test("an output's formula is the forward sum with its numbers", () => {
  const scene = makeScene(STATE);
  const formula = makeFormula(scene, { grid: "output", index: 1 });
  assert.equal(formula.reading, "forward");
  assert.equal(textOf(formula), `x[1] = 2·2 + (${MINUS}1)·0 + 1·(${MINUS}1) = 3`);
});

test("the bias is added last", () => {
  assert.equal(text({ ...STATE, bias: -2 }, { grid: "output", index: 1 }), `x[1] = 2·2 + (${MINUS}1)·0 + 1·(${MINUS}1) + (${MINUS}2) = 1`);
});

test("without deltas a weight and an input say where they are used", () => {
  assert.equal(text(STATE, { grid: "input", index: 1 }), `o[1]: (${MINUS}1)·2 in x[0], 2·2 in x[1]`);
  assert.match(text(STATE, { grid: "kernel", index: 0 }), /^w\[0\]: 2·1 in x\[0\], .* in x\[3\]$/);
});

test("with deltas the same cells give the two gradients", () => {
  const scene = makeScene(DELTA);
  assert.equal(makeFormula(scene, { grid: "kernel", index: 0 }).reading, "weight gradient");
  assert.equal(makeFormula(scene, { grid: "input", index: 2 }).reading, "region Q");
  assert.equal(text(DELTA, { grid: "weight-gradient", index: 0 }), `∂E/∂w[0] = 1·1 + (${MINUS}2)·2 + 0·0 + 3·(${MINUS}1) = ${MINUS}6`);
  assert.equal(text(DELTA, { grid: "input-gradient", index: 2 }), `∂E/∂o[2] = 1·1 + (${MINUS}2)·(${MINUS}1) + 0·2 = 3`);
});

test("letters change with the notation, numbers do not", () => {
  assert.match(text(DELTA, { grid: "output", index: 0 }, "PyTorch"), /^output\[0\] = 2·1/);
  const symbols = makeFormula(makeScene(DELTA), { grid: "output", index: 1 }, "S").terms.map((t) => t.map((f) => f.symbol));
  assert.deepEqual(symbols[0], ["w[0]", "y[1]"]);
});

test("products that come in one by one show the sum so far", () => {
  const formula = makeFormula(makeScene(DELTA), { grid: "weight-gradient", index: 1 }, "course", 2);
  assert.equal(textOf(formula), `∂E/∂w[1] = 1·2 + (${MINUS}2)·0 = 2 so far, 2 more to come`);
});

test("a masked formula shows letters, never the result", () => {
  const masked = textOf(makeFormula(makeScene(STATE), { grid: "output", index: 1 }), { masked: true });
  assert.equal(masked, "x[1] = w[0]·o[1] + w[1]·o[2] + w[2]·o[3] = ?");
});

test("a group of T keeps all three factors", () => {
  const group = makeGroupFormula(makeScene(DELTA), { grid: "delta", index: 1 });
  assert.equal(textOf(group), `δ[1]·x[1] = (${MINUS}2)·2·2 + (${MINUS}2)·(${MINUS}1)·0 + (${MINUS}2)·1·(${MINUS}1) = ${MINUS}6`);
});

test("long sums are cut in the middle and keep their last term", () => {
  assert.equal(shownTerms(27).length, 27);
  assert.deepEqual(shownTerms(64).slice(-2), [null, 63]);
});

test("numbers are short, with a true minus", () => {
  const shown = { [`${MINUS}4`]: -4, 0.33: 1 / 3, 0: -0.0, NaN: NaN, "∞": Infinity, [`${MINUS}1.2e+5`]: -123456, 0.002: 0.0018, [`1.0e${MINUS}5`]: 0.00001, 12345: 12345 };
  for (const [expected, value] of Object.entries(shown)) assert.equal(short(value).replace(/\u2212(?=3$)/, "-"), expected);
});

test("people may type any minus, a comma and fractions; anything else is no number", () => {
  assert.deepEqual([`${MINUS}3`, "-0,5", "1/4", " 2 ", "1e2"].map(parse), [-3, -0.5, 0.25, 2, 100]);
  for (const wrong of ["", "abc", "1/2/3", "1/", "--1"]) assert.ok(Number.isNaN(parse(wrong)), wrong);
});

test("a guess may be rounded to two places", () => {
  assert.ok(nearly(0.33, 1 / 3));
  assert.ok(!nearly(0.32, 1 / 3));
  assert.ok(!nearly(NaN, 1));
});

test("the same seed gives the same small integers, another one others", () => {
  assert.deepEqual(integers(7, 50), integers(7, 50));
  assert.notDeepEqual(integers(7, 50), integers(8, 50));
  assert.deepEqual([Math.min(...integers(1, 500)), Math.max(...integers(1, 500))], [-3, 3]);
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { textOf } from "../../cnnlib/widgets/js/formula.js";
import { SIZES } from "../../cnnlib/widgets/js/layout.js";
import { explainPool } from "../../cnnlib/widgets/js/pool_hints.js";
import { poolLayout } from "../../cnnlib/widgets/js/pool_layout.js";
import { poolSentence, windowText } from "../../cnnlib/widgets/js/pool_sentences.js";
import { poolScene, poolTotals, routed, standings } from "../../cnnlib/widgets/js/pools.js";
import { wordText } from "../../cnnlib/widgets/js/words.js";

const cases = JSON.parse(readFileSync(process.env.CNNLIB_POOLS, "utf8"));
const sceneOf = (vector, settings = {}) => poolScene({ notation: "course", direction: "backward", ...vector, ...settings });
const near = (found, expected, name) => {
  assert.equal(found.length, expected.length, name);
  found.forEach((value, n) => assert.ok(Math.abs(value - expected[n]) < 1e-12, `${name} ${n}: ${value}, ${expected[n]}`));
};
const ONE = { input: [1, 2, 0, -1, 3, 1], delta: [1, -2, 0, 3], size: 3, stride: 1, kind: "max" };
const TWO = { input: [[1, 0, 2, 1], [3, 1, 0, 2], [0, 2, 1, 1], [1, 0, 3, 2]], delta: [[1, -2], [3, 1]], size: 2, stride: 2, kind: "max" };

test("forward and backward are those of ops, element by element, for all three kinds", () => {
  for (const vector of cases) {
    const { arrays } = sceneOf(vector);
    near(arrays.output.values, vector.y, `${vector.kind} forward`);
    near(arrays["input-gradient"].values, vector.d_o, `${vector.kind} backward`);
  }
});

test("the winners counted on the map are those of ops, and ties are no winners", () => {
  for (const vector of cases.filter(({ kind }) => kind === "max")) {
    const found = standings(sceneOf(vector));
    assert.deepEqual(found.map(({ wins }) => wins.length), vector.wins);
  }
  const flat = standings(sceneOf(cases.findLast(({ kind }) => kind === "max")));
  assert.equal(flat.reduce((sum, { ties }) => sum + ties.length, 0), 9 * 3);
});

test("window by window the sums grow to the whole gradient", () => {
  const scene = sceneOf(ONE);
  assert.deepEqual([1, 2, 3, 4].map((sent) => routed(scene, sent)), [[0, 1, 0, 0, 0, 0], [0, -1, 0, 0, 0, 0], [0, -1, 0, 0, 0, 0], [0, -1, 0, 0, 3, 0]]);
});

test("y · ∂E/∂y is o · ∂E/∂o for every pool, and not when overlaps are overwritten", () => {
  for (const vector of cases) {
    const { output, input } = poolTotals(sceneOf(vector));
    assert.ok(Math.abs(output - input) < 1e-9, vector.kind);
  }
  const overwritten = [0, -2, 0, 0, 3, 0].reduce((sum, g, p) => sum + g * ONE.input[p], 0);
  assert.deepEqual([poolTotals(sceneOf(ONE)).input, overwritten], [7, 5]);
});

test("what a misconception gives is named: by its own name, or by one that gives the same", () => {
  const seen = new Set();
  for (const vector of cases) {
    const scene = sceneOf(vector);
    for (const [slug, values] of Object.entries(vector.wrong)) {
      values.forEach((value, index) => {
        const found = explainPool(scene, { grid: "input-gradient", index }, value);
        if (Math.abs(value - vector.d_o[index]) < 0.01) return assert.equal(found, null);
        // 0 where something comes back is what a missed winner gives, too.
        if (value !== 0) assert.ok(found, `${vector.kind} ${slug} at ${index}: ${value}`);
        if (found) seen.add(found.slug);
      });
    }
  }
  for (const slug of ["tie-to-both", "overlap-overwritten", "spread-to-all", "window-index-for-map-index", "activation-multiplied", "share-forgotten"]) assert.ok(seen.has(slug), slug);
});

test("in the lessons' numbers every mistake has its name", () => {
  const slug = (state, index, value) => explainPool(sceneOf(state), { grid: "input-gradient", index }, value)?.slug ?? null;
  assert.equal(slug(ONE, 1, -1), null);
  assert.equal(slug(ONE, 1, -2), "overlap-overwritten");
  assert.equal(slug(ONE, 1, 1), "overlap-overwritten");
  assert.equal(slug(ONE, 4, 9), "activation-multiplied");
  assert.equal(slug(ONE, 2, -1), "spread-to-all");
  assert.equal(slug(TWO, 4, 0), "winner-missed");
  assert.equal(slug(ONE, 0, -2), "window-index-for-map-index");
  assert.equal(slug(TWO, 7, -2), "tie-to-both");
  assert.equal(slug(TWO, 2, 0), "tie-to-last");
  assert.equal(slug({ ...TWO, kind: "average" }, 0, 1), "share-forgotten");
  assert.equal(slug({ ...TWO, kind: "average" }, 0, 0.5), "share-forgotten");
  assert.equal(slug({ ...TWO, kind: "average" }, 0, 0), "routed-to-one");
  const forward = (state, index, value) => explainPool(sceneOf(state), { grid: "output", index }, value)?.slug ?? null;
  assert.equal(forward(TWO, 0, 1.25), "mean-for-max");
  assert.equal(forward({ ...TWO, kind: "average" }, 0, 5), "share-forgotten");
  assert.equal(forward({ ...ONE, input: [-4, -2, -7], delta: null }, 0, 0), "max-started-at-zero");
});

test("NaN wins its window, as in ops; zeros leave the length's gradient 0", () => {
  const scene = sceneOf({ ...ONE, input: [1, "NaN", 0, 5, 3, 1] });
  assert.deepEqual(scene.arrays.output.values, [NaN, NaN, 5, 5]);
  assert.deepEqual(scene.arrays["input-gradient"].values, [0, -1, 0, 3, 0, 0]);
  const zeros = sceneOf({ ...ONE, input: [0, 0, 0], delta: [5], kind: "l2" });
  assert.deepEqual(zeros.arrays["input-gradient"].values, [0, 0, 0]);
});

test("a window that does not fit has no scene; forward there is no gradient", () => {
  assert.equal(sceneOf({ ...ONE, size: 7 }), null);
  assert.equal(sceneOf(ONE, { direction: "forward" }).arrays.delta, undefined);
  assert.equal(sceneOf({ ...ONE, delta: [1] }).arrays.delta.values.length, 4);
});

const say = (state, grid, index, extra = {}) => {
  const full = { notation: "course", direction: "backward", ...state };
  const said = poolSentence({ scene: poolScene(full), state: full, hidden: new Set(), ...extra }, { grid, index }, extra);
  if (said.window) return windowText(said);
  return said.rest ? wordText(said) : textOf(said, extra);
};

test("what is said of a window, of what it sends, of what comes back, of a cell", () => {
  assert.equal(say(TWO, "output", 1), "y[0,1] = max(2, 1, 0, 2) = 2, from o[0,2], the first of 2 that tie");
  assert.equal(say({ ...TWO, kind: "average" }, "output", 0), "y[0,0] = (1 + 0 + 3 + 1) / 4 = 1.25");
  assert.equal(say({ ...ONE, kind: "l2" }, "output", 2), "y[2] = √(0² + (−1)² + 3²) = 3.16");
  assert.equal(say(ONE, "delta", 1), "∂E/∂y[1]: (−2)·1 to o[1]");
  assert.equal(say(ONE, "input-gradient", 1), "∂E/∂o[1] = 1·1 + (−2)·1 = −1");
  assert.equal(say(ONE, "input-gradient", 1, { sentSoFar: 1 }), "∂E/∂o[1] = 1·1 = 1 so far, 1 more to come");
  assert.equal(say(ONE, "input-gradient", 2), "∂E/∂o[2] = 1·0 + (−2)·0 + 0·0 = 0");
  assert.equal(say(ONE, "input", 1), "o[1] = 2 is in 2 windows and wins y[0], y[1].");
  assert.equal(say(TWO, "input", 7), "o[1,3] = 2 is in 1 window and wins none; it ties in y[0,1], but is not the first.");
  assert.equal(say({ ...ONE, stride: 3, size: 2, delta: [1, 2] }, "input", 2), "o[2] = 0 is in no window.");
});

test("nothing that is to be predicted is said", () => {
  const hidden = new Set([0, 1, 2, 3, 4, 5]);
  assert.equal(say(ONE, "input", 1, { hidden }), "o[1] = 2 is in 2 windows.");
  assert.doesNotMatch(say(ONE, "delta", 1, { hidden }), /o\[1\]/);
  assert.match(say(TWO, "output", 1, { masked: true, hidden }), /= \?$/);
});

test("every grid has its place inside the board, at every width", () => {
  for (const state of [ONE, TWO, { ...TWO, stride: 1, delta: [[1, 0, -1], [2, 1, 0], [0, -1, 1]] }]) {
    for (const width of [290, 700, 1040]) {
      const scene = sceneOf(state);
      const names = ["input", "output", "delta", "input-gradient"];
      const layout = poolLayout(scene, names, { width, height: 360, size: SIZES.normal });
      for (const name of names) {
        const { shape } = scene.arrays[name];
        const box = layout.boxes[name];
        assert.ok(box.x + (shape.at(-1) - 1) * box.pitchX + box.cell <= layout.width + 1, `${name} ${width}`);
        assert.ok(box.y + (shape.length > 1 ? shape[0] : 1) * box.pitchY <= layout.height + 4, `${name} ${width}`);
      }
      assert.ok(layout.width <= width, `${width}: ${layout.width}`);
    }
  }
});

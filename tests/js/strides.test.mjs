import assert from "node:assert/strict";
import { test } from "node:test";
import { flatOf, fromNested, isOn, positionOf, sizeOf } from "../../cnnlib/widgets/js/arrays.js";
import { textOf } from "../../cnnlib/widgets/js/formula.js";
import { explain } from "../../cnnlib/widgets/js/hints.js";
import { SIZES } from "../../cnnlib/widgets/js/layout.js";
import { sentence } from "../../cnnlib/widgets/js/stride_kits.js";
import { keyOf } from "../../cnnlib/widgets/js/stride_key.js";
import { lineLayout, planeLayout } from "../../cnnlib/widgets/js/stride_layout.js";
import { frameOf, gradientAt, PASSES, strideScene, underWindow, windowAt, zerosOf } from "../../cnnlib/widgets/js/strides.js";
import { wordText } from "../../cnnlib/widgets/js/words.js";
import { vectors } from "./vectors.mjs";

const sceneOf = (vector, reading) => strideScene({ ...vector, ...vector.move, reading });
const deep = (nested) => [nested].flat(9);
const sum = (values) => values.reduce((total, value) => total + value, 0);
const SIGNAL = {
  input: [1, 2, 0, -1, 3, 1], kernel: [2, -1, 1], delta: [1, -2], bias: 0, notation: "course",
  move: { stride: 2, padding: 0, dilation: 1 },
};

test("over the spread deltas every window adds up to the gradient that ops gives", () => {
  for (const vector of vectors) {
    const scene = sceneOf(vector, "inputs");
    const { shape } = scene.arrays.input;
    assert.deepEqual(deep(vector.d_o).map((_, p) => gradientAt(scene, positionOf(p, shape)) + 0), deep(vector.d_o).map((g) => g + 0));
  }
});

test("a window holds the outputs of region Q and zeros, and never leaves the picture", () => {
  for (const vector of vectors) {
    const scene = sceneOf(vector, "inputs");
    const zeros = new Set(zerosOf(scene).map(String));
    vector.region_q.forEach((region, p) => {
      const window = windowAt(scene, p);
      const outputs = window.map(({ output }) => output).filter((output) => output !== null);
      assert.deepEqual(outputs.sort((a, b) => a - b), region);
      assert.ok(window.every(({ z, output }) => output !== null || zeros.has(String(z))));
    });
    assert.deepEqual(scene.unread, vector.region_q.flatMap((region, p) => (region.length ? [] : [p])));
  }
});

test("with the padding's share every delta hands out all its weights once", () => {
  for (const vector of vectors) {
    const scene = sceneOf(vector, "inputs");
    const { total, before } = frameOf(scene, "input-gradient");
    const all = Array.from({ length: sizeOf(total) }, (_, q) => gradientAt(scene, positionOf(q, total).map((n, axis) => n - before[axis])));
    assert.equal(sum(all), sum(deep(vector.delta)) * sum(deep(vector.kernel)) + 0);
  }
});

test("there is a place for every delta, every zero, and nothing twice", () => {
  for (const vector of vectors) {
    for (const reading of ["weights", "inputs"]) {
      const scene = sceneOf(vector, reading);
      const { total } = frameOf(scene, "delta");
      assert.equal(zerosOf(scene).length + deep(vector.delta).length, sizeOf(total));
    }
    const spread = frameOf(sceneOf(vector, "weights"), "delta").total;
    assert.deepEqual(spread, fromNested(vector.delta).shape.map((n) => vector.move.stride * (n - 1) + 1));
  }
});

test("what lies under the window, times what slides, is the sum of ops: forward and for the weights", () => {
  for (const vector of vectors) {
    const input = fromNested(vector.input);
    const under = (scene, grid, index) => underWindow(scene, { grid, index }).map((at) => (isOn(at, input.shape) ? input.values[flatOf(at, input.shape)] : 0));
    const dot = (values, with_) => sum(values.map((value, n) => value * with_[n]));
    const forward = sceneOf(vector, "forward");
    deep(vector.output).forEach((x, i) => assert.equal(dot(under(forward, "output", i), deep(vector.kernel)) + vector.bias, x));
    const weights = sceneOf(vector, "weights");
    deep(vector.d_w).forEach((g, a) => assert.equal(dot(under(weights, "weight-gradient", a), deep(vector.delta)), g));
  }
});

test("the lesson's signal: zeros between, two weights of three, the last input never read", () => {
  const scene = sceneOf(SIGNAL, "inputs");
  assert.deepEqual(scene.arrays["input-gradient"].values, [2, -1, -3, 2, -2, 0]);
  assert.deepEqual(scene.arrays["weight-gradient"].values, [1, 4, -6]);
  assert.deepEqual(zerosOf(scene), [[-2], [-1], [1], [3], [4], [5]]);
  const said = (grid, index, options) => sentence({ scene, state: SIGNAL }, { grid, index }, options);
  assert.equal(textOf(said("input-gradient", 2)), "∂E/∂o[2] = 1·1 + 0·(−1) + (−2)·2 = −3");
  assert.equal(wordText(said("input-gradient", 5)), "∂E/∂o[5] = 0: no window reaches this input. Its place stays.");
  assert.equal(textOf(said("input-gradient", 5, { masked: true }), { masked: true }), "∂E/∂o[5] = 0·w[2] + 0·w[1] + 0·w[0] = ?");
  assert.equal(textOf(said("delta", 1)), "δ[1]: (−2)·2 to [2], (−2)·(−1) to [3], (−2)·1 to [4]");
  const words = keyOf(scene, scene.unread).map(([, , text]) => text).join("; ");
  assert.equal(words, "put in: 1 zero between neighbouring deltas, and a border; never read: gradient 0, and still there");
});

test("wrong predictions: the stride dropped, one zero too many, padding and dilation overlooked", () => {
  const slug = (vector, grid, index, value) => explain(sceneOf(vector, "inputs"), { grid, index }, value)?.slug;
  // [1 −2] convolved with [2 −1 1] in full, and nothing after it, is [2 −5 3 −2 0 0]
  for (const [index, value] of [[1, -5], [2, 3], [3, -2], [4, 0]]) assert.equal(slug(SIGNAL, "input-gradient", index, value), "stride-ignored");
  assert.equal(slug(SIGNAL, "output", 1, 3), "stride-ignored");
  assert.equal(slug(SIGNAL, "input-gradient", 3, -4), "one-too-many");
  const padded = { ...SIGNAL, delta: [1, -2, 0], move: { ...SIGNAL.move, padding: 1 } };
  assert.equal(slug(padded, "input-gradient", 0, 2), "padding-ignored");
  const dilated = { ...SIGNAL, move: { stride: 1, padding: 0, dilation: 2 } };
  assert.equal(slug(dilated, "input-gradient", 2, 3), "dilation-ignored");
  assert.equal(slug(SIGNAL, "input-gradient", 2, -3), undefined);
  const plain = { ...SIGNAL, delta: [1, -2, 0, 3], move: { stride: 1, padding: 0, dilation: 1 } };
  assert.equal(slug(plain, "input-gradient", 1, 0.75), undefined);
});

test("on every width the grids keep clear of each other, and what can be shown whole is", () => {
  for (const width of [346, 700, 1040]) {
    for (const vector of vectors) {
      for (const [reading, { shown }] of Object.entries(PASSES)) {
        const scene = sceneOf(vector, reading);
        const layout = (scene.axes === 1 ? lineLayout : planeLayout)(scene, shown, { width, height: 360, size: SIZES.normal, riding: 0 });
        const outer = shown.map((name) => extentOf(scene, layout, name));
        outer.forEach((a, n) => outer.slice(n + 1).forEach((b) => assert.ok(a.right <= b.left || a.bottom <= b.top, `${shown} at ${width}`)));
        const columns = frameOf(scene, shown[0]).total.at(-1);
        if (scene.axes === 2 && columns * 30 + 24 <= width) assert.ok(layout.width <= width, `${layout.width} of ${width}`);
      }
    }
  }
});

function extentOf(scene, { boxes, pitch }, name) {
  const { before, total } = frameOf(scene, name);
  const box = boxes[name];
  const across = total.at(-1);
  const left = box.x - before.at(-1) * pitch;
  const rows = total.length === 1 ? { top: box.y, bottom: box.y + box.cell } : { top: box.y - before[0] * pitch, bottom: box.y + (total[0] - before[0]) * pitch - 4 };
  return { left, right: left + across * pitch - 4, ...rows };
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { fromNested, sizeOf, toNested } from "../../cnnlib/widgets/js/arrays.js";
import { findTaps, forward, inputGradient, outputShape, tapsOf, total, weightGradient } from "../../cnnlib/widgets/js/taps.js";
import { vectors } from "./vectors.mjs";

const close = (actual, expected) => {
  assert.equal(actual.length, expected.length);
  actual.forEach((value, n) => assert.ok(Math.abs(value - expected[n]) < 1e-9, `${n}: ${value} for ${expected[n]}`));
};

test("there are cases of one and of two axes, with stride, padding and dilation", () => {
  assert.ok(vectors.length >= 40);
  for (const name of ["stride", "padding", "dilation"]) assert.ok(vectors.some((v) => v.move[name] === 2));
  assert.deepEqual([...new Set(vectors.map((v) => fromNested(v.input).shape.length))].sort(), [1, 2]);
});

test("output sizes and taps are those of geometry", () => {
  for (const { input, kernel, move, output, taps } of vectors) {
    const [o, w] = [fromNested(input), fromNested(kernel)];
    assert.deepEqual(outputShape(o.shape, w.shape, move), fromNested(output).shape);
    assert.deepEqual(findTaps(o.shape, w.shape, move), taps);
  }
});

test("the three sums are those of ops, element by element", () => {
  for (const { input, kernel, delta, bias, move, ...expected } of vectors) {
    const [o, w, d] = [fromNested(input), fromNested(kernel), fromNested(delta)];
    const taps = findTaps(o.shape, w.shape, move);
    close(forward(taps, w.values, o.values, sizeOf(d.shape), bias), fromNested(expected.output).values);
    close(weightGradient(taps, d.values, o.values, w.values.length), fromNested(expected.d_w).values);
    close(inputGradient(taps, d.values, w.values, o.values.length), fromNested(expected.d_o).values);
    const sum = w.values.reduce((t, value, a) => t + value * fromNested(expected.d_w).values[a], 0);
    close([total(taps, d.values, w.values, o.values)], [sum]);
  }
});

test("the taps of an input are its region Q", () => {
  for (const { input, kernel, move, region_q } of vectors) {
    const taps = findTaps(fromNested(input).shape, fromNested(kernel).shape, move);
    region_q.forEach((outputs, p) => assert.deepEqual(tapsOf(taps, "input", p).map((n) => taps.output[n]), outputs));
  }
});

test("a kernel that does not fit has no output", () => {
  assert.equal(outputShape([2], [3], { stride: 1, padding: 0, dilation: 1 }), null);
  assert.deepEqual(outputShape([2], [3], { stride: 1, padding: 1, dilation: 1 }), [2]);
});

test("arrays survive nesting, numbers that JSON has no name for too", () => {
  for (const nested of [[1, 2, -3], [[1, 2, 3], [4, 5, 6]], [["NaN", "Infinity"], ["-Infinity", 0]]]) {
    assert.deepEqual(toNested(fromNested(nested)), nested);
  }
});

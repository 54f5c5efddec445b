import assert from "node:assert/strict";
import { test } from "node:test";
import {
  byChannel, ceiling, decades, frameAt, framesOf, indexAt, kernelAt, nearest, placeOf, pointAt,
  powerOfTen, progressLine, readout, tiling, timeLeft, two, unpacked, weightWords,
} from "../../cnnlib/widgets/js/board_sums.js";

const packed = (bytes) => Buffer.from(Int8Array.from(bytes).buffer).toString("base64");
const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-6, `${a} is not ${b}`);

test("bytes are signed, and the largest is the top", () => {
  const values = unpacked(packed([127, -127, 0, -64]), 2);
  [2, -2, 0, (-64 * 2) / 127].forEach((value, n) => near(values[n], value));
});

test("now is a moment of its own only while it is later than the last that was kept", () => {
  const kept = [{ epoch: 0 }, { epoch: 2 }];
  const now = (epoch) => ({ epoch, layers: [] });
  assert.equal(framesOf({ frames: kept, now: now(2.5) }).length, 3);
  assert.equal(framesOf({ frames: kept, now: now(2) }).length, 2);
  assert.equal(framesOf({ frames: kept, now: {} }).length, 2);
  assert.deepEqual([-1, 0, 1, 2, 9].map((position) => frameAt(2, position)), [1, 0, 1, 1, 1]);
  assert.equal(nearest([{ epoch: 0 }, { epoch: 1 }, { epoch: 5 }], 3.5), 2);
});

test("a moment is told with the curves' point at its step and the test after it", () => {
  const curves = { at: [4, 8, 12], loss: [2, 1, 0.0512], accuracy: [0.1, 0.5, 0.987] };
  const state = { curves, tests: [[0, 2.3, 0.1], [12, 0.4, 0.9125]], progress: { per_epoch: 4 } };
  assert.deepEqual([0, 4, 9, 99].map((step) => pointAt(curves, step)), [-1, 0, 1, 2]);
  assert.equal(readout(state, { epoch: 3 }), "after epoch 3 · training: loss 0.051, 99 % right · test: loss 0.40, 91.3 % right");
  assert.equal(readout(state, { epoch: 0 }), "before training · test: loss 2.30, 10.0 % right");
  assert.equal(readout(state, { epoch: 1.25 }), "after epoch 1.3 · training: loss 2.00, 10 % right");
  const broken = { ...state, curves: { at: [4], loss: [null], accuracy: [null] }, tests: [] };
  assert.equal(readout(broken, { epoch: 1 }), "after epoch 1 · training: loss not a number, 0 % right");
});

test("progress and the time left in words", () => {
  const progress = { step: 30, steps: 575, epoch: 2, epochs: 25, left: 9.4 };
  assert.equal(progressLine("running", progress), "epoch 2 of 25, step 30 of 575 · about 9 s left");
  assert.equal(progressLine("ready", progress), "not started: 25 epochs, 575 steps");
  assert.equal(progressLine("stopped", progress), "stopped · epoch 2 of 25, step 30 of 575");
  assert.deepEqual([null, 0.3, 60, 200].map(timeLeft), ["", "about 1 s left", "about 60 s left", "about 3 min left"]);
});

test("axes end at round numbers and hold every value", () => {
  assert.deepEqual([[[2.31], 2.5], [[0.5], 2.5], [[260], 300], [[NaN, null], 2.5]].map(([values]) => ceiling(values, 2.48)), [2.5, 2.5, 300, 2.5]);
  assert.deepEqual(decades([0.03, 4, 0, null]), [-2, 1]);
  assert.deepEqual(decades([0.1, 0.1]), [-1, 0]);
  assert.deepEqual(decades([]), [-2, 0]);
  assert.deepEqual([-5, -2, 0, 3, 4].map(powerOfTen), ["10⁻⁵", "0.01", "1", "1000", "10⁴"]);
});

test("a pixel of a sheet is found again where it was put", () => {
  for (const shape of [{ count: 16, across: 8, rows: 4, columns: 4 }, { count: 5, across: 3, rows: 3, columns: 2 }, { count: 3, across: 3, rows: 1, columns: 60 }]) {
    const tiles = tiling({ ...shape, width: 272, gap: 2 });
    const seen = new Set();
    for (let n = 0; n < shape.count * shape.rows * shape.columns; n++) {
      const { x, y } = placeOf(tiles, shape, n);
      assert.equal(indexAt(tiles, shape, x + tiles.pixel / 2, y + tiles.pixel / 2), n);
      assert.ok(x + tiles.pixel <= 272 && y + tiles.pixel <= tiles.height + 1e-9);
      seen.add(`${x},${y}`);
    }
    assert.equal(seen.size, shape.count * shape.rows * shape.columns);
    assert.equal(indexAt(tiles, shape, -50, -50), 0);
  }
});

test("kernels are laid out by channel and keep their names", () => {
  const shape = [2, 3, 1, 2];
  const laid = byChannel(Float32Array.from({ length: 12 }, (_, n) => n), shape);
  assert.deepEqual([...laid], [0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11]);
  laid.forEach((value, n) => {
    const { filter, channel, row, column } = kernelAt(shape, n);
    assert.equal(value, ((filter * 3 + channel) * 1 + row) * 2 + column);
  });
  assert.equal(weightWords("conv2", shape, 3, -0.128, 0.0004), "conv2: weight [0,1] of filter 1, channel 0 is about −0.13; its gradient about 4e−4");
  assert.equal(two(0), "0");
});

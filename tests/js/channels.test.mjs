import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { pairNames, shown, switched } from "../../cnnlib/widgets/js/channel_controls.js";
import { blockBox, channelLayout, gridsOf } from "../../cnnlib/widgets/js/channel_layout.js";
import { litOf } from "../../cnnlib/widgets/js/channel_light.js";
import { sentence } from "../../cnnlib/widgets/js/channel_sentences.js";
import { channelSteps } from "../../cnnlib/widgets/js/channel_steps.js";
import { afterPairs, blockOf, cellsOf, channelScene, groupsOf, kindOf, pairsOf, READINGS } from "../../cnnlib/widgets/js/channels.js";
import { equation } from "../../cnnlib/widgets/js/dense_panel.js";
import { SIZES } from "../../cnnlib/widgets/js/layout.js";
import { totals } from "../../cnnlib/widgets/js/readings.js";
import { tapsOf } from "../../cnnlib/widgets/js/taps.js";

const cases = JSON.parse(readFileSync(process.env.CNNLIB_CHANNELS, "utf8"));
const scenes = (reading, settings) => cases.map((vector) => ({ vector, scene: channelScene({ ...vector, reading, image: 0, ...settings }) }));
const flat = (nested) => [nested].flat(9);
const stepped = (scene, n) => {
  const steps = channelSteps(scene, READINGS[scene.reading].result, "pair");
  const at = steps.at(n);
  return { scene, state: { notation: "course", by: "pair" }, at, pick: { grid: READINGS[scene.reading].result, index: at.index, stepping: true } };
};
const pointed = (scene, grid, index) => ({ scene, state: { notation: "course", by: "cell" }, at: { terms: null }, pick: { grid, index } });

test("the three readings are SciPy's small convolutions, added up", () => {
  for (const [reading, key] of [["forward", "output"], ["weight-gradient", "d_w"], ["input-gradient", "d_o"]]) {
    for (const { vector, scene } of scenes(reading)) assert.deepEqual(scene.arrays[READINGS[reading].result].values, vector[key]);
  }
});

test("T is one number with channels, filters and a batch", () => {
  for (const { scene } of scenes("forward", { bias: null })) {
    const { output, weight, input } = totals({ arrays: scene.full, taps: scene.taps });
    assert.equal(output, weight);
    assert.equal(output, input);
  }
});

test("pair by pair a sum grows by one small convolution, and biases come last", () => {
  for (const { vector, scene } of scenes("forward")) {
    const [d, c] = [0, 0];
    const first = afterPairs(scene, 1);
    cellsOf(scene, "output", { d }).forEach((cell, n) => {
      const bias = scene.sizes.channels === 1 ? vector.bias[0] : 0;
      assert.equal(first[cell], flat(vector.forward_parts[0][d][c])[n] + bias);
    });
    if (scene.sizes.filters > 1) assert.equal(first.at(-1), null);
    assert.deepEqual(afterPairs(scene, pairsOf(scene).length), vector.output);
  }
  for (const { vector, scene } of scenes("input-gradient")) {
    const first = afterPairs(scene, 1);
    cellsOf(scene, "input-gradient", { c: 0 }).forEach((cell, n) => assert.equal(first[cell], flat(vector.back_parts[0][0][0])[n]));
    assert.deepEqual(afterPairs(scene, pairsOf(scene).length), vector.d_o);
  }
});

test("every cell's sum falls into channels, filters or images, as SciPy's parts do", () => {
  for (const { vector, scene } of scenes("forward")) {
    const { shape } = scene.arrays.output;
    const map = shape.at(-1) * shape.at(-2);
    scene.arrays.output.values.forEach((_, index) => {
      const { n, d } = blockOf(scene.sizes, "output", index);
      const sums = groupsOf(scene, tapsOf(scene.taps, "output", index)).map(({ sum }) => sum);
      assert.deepEqual(sums, vector.forward_parts[n][d].map((part) => flat(part)[index % map]));
    });
  }
  const { scene } = scenes("weight-gradient")[0];
  assert.equal(groupsOf(scene, tapsOf(scene.taps, "weight", 0)).length, 2);
});

test("forward a row of pairs is finished at a time, backward a column", () => {
  const forward = scenes("forward")[0].scene;
  assert.deepEqual(pairsOf(forward).map(({ d, c }) => `${d}${c}`), ["00", "01", "02", "10", "11", "12"]);
  const back = scenes("input-gradient")[0].scene;
  assert.deepEqual(pairsOf(back).map(({ d, c }) => `${d}${c}`), ["00", "10", "01", "11", "02", "12"]);
  assert.deepEqual(pairNames(back)[1], ["1", "o[0] ← δ[1]"]);
  assert.deepEqual(pairNames(forward)[1], ["1", "o[1] → x[0]"]);
  assert.equal(pairsOf(scenes("forward")[1].scene).length, 18);
});

test("a cell lights its partners in every map, a pair its three blocks", () => {
  const { scene } = scenes("forward")[0];
  const output = litOf(pointed(scene, "output", 7));
  assert.deepEqual([output.rows, output.columns], [[1], []]);
  assert.equal(output.cells.input.size, 3 * 4);
  assert.deepEqual([...output.cells.kernel].map((n) => blockOf(scene.sizes, "kernel", n).d), new Array(12).fill(1));
  const weight = litOf(pointed(scene, "kernel", 5));
  assert.deepEqual([weight.rows, weight.columns, weight.cells.input.size], [[0], [1], 2 * 6]);
  const pair = litOf(stepped(scene, 4));
  assert.deepEqual(pair.pair, { d: 1, c: 1 });
  assert.deepEqual(Object.values(pair.cells).map((cells) => cells.size), [12, 4, 6]);
});

test("the formula names the channel, the filter and each sum", () => {
  const { scene } = scenes("forward")[0];
  const { text } = sentence(pointed(scene, "output", 7), { grid: "output", index: 7 });
  assert.match(text, /^x\[0,1,0,1\] = \(c = 0, w\[1,0\]: .* \(c = 2, w\[1,2\]: .* \+ b /);
  const pair = stepped(scene, 4);
  assert.match(sentence(pair, pair.pick).rest, /is added to x\[1\]: 2 of 3 channels so far/);
  const back = stepped(scenes("input-gradient")[0].scene, 1);
  assert.equal(sentence(back, back.pick).head, "(δ[1] * w[1,0]) full");
  const used = sentence(pointed(scene, "input", 0), { grid: "input", index: 0 });
  assert.match(used.rest, /all 2 filters/);
});

test("another image keeps the place, another reading starts from its last pair", () => {
  const state = { ...cases[0], reading: "forward", by: "cell", image: 0, position: 5 };
  assert.deepEqual(shown(state, 1), { image: 1, selected: [], position: 17 });
  assert.deepEqual(shown({ ...state, by: "pair" }, 1), { image: 1, selected: [] });
  assert.equal(switched({ ...state, by: "pair" }, "input-gradient").position, 5);
});

test("one weight on one pixel is a matrix: W forward, its transpose back, an outer product for W", () => {
  const [vector] = cases.filter(({ kernel }) => flat(kernel).length === 6 && kernel.length === 3);
  const rows = (reading) => equation(channelScene({ ...vector, bias: null, reading, image: 0 })).parts.filter(({ grid }) => grid).map((part) => part.rows);
  const W = vector.kernel.map((filter) => filter.map((kernel) => kernel[0][0]));
  const times = (A, B) => A.map((row) => B[0].map((_, j) => row.reduce((sum, a, k) => sum + a * B[k][j], 0)));
  for (const reading of Object.keys(READINGS)) {
    const [result, left, right] = rows(reading);
    assert.deepEqual(times(left, right), result);
  }
  assert.deepEqual(rows("forward")[1], W);
  assert.deepEqual(rows("input-gradient")[1], W[0].map((_, c) => W.map((row) => row[c])));
});

test("no two cells of a picture overlap, at any width", () => {
  for (const reading of Object.keys(READINGS)) for (const { scene } of scenes(reading)) for (const width of [300, 700, 960]) {
    const layout = channelLayout(scene, { width, height: 360, size: SIZES.normal, lecture: false });
    const boxes = gridsOf(reading).flatMap((grid) => pairsOf(scene).map((place) => [`${kindOf(grid)} ${Object.values(layout.block[kindOf(grid)](place))}`, blockBox(layout, grid, place)]));
    const blocks = [...new Map(boxes).values()].map(({ x, y, shape }) => ({ x, y, right: x + shape[1] * layout.pitch - 4, bottom: y + shape[0] * layout.pitch - 4 }));
    blocks.forEach((a, n) => blocks.slice(n + 1).forEach((b) => assert.ok(a.right < b.x || b.right < a.x || a.bottom < b.y || b.bottom < a.y)));
    assert.ok(blocks.every(({ right, bottom }) => right <= layout.width && bottom <= layout.height));
    if (width >= 700) assert.ok(layout.width <= width, `${reading} ${layout.width}`);
  }
});

test("in a lecture the names stand beside the kernels where that makes the cells larger, and nothing overlaps", () => {
  for (const reading of Object.keys(READINGS)) for (const { scene } of scenes(reading)) for (const width of [300, 726, 1066, 1246]) {
    const room = { width, height: 360, size: SIZES.lecture, lecture: true };
    const layout = channelLayout(scene, room);
    const blocks = gridsOf(reading).flatMap((grid) => pairsOf(scene).map((place) => ({ kind: kindOf(grid), ...blockBox(layout, grid, place) })));
    const boxes = [...new Map(blocks.map((b) => [`${b.kind} ${b.x} ${b.y}`, b])).values()].map(({ kind, x, y, shape }) => {
      const name = layout.dense ? 0 : layout.names?.[kind] ?? 0;
      return { left: x - name, top: y - (name || layout.dense ? 0 : layout.note), right: x + shape[1] * layout.pitch - 4, bottom: y + shape[0] * layout.pitch - 4 };
    });
    boxes.forEach((a, n) => boxes.slice(n + 1).forEach((b) => assert.ok(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top)));
    assert.ok(boxes.every(({ left, right, bottom }) => left >= 0 && right <= layout.width && bottom <= layout.height));
    if (width >= 726) assert.ok(layout.width <= width, `${reading} ${layout.width} in ${width}`);
    if (width >= 1066 && scene.sizes.channels <= 3) assert.ok(layout.cell >= 38, `${reading} ${layout.cell}`);
    assert.ok(!channelLayout(scene, { ...room, lecture: false }).names);
  }
});

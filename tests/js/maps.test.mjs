import assert from "node:assert/strict";
import { test } from "node:test";
import { greyOf, inputScale, outputScale } from "../../cnnlib/widgets/js/greys.js";
import { presetOf, PRESETS, sizesOf } from "../../cnnlib/widgets/js/kernel_controls.js";
import { SIZES } from "../../cnnlib/widgets/js/layout.js";
import { rasterLayout } from "../../cnnlib/widgets/js/raster_layout.js";
import { blockOf } from "../../cnnlib/widgets/js/raster_view.js";
import { makeScene } from "../../cnnlib/widgets/js/scene.js";
import { counts, nameOf, sharingScene } from "../../cnnlib/widgets/js/sharing.js";
import { sharingLayout } from "../../cnnlib/widgets/js/sharing_layout.js";
import { pathsFrom, twoLayersScene } from "../../cnnlib/widgets/js/two_layers.js";
import { vectors } from "./vectors.mjs";

const filled = (rows, columns, value = 0) => Array.from({ length: rows }, () => new Array(columns).fill(value));
const MOVE = { stride: 1, padding: 0, dilation: 1, bias: 0 };
const TALL = { ...MOVE, input: filled(5, 6), kernel: filled(2, 3), connections: "both" };
const TWICE = { ...MOVE, input: filled(4, 4), kernel: filled(2, 2) };
const from = (scene, grid, index, to) => {
  const paths = pathsFrom(scene, { grid, index })[to];
  return scene.arrays[to].values.map((_, n) => paths.get(n) ?? 0);
};

test("connections and weights are counted as Python counts them", () => {
  for (const vector of vectors) {
    for (const [kind, [connections, weights]] of Object.entries(vector.counts)) {
      const scene = sharingScene({ ...vector, ...vector.move, connections: kind });
      const found = counts(scene);
      assert.deepEqual([found.connections, found.weights], [connections, weights], kind);
    }
  }
});

test("sharing repeats a weight along diagonals, locality leaves a band", () => {
  const { arrays } = sharingScene(TALL);
  const [, across] = arrays.connections.shape;
  const row = (n) => arrays.connections.values.slice(n * across, (n + 1) * across);
  assert.deepEqual(row(0).slice(0, 10), [0, 1, 2, -1, -1, -1, 3, 4, 5, -1]);
  assert.deepEqual(row(1).slice(1), row(0).slice(0, -1));
  const alone = sharingScene({ ...TALL, connections: "local" }).arrays.connections.values;
  const used = alone.filter((weight) => weight >= 0);
  assert.equal(new Set(used).size, used.length);
  assert.deepEqual(alone.map((weight) => weight >= 0), arrays.connections.values.map((weight) => weight >= 0));
});

test("a square lights every square with its weight, and only its own two cells", () => {
  const scene = sharingScene(TALL);
  const lit = scene.light({ grid: "connections", index: 5 * 30 + 7 });
  assert.equal(lit.numbers.length, 16);
  assert.deepEqual([[...lit.output.keys()], [...lit.input.keys()]], [[5], [7]]);
  const none = scene.light({ grid: "connections", index: 3 });
  assert.equal(none.numbers.length, 0);
  assert.equal(scene.words({ grid: "connections", index: 3 }, "course").head, "no connection");
});

test("what is said of a connection names both cells and its weight", () => {
  const say = (kind, grid, index) => {
    const { head, rest } = sharingScene({ ...TALL, connections: kind }).words({ grid, index }, "course");
    return `${head} ${rest}`;
  };
  assert.equal(say("both", "output", 5), "x[1,1] sees 6 inputs, with the same 6 weights as every other output");
  assert.equal(say("dense", "output", 0), "x[0,0] sees all 30 inputs, each with a weight of its own");
  assert.equal(say("both", "connections", 157), "weight a joins o[1,1] to x[1,1]; it is used 16 times");
  assert.equal(say("dense", "connections", 1), "weight 2 joins o[0,1] to x[0,0]; it is used here only");
});

test("weights have letters while there are letters", () => {
  assert.deepEqual([nameOf(0, 6), nameOf(25, 26), nameOf(0, 27)], ["a", "z", "1"]);
});

test("two layers: the paths to each output are those that Python counts", () => {
  for (const vector of vectors) {
    const scene = twoLayersScene({ ...vector, ...vector.move });
    assert.equal(scene === null, vector.paths === null);
    vector.paths?.forEach((paths, index) => assert.deepEqual(from(scene, "output", index, "input"), paths));
  }
});

test("two 2x2 layers see nine inputs by sixteen paths, and an input reaches as many ways back", () => {
  const scene = twoLayersScene(TWICE);
  const paths = from(scene, "output", 0, "input");
  assert.deepEqual(paths, [1, 2, 1, 0, 2, 4, 2, 0, 1, 2, 1, 0, 0, 0, 0, 0]);
  for (let o = 0; o < 16; o++) assert.equal(from(scene, "input", o, "output")[0], paths[o]);
  assert.equal(
    scene.words({ grid: "output", index: 0 }, "course").rest,
    "sees 4 hidden cells and through them 9 inputs, by 16 paths",
  );
  assert.deepEqual(from(scene, "hidden", 4, "input"), [0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0]);
});

test("only kernel sizes that fit twice are offered", () => {
  assert.deepEqual(sizesOf(TWICE), [1, 2]);
  assert.deepEqual(sizesOf({ ...MOVE, input: new Array(9).fill(0) }), [1, 2, 3, 4]);
});

test("a kernel that is one of the named ones is recognised, another is the reader's own", () => {
  for (const [name, kernel] of Object.entries(PRESETS)) assert.equal(presetOf(kernel), name);
  assert.equal(presetOf([[1, 2], [0, -1]]), "your own");
});

test("greys: an edge has 0 in the middle, a blur keeps black and white", () => {
  const edge = outputScale([-3, -1, 0, 1, 2, 3], [-1, 1], 1);
  assert.ok(edge.signed);
  assert.equal(edge.low, -edge.high);
  assert.equal(greyOf(0, edge), 128);
  assert.deepEqual(outputScale([0, 2, 9, 4], new Array(9).fill(1), 1), { low: 0, high: 9, signed: false });
  assert.deepEqual(outputScale([-0.1, 0.4, 1.2, 0.8], [5, -4], 1), { low: 0, high: 1, signed: false });
  assert.deepEqual(inputScale([0.2, 0.7, NaN]), { low: 0, high: 1, signed: false });
  assert.deepEqual(inputScale([10, 255]), { low: 0, high: 255, signed: false });
  assert.deepEqual([greyOf(-99, edge), greyOf(99, edge)], [0, 255]);
  assert.ok(Number.isFinite(outputScale([0, 0], [0], 1).high));
});

test("the frame holds the lit pixels and nothing else", () => {
  assert.deepEqual(blockOf([12, 13, 22, 23], 10), { left: 2, top: 1, wide: 2, high: 2 });
  assert.equal(blockOf([], 10), null);
});

const PHOTO = { ...MOVE, input: filled(96, 96, 0.5), delta: null };
const photo = makeScene({ ...PHOTO, kernel: PRESETS.sharpen });

test("the taps of a photograph are found once and kept while the kernel's numbers change", () => {
  const [sharp, soft] = [PRESETS.sharpen, PRESETS.blur].map((kernel) => makeScene({ ...PHOTO, kernel }));
  assert.equal(sharp.taps.output.length, 94 * 94 * 9);
  assert.ok(soft.taps === sharp.taps);
});

test("pictures stand side by side inside the width, or under each other where it is narrow", () => {
  for (const width of [346, 694, 886, 1230]) {
    const layout = rasterLayout(photo, ["input", "kernel", "output"], { width, height: 360, size: SIZES.normal });
    assert.ok(layout.width <= width, `${layout.width} in ${width}`);
    const { input, kernel, output } = layout.boxes;
    if (width === 346) assert.ok(input.y + 96 * input.pitchY < kernel.y);
    else assert.ok(input.x + 96 * input.pitchX < kernel.x && kernel.x < output.x);
  }
});

test("the connection matrix stands beside the grids, or under them where it is narrow", () => {
  const names = ["input", "connections", "output"];
  const beside = sharingLayout(sharingScene(TALL), names, { width: 886, size: SIZES.normal });
  const under = sharingLayout(sharingScene(TALL), names, { width: 346, size: SIZES.normal });
  assert.ok(beside.boxes.connections.x > beside.boxes.input.x + 6 * beside.boxes.input.pitchX);
  assert.ok(under.boxes.connections.y > under.boxes.output.y);
  for (const layout of [beside, under]) assert.ok(layout.width <= (layout === beside ? 886 : 346));
});

// Deep stacks in the browser against cnnlib.network, every layer; and where a bar stands.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { measure, normals } from "../../cnnlib/widgets/js/depth_sums.js";
import { heightOf, placesOf, powers, rangeOf, said, sized, summary } from "../../cnnlib/widgets/js/depth_words.js";

const cases = JSON.parse(readFileSync(process.env.CNNLIB_DEPTHS, "utf8"));
const close = (a, b) => Math.abs(a - b) <= 1e-9 * Math.abs(b) + 1e-300 || (Number.isNaN(a) && Number.isNaN(b));

test("normal numbers from a seed are Python's", () => {
  const next = normals(7);
  for (const expected of cases.normals) assert.ok(close(next(), expected));
});

test("sizes, factors and dead units are those of Python, layer by layer", () => {
  for (const { state, measured } of cases.stacks) {
    const layers = measure(state);
    for (const [name, numbers] of Object.entries(measured)) {
      assert.equal(layers.length, numbers.length);
      numbers.forEach((expected, n) => assert.ok(close(layers[n][name], expected), `${name} of layer ${n + 1}: ${layers[n][name]} for ${expected}, ${JSON.stringify(state)}`));
    }
  }
});

test("the factors of all layers multiply to what is left, and ten sigmoids leave at most a quarter each", () => {
  const layers = measure(cases.stacks[0].state);
  const product = layers.reduce((all, { weights, slope }) => all * weights * slope, 1);
  assert.ok(close(product, layers[0].size));
  assert.ok(layers[0].size < 0.25 ** 10 && layers[0].size > 1e-8);
});

test("a bar hangs from one or stands on it, on a scale as long as it needs to be", () => {
  const range = [-9, 3];
  assert.equal(heightOf(1, range), 75);
  assert.deepEqual(placesOf(1e-6, range), { bottom: 25, height: 50, cut: null });
  assert.deepEqual(placesOf(1e3, range), { bottom: 75, height: 25, cut: null });
  assert.deepEqual(placesOf(0, range), { bottom: 0, height: 75, cut: "below" });
  assert.equal(placesOf(Infinity, range).cut, "above");
  assert.equal(placesOf(NaN, range).cut, "none");
  assert.deepEqual(rangeOf([{ size: 1e-13 }, { size: 2 }, { size: 0 }]), [-15, 3]);
  assert.deepEqual(rangeOf([{ size: 1e-99 }, { size: 1e99 }, { size: NaN }]), [-24, 12]);
  assert.deepEqual(powers(range), [-9, -6, -3, 0, 3]);
});

test("sizes in words", () => {
  assert.deepEqual([0, 0.2247, 3.31e-7, 4.2e12, Infinity, NaN].map(sized), ["0", "0.22", "3.3 · 10⁻⁷", "4.2 · 10¹²", "∞", "no number"]);
  const layer = { size: 0.05, weights: 0.98, slope: 0.22, dead: 0 };
  assert.equal(said(layer, 2, 5), "Layer 3: 0.05 of what came in at the top (from layer 4, × 0.98 through its weights, × 0.22 through f′).");
  assert.equal(said({ ...layer, dead: 1 }, 4, 5), "Layer 5: 0.05 of what came in at the top (× 0.22 through f′); 1 unit has f′ = 0 for every input.");
  assert.match(said({ ...layer, size: 0, slope: NaN, weights: NaN }, 2, 5), /\(nothing comes from layer 4\)/);
  assert.equal(summary([{ ...layer, size: 1.001, dead: 0 }], 1), "The first layer gets all of what came in at the top.");
  assert.equal(summary([{ ...layer, size: 4096, dead: 0 }], 1), "The first layer gets 4.1 · 10³ times what came in at the top.");
  assert.equal(summary([{ ...layer, dead: 3 }, layer], 32), "The first layer gets 0.05 of what came in at the top. 3 of 64 units are dead: f′ = 0 for every input.");
});

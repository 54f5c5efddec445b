import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { aDigit } from "../../cnnlib/widgets/js/trace_names.js";
import { linksDown, linksUp, makeNetwork } from "../../cnnlib/widgets/js/trace_net.js";
import { backwardGroups, biasOf, factorOf, forwardGroups, run, spread, strongest, weightTerms } from "../../cnnlib/widgets/js/trace_pass.js";
import { sayCell, sayPath, sayWeight } from "../../cnnlib/widgets/js/trace_said.js";

const cases = JSON.parse(readFileSync(process.env.CNNLIB_TRACES, "utf8"));
const passOf = (given, places = given.places) => run(makeNetwork(given.layers), given.image, places, 1);
const near = (found, wanted, tolerance, what) => {
  assert.equal(found.length, wanted.length, what);
  found.forEach((value, n) => assert.ok(Math.abs(value - wanted[n]) <= tolerance, `${what}[${n}]: ${value}, wanted ${wanted[n]}`));
};

for (const [name, given] of Object.entries(cases)) {
  test(`${name}: every activation, delta and gradient is that of cnnlib.network`, () => {
    // Shown with three places; with nine the rounding cannot hide a fault.
    const pass = passOf(given, 9);
    assert.ok(Math.abs(pass.error - given.loss) < 1e-6);
    pass.layers.forEach((layer, level) => {
      if (layer.kind === "softmax") return;
      near(pass.values[level], given.values[layer.name], 1e-6, layer.name);
      near(pass.deltas[level], given.deltas[layer.name], 2e-3, `delta ${layer.name}`);
      if (!layer.w) return;
      const found = layer.w.map((_, w) => weightTerms(pass, level, w).sum);
      near(found, given.gradients[`${layer.name}.w`], 5e-3, `${layer.name}.w`);
    });
    near(passOf(given).values.at(-2), given.values[pass.layers.at(-2).name], 0.03, "rounded scores");
  });

  test(`${name}: what is shown adds up to the last place`, () => {
    const pass = passOf(given);
    const units = (value, places) => Math.round(value * 10 ** places);
    pass.layers.forEach((layer, level) => {
      if (["conv", "dense"].includes(layer.kind)) {
        pass.values[level].forEach((value, n) => {
          const parts = forwardGroups(pass, level, n).reduce((sum, part) => sum + units(part.sum, 3), units(biasOf(layer, n), 3));
          assert.equal(parts, units(value, 3));
        });
      }
      if (level < pass.layers.length - 2) {
        pass.deltas[level].forEach((value, p) => {
          const parts = backwardGroups(pass, level, p).reduce((sum, part) => sum + units(part.sum, pass.deltaPlaces), 0);
          assert.equal(parts, units(value, pass.deltaPlaces));
        });
      }
    });
  });

  test(`${name}: ways up are the ways down, and paths are counted and carry what the products say`, () => {
    const pass = passOf(given);
    const { layers } = pass;
    for (let level = 0; level < layers.length - 1; level++) {
      const key = ({ n, p, w }) => `${n},${p},${w}`;
      const up = Array.from({ length: layers[level].size }, (_, p) => linksUp(layers, level, p)).flat().map(key).sort();
      const down = Array.from({ length: layers[level + 1].size }, (_, n) => linksDown(layers, level + 1, n)).flat().map(key).sort();
      assert.deepEqual(up, down);
    }
    const walk = (level, cell, product) => (level === layers.length - 2 ? [product * pass.deltas[level][cell]]
      : linksUp(layers, level, cell).flatMap((link) => walk(level + 1, link.n, product * factorOf(pass, level + 1, link))));
    const level = layers.findLastIndex(({ kind }) => kind === "conv");
    for (let cell = 0; cell < layers[level].size; cell++) {
      const all = walk(level, cell, 1);
      const { ways, open, most } = pass.paths[level][cell];
      assert.equal(ways, all.length);
      assert.equal(open, all.filter(Boolean).length);
      assert.ok(Math.abs(Math.abs(most) - Math.max(0, ...all.map(Math.abs))) < 1e-9);
      assert.equal(strongest(pass, level, cell).length > 0, open > 0);
    }
  });

  test(`${name}: every cell and weight has its sentence`, () => {
    const pass = passOf(given);
    pass.layers.forEach((layer, level) => {
      for (const reading of ["forward", "backward"]) {
        for (let cell = 0; cell < layer.size; cell += 7) {
          const said = sayCell(pass, level, cell, reading);
          assert.ok(said.head && said.result !== undefined && !/NaN|undefined/.test(JSON.stringify(said)));
          for (const part of said.parts) assert.doesNotMatch(said.products(part) + JSON.stringify(said.gridsOf(part)), /NaN|undefined/);
          assert.doesNotMatch(JSON.stringify(sayPath(pass, level, cell)), /NaN|undefined/);
        }
        (layer.w ?? []).forEach((_, w) => w % 11 || assert.doesNotMatch(JSON.stringify(sayWeight(pass, level, w, reading)), /NaN|undefined/));
      }
    });
  });
}

test("a pixel reaches what its kernel lets it reach, and through a pool only where it wins", () => {
  const pass = passOf(cases.course);
  const reached = spread(pass, 0, [0], true, false);
  assert.deepEqual([...reached[1]].filter((n) => n < 64).sort((a, b) => a - b), [0, 1, 8, 9]);
  const open = spread(pass, 0, [0], true, true);
  assert.ok(open[3].size <= reached[3].size);
  assert.ok([...(open[3] ?? [])].every((n) => reached[3].has(n)));
  const seen = spread(pass, 4, [5], false, false);
  assert.deepEqual([...seen[3]].filter((n) => n < 16).sort((a, b) => a - b), [0, 1, 2, 4, 5, 6, 8, 9, 10]);
  assert.deepEqual([...seen[0]].sort((a, b) => a - b), Array.from({ length: 49 }, (_, n) => 8 * Math.floor(n / 7) + (n % 7)));
});

test("an 8 has the article that it is spoken with", () => {
  assert.deepEqual([0, 1, 8, 11, 18, 81, 10].map(aDigit), ["a 0", "a 1", "an 8", "an 11", "an 18", "an 81", "a 10"]);
});

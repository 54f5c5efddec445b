import assert from "node:assert/strict";
import test from "node:test";
import { paginate } from "../../tools/decks/js/pages.js";

const block = (height, cell, rest = {}) => ({ height, least: height, cell, kind: "text", keep: false, ...rest });

test("what fits one screen is not parted", () => {
  assert.deepEqual(paginate([block(200, "a"), block(200, "b")], 500, 18), [0]);
  assert.deepEqual(paginate([], 500, 18), []);
});

test("a page ends between cells rather than within one", () => {
  const blocks = [block(150, "a"), block(150, "a"), block(150, "b"), block(150, "b")];
  assert.deepEqual(paginate(blocks, 500, 18), [0, 2]);
});

test("what leads to something stays with it", () => {
  const blocks = [block(300, "a"), block(40, "b", { keep: true }), block(300, "b", { kind: "code" })];
  assert.deepEqual(paginate(blocks, 500, 18), [0, 1]);
});

test("a picture becomes smaller rather than leave its words, but not too small", () => {
  const picture = (height) => block(height, "b", { kind: "output", least: 0.8 * height });
  assert.deepEqual(paginate([block(100, "a"), picture(450)], 500, 18), [0]);
  assert.deepEqual(paginate([block(100, "a"), picture(520)], 500, 18), [0, 1]);
});

test("what is taller than a screen has one to itself", () => {
  assert.deepEqual(paginate([block(100, "a"), block(900, "b"), block(100, "c")], 500, 18), [0, 1, 2]);
});

test("no page holds more than fits, whatever comes", () => {
  let seed = 7;
  const next = (most) => (seed = (seed * 1103515245 + 12345) % 2147483648) % most;
  for (let round = 0; round < 200; round += 1) {
    const blocks = Array.from({ length: 1 + next(12) }, (_, n) => block(20 + next(400), String(Math.floor(n / 2)), { keep: next(4) === 0 }));
    const starts = paginate(blocks, 500, 18);
    const pages = starts.map((start, n) => blocks.slice(start, starts[n + 1]));
    assert.equal(pages.flat().length, blocks.length);
    for (const page of pages) assert.ok(page.reduce((sum, { height }) => sum + height, 18 * (page.length - 1)) <= 500);
  }
});

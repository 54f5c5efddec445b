// What is drawn, how it is framed, and what is said of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { boxOf, counted, framed } from "../../cnnlib/widgets/js/sketch_frame.js";
import { pushed, sentence, verdict } from "../../cnnlib/widgets/js/sketch_reading.js";
import { added, current, MOST_POINTS, pieces, pointsOf, smooth } from "../../cnnlib/widgets/js/sketch_strokes.js";

const digits = JSON.parse(readFileSync(process.env.CNNLIB_REDRAWN, "utf8"));
const UCI = { side: 8, framing: "uci", centred: true };
const MNIST = { side: 28, framing: "mnist", centred: true };
const line = (...points) => ({ kind: "pen", points: points.flat() });
const seen = (lines, settings = UCI) => framed({ base: null, lines }, settings).pixels;
const spanOf = (pixels, side) => {
  const inked = [...pixels].flatMap((value, n) => (value > 0 ? [n] : []));
  const ends = (numbers) => [Math.min(...numbers), Math.max(...numbers)];
  return { rows: ends(inked.map((n) => Math.floor(n / side))), columns: ends(inked.map((n) => n % side)) };
};

// The pen set down dot by dot: off the centre, and as small as a child would or as large as the pad.
const drawn = ({ places }, size, [left, top]) => places.map(([x, y]) => line([left + (size * x) / 32, top + (size * y) / 32]));

// The data's own frames stand a little to the left or right of the middle: their slant was taken out
// after they were scaled. Those that stand within a dot of it come back as they were.
const middleOf = ({ places }) => (Math.min(...places.map(([x]) => x)) + Math.max(...places.map(([x]) => x))) / 2;
const meanOf = (numbers) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;

test("a digit of the data drawn back in is nearly itself, wherever and however large it is drawn", () => {
  const upright = digits.filter((digit) => Math.abs(middleOf(digit) - 16.5) <= 1);
  assert.ok(upright.length >= 5, `${upright.length} upright digits`);
  for (const [size, corner] of [[0.9, [0.05, 0.05]], [0.45, [0.5, 0.02]], [0.6, [0.1, 0.35]]]) {
    const errorsOf = (some) => some.map((digit) => {
      const pixels = seen(drawn(digit, size, corner));
      return meanOf(digit.image.map((value, n) => Math.abs(value - pixels[n])));
    });
    assert.ok(meanOf(errorsOf(digits)) < 0.1, `${errorsOf(digits)} at size ${size}`);
    assert.ok(Math.max(...errorsOf(upright)) < 0.07, `${errorsOf(upright)} at size ${size}`);
  }
});

test("without centring the same small digit is somewhere else", () => {
  const pixels = seen(drawn(digits[3], 0.45, [0.5, 0.02]), { ...UCI, centred: false });
  const { rows, columns } = spanOf(pixels, 8);
  assert.ok(rows[1] <= 4 && columns[0] >= 4, JSON.stringify({ rows, columns }));
});

test("as in the data, height is always filled, and a thin stroke is widened by no more than two", () => {
  const { rows, columns } = spanOf(seen([line([0.5, 0.3], [0.5, 0.6])]), 8);
  assert.deepEqual(rows, [0, 7]);
  assert.deepEqual(columns, [3, 5]); // 8.8 dots of 32
  const dash = spanOf(seen([line([0.2, 0.5], [0.8, 0.5])]), 8);
  assert.deepEqual(dash.columns, [1, 6]);
  assert.ok(dash.rows[1] - dash.rows[0] <= 2, JSON.stringify(dash));
});

test("as in MNIST, 20 of 28 pixels, with the centre of mass in the middle", () => {
  const pixels = seen([line([0.1, 0.2], [0.1, 0.5]), line([0.1, 0.5], [0.2, 0.5])], MNIST);
  const { rows } = spanOf(pixels, 28);
  const mass = pixels.reduce((sum, value) => sum + value, 0);
  const mean = (at) => pixels.reduce((sum, value, n) => sum + value * (at(n) + 0.5), 0) / mass;
  assert.ok(Math.abs(rows[1] - rows[0] + 1 - 20) <= 1, JSON.stringify(rows));
  assert.ok(Math.abs(mean((n) => Math.floor(n / 28)) - 14) < 0.15 && Math.abs(mean((n) => n % 28) - 14) < 0.15);
});

test("dots are counted in blocks of four by four", () => {
  const dots = new Uint8Array(64);
  dots[0] = dots[27] = dots[28] = dots[63] = 1;
  assert.deepEqual([...counted(dots, 2)], [2 / 16, 1 / 16, 0, 1 / 16]);
});

test("a smooth line begins and ends where the pen did, without gaps", () => {
  const points = smooth([0.1, 0.1, 0.5, 0.2, 0.4, 0.9]);
  assert.deepEqual([points[0], points.at(-1)], [[0.1, 0.1], [0.4, 0.9]]);
  points.slice(1).forEach(([x, y], n) => assert.ok(Math.hypot(x - points[n][0], y - points[n][1]) <= 0.0081));
});

test("an eraser parts a line, and ink over it later stays", () => {
  const stroke = line([0.1, 0.5], [0.9, 0.5]);
  const eraser = { kind: "eraser", points: [0.5, 0.2, 0.5, 0.8] };
  const parts = pieces([stroke, eraser]);
  assert.equal(parts.length, 2);
  assert.ok(parts[0].at(-1)[0] < 0.44 && parts[1][0][0] > 0.56);
  assert.equal(pieces([eraser, stroke]).length, 1);
  assert.equal(boxOf(pieces([line([0.5, 0.5]), eraser])), null);
});

test("ink goes over a picture as it lies, and the eraser takes whole pixels of it", () => {
  const base = Array.from({ length: 64 }, (_, n) => (n === 9 || n === 54 ? 0.5 : 0));
  const at = (n) => [((n % 8) + 0.5) / 8, (Math.floor(n / 8) + 0.5) / 8];
  const over = (lines) => framed({ base, lines }, UCI).pixels;
  assert.deepEqual([...over([])], base);
  assert.equal(over([{ kind: "eraser", points: at(9) }])[9], 0);
  assert.equal(over([{ kind: "eraser", points: at(9) }])[54], 0.5);
  const inked = over([line(at(54))]);
  assert.ok(inked[54] > 0.5 && inked[9] === 0.5);
});

test("undo is a step back in the history, a new stroke ends what could be done again", () => {
  let history = { strokes: [], shown: 0 };
  for (const x of [0.1, 0.2, 0.3]) history = added(history, line([x, x]));
  history = added({ ...history, shown: 1 }, { kind: "clear" });
  assert.deepEqual([history.strokes.length, history.shown], [2, 2]);
  assert.deepEqual(current(history), { base: null, lines: [] });
  assert.equal(current({ ...history, shown: 1 }).lines.length, 1);
  assert.deepEqual(pointsOf([[-0.2, 0.12345], [1.5, 1]]), [0, 0.123, 1, 1]);
});

test("a long history loses its oldest pictures, one picture that is too long takes no more", () => {
  const long = line(Array.from({ length: MOST_POINTS }, () => [0.5, 0.5]).flat());
  let history = added({ strokes: [long, { kind: "clear" }], shown: 2 }, long);
  assert.deepEqual(history.strokes.map(({ kind }) => kind), ["clear", "pen"]);
  assert.equal(added(history, long), null);
});

test("a push moves every pixel against its lever and stays between paper and ink", () => {
  assert.deepEqual(pushed([0.5, 0.1, 0.9, 0.5], [1, 4, -4, 0]), [0.438, 0, 1, 0.5]);
  assert.deepEqual(pushed([0.5], [0]), [0.5]);
});

test("words name the pixel that could do most, and say when there is no ink to take away", () => {
  const read = { p: [0.2, 0.8], best: 1, target: 0, error: -Math.log(0.2), lever: [3, -2, 1, 0] };
  assert.equal(verdict(read, ["0", "1"]), "It reads 1, 80 %.");
  assert.match(sentence(read, ["0", "1"], [0, 0.5, 1, 0], null), /strongest pixel, o\[0,1\] = 0\.5, .* −2: 0\.1 more ink lowers E by about 0\.2\.$/);
  assert.match(sentence(read, ["0", "1"], [0, 0.5, 1, 0], 0), /o\[0,0\] = 0 has the lever 3: 0\.1 less ink .* But there is none\.$/);
  assert.match(verdict({ p: [NaN, NaN], best: 0 }, ["0", "1"]), /not numbers/);
});

// What a wrong prediction of a pool gives away: the value each known misconception leads to. Pure.
import { nearly } from "./numbers.js";
import { tapsOf } from "./taps.js";

const sum = (items, of) => items.reduce((total, item) => total + of(item), 0);

// What is known of one input: the windows that hold it, and what each would send it.
function ofInput(scene, index) {
  const { taps, arrays, windows, factors } = scene;
  const numbers = tapsOf(taps, "input", index);
  const delta = (n) => arrays.delta.values[taps.output[n]];
  const won = numbers.filter((n) => windows[taps.output[n]].winner === n);
  const tied = numbers.filter((n) => windows[taps.output[n]].tied.includes(n));
  const cells = scene.window.reduce((product, n) => product * n, 1);
  return {
    numbers, delta, won, tied, sole: won.filter((n) => windows[taps.output[n]].tied.length === 0), cells, side: scene.window[0], o: arrays.input.values[index],
    right: arrays["input-gradient"].values[index], factor: (n) => factors[n], inside: insideWindow(scene, index),
  };
}

// Where a winner's place in its window is taken for its place in the map.
function insideWindow({ taps, arrays, windows }, index) {
  return sum(windows.map(({ winner }, i) => ({ winner, i })), ({ winner, i }) =>
    winner !== null && tapsOf(taps, "output", i).indexOf(winner) === index ? arrays.delta.values[i] : 0);
}

const lastShare = (f) => f.numbers.length > 1 && f.factor(f.numbers.at(-1)) * f.delta(f.numbers.at(-1));

const WINNERS = [
  ["tie-to-both", (f) => f.tied.length > 0 && sum([...f.won, ...f.tied], f.delta),
    "Look for a tie. Where two numbers are equally large, the first in reading order wins, and it alone gets the gradient."],
  ["tie-to-last", (f) => f.sole.length < f.won.length && sum(f.sole, f.delta),
    "Look for a tie. The first in reading order wins it, not the last."],
  ["overlap-overwritten", (f) => f.won.length > 1 && f.delta(f.won.at(-1)),
    "This cell wins more than one window. What comes back is added up; the last one does not wipe out the others."],
  ["overlap-overwritten", (f) => f.won.length > 1 && f.delta(f.won[0]),
    "That is what its first window sends. This cell wins more than one: add them up."],
  ["activation-multiplied", (f) => sum(f.won, (n) => f.delta(n) * f.o),
    "You multiplied by the winner’s own number. A nudge of the winner moves y by the same amount: the factor is 1."],
  ["spread-to-all", (f) => sum(f.numbers, f.delta),
    "A window sends its gradient to its winner alone. Which of the windows here does this cell win?"],
  ["share-for-winner", (f) => sum(f.numbers, f.delta) / f.cells,
    "That would be the share of an average. Here the winner gets all, the others nothing."],
  ["window-index-for-map-index", (f) => f.inside !== 0 && f.inside,
    "You counted the winner’s place inside its window. It goes back to its place in the map."],
  ["winner-missed", (f) => f.won.length > 0 && 0, "This cell wins a window: compare it with the other numbers there."],
];

const SHARES = [
  ["share-forgotten", (f) => sum(f.numbers, f.delta),
    "Each cell has only a part in the mean: a nudge of 1 moves it by 1 over the number of cells in the window."],
  ["share-forgotten", (f) => sum(f.numbers, f.delta) / f.side,
    "You shared along one axis only. A window has rows and columns: count all its cells."],
  ["overlap-overwritten", lastShare, "More than one window holds this cell. Their shares are added up."],
  ["routed-to-one", (f) => f.numbers.length > 0 && 0, "In a mean nobody wins: every cell of a window gets its part."],
];

const PROPORTIONS = [
  ["share-forgotten", (f) => sum(f.numbers, f.delta), "Each cell gets its own part: o over y, times what the window sends."],
  ["contribution-for-gradient", (f) => sum(f.numbers, (n) => f.delta(n) * f.o), "You multiplied by o. Divide by y as well: the factor is o / y."],
  ["share-for-winner", (f) => sum(f.numbers, f.delta) / f.cells, "That is the equal share of an average. Here the share is o / y."],
  ["overlap-overwritten", lastShare, "More than one window holds this cell. What they send is added up."],
];

const BACK = { max: WINNERS, average: SHARES, l2: PROPORTIONS };
const AT_ALL = ["wrong-sign", (f) => -f.right, "The size is right, the sign is not."];

// What is known of one output.
function ofOutput(scene, index) {
  const { taps, arrays, windows } = scene;
  const numbers = tapsOf(taps, "output", index);
  const values = numbers.map((n) => arrays.input.values[taps.input[n]]);
  const next = [-1, 1].map((step) => arrays.output.values[index + step]);
  const { winner } = windows[index];
  return { values, next, right: arrays.output.values[index], place: winner === null ? NaN : taps.input[winner], inside: numbers.indexOf(winner) };
}

const FORWARD = {
  max: [
    ["mean-for-max", (f) => sum(f.values, (v) => v) / f.values.length, "That is the mean. A max pool keeps the largest number."],
    ["size-for-value", (f) => f.values.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a)), "The largest is asked for, not the one furthest from 0."],
    ["max-started-at-zero", (f) => Math.max(0, f.right), "All numbers in this window are below 0. Nothing is left out for that."],
    ["winner-as-value", (f) => f.place, "That is where the largest stands. Asked for is the number itself."],
    ["winner-as-value", (f) => f.inside, "That is the winner’s place in its window. Asked for is the number itself."],
  ],
  average: [
    ["share-forgotten", (f) => sum(f.values, (v) => v), "That is the sum. Divide by the number of cells in the window."],
    ["max-for-mean", (f) => Math.max(...f.values), "That is the largest number. Here the mean is asked for."],
  ],
  l2: [
    ["root-forgotten", (f) => sum(f.values, (v) => v * v), "Those are the squares, added up. Take the root of it."],
    ["squares-forgotten", (f) => sum(f.values, (v) => v), "Square each number first, add, then take the root."],
  ],
};
const MOVED = [
  ["window-shifted", (f) => f.next[0], "That is the output before this one: move the window on, by the stride."],
  ["window-shifted", (f) => f.next[1], "That is the output after this one."],
];

// The first misconception that explains the value, or null.
export function explainPool(scene, { grid, index }, value) {
  const forward = grid === "output";
  const f = (forward ? ofOutput : ofInput)(scene, index);
  if (nearly(value, f.right)) return null;
  const known = forward ? [...FORWARD[scene.kind], ...MOVED, AT_ALL] : [...BACK[scene.kind], AT_ALL];
  const found = known.find(([, wrong]) => {
    const given = wrong(f);
    return typeof given === "number" && Number.isFinite(given) && !nearly(given, f.right) && nearly(value, given);
  });
  return found ? { slug: found[0], hint: found[2] } : null;
}

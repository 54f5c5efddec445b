// The matrix behind a layer, and the kernel that turns.
import { button, choice } from "./controls.js";
import { element } from "./dom.js";
import { bothReadings, flipScene, flipSteps, flipWords, KERNELS, turnsOf, written } from "./flip.js";
import { FlipStage } from "./flip_stage.js";
import { textOf } from "./formula.js";
import { formulaNodes } from "./formula_view.js";
import { fromNested } from "./arrays.js";

import { outputShape } from "./taps.js";
import { toeplitzScene, toeplitzWords } from "./toeplitz.js";
import { ToeplitzStage } from "./toeplitz_stage.js";

const DIRECTIONS = [["forward", "forward: x = T o"], ["backward", "backward: ∂E/∂o = Tᵀ δ"]];
const OWN = "your own";
const EXAMPLE = "the example’s";
const VERBS = { turn: "Turn", "mirror left-right": "Mirror", "mirror up-down": "Mirror", transpose: "Transpose" };
const NAMES = {
  turn: "half turn: o * w", "mirror left-right": "mirror left-right",
  "mirror up-down": "mirror up-down", transpose: "transpose",
};
const MOST_IN_LINE = 6;

const isMatrix = ({ config }) => config === "toeplitz";

function stepped({ config, direction, delta, position }) {
  if (config === "toeplitz") return direction === "backward" && delta ? "input-gradient" : "output";
  return position > 0 ? "convolution" : "output";
}

// Both readings under each other, term under term; a long sum wraps instead.
function bothNodes(formulas) {
  if (formulas[0].terms.length > MOST_IN_LINE) {
    return formulas.map((formula) => element("div", { class: "reading-line" }, ...formulaNodes(formula, false)));
  }
  const rows = formulas.flatMap((formula) => {
    const [reading, head, ...rest] = formulaNodes(formula, false).filter((node) => node !== "");
    return [element("span", { class: "row-name" }, reading, head), ...rest.map((node) => (typeof node === "string" ? element("span", {}, node) : node))];
  });
  const both = element("div", { class: "both" }, ...rows);
  both.style.gridTemplateColumns = `repeat(${rows.length / formulas.length}, max-content)`;
  return [both];
}

function sentence({ scene, state }, pick) {
  if (isMatrix(state)) return toeplitzWords(scene, pick, state.notation) ?? undefined;
  const words = flipWords(scene, pick, state.notation);
  if (words) return words;
  const formulas = bothReadings(scene, pick.index, state.notation);
  const text = formulas.map((formula) => `(${formula.reading})${textOf(formula)}`).join("; ");
  return { text, nodes: () => bothNodes(formulas) };
}

function directions(state, view) {
  if (!state.delta) return null;
  const { root, update } = choice("direction", DIRECTIONS, (direction) => view.set({ direction, selected: [] }));
  return { root, update: (now) => update(now.direction) };
}

function turnButton(view) {
  const node = button("", () => view.act("goto", view.position ? 0 : 1));
  const update = ({ turn, position }) => {
    const text = position > 0 ? "Put back" : `${VERBS[turn]} it`;
    if (node.textContent !== text) node.textContent = text;
  };
  return { root: node, update };
}

function turns(state, view) {
  const options = turnsOf(fromNested(state.kernel).shape).map((turn) => [turn, NAMES[turn]]);
  if (options.length === 1) return null;
  const { root, update } = choice("move", options, (turn) => view.set({ turn, position: Math.max(1, view.position), selected: [] }));
  return { root, update: (now) => update(now.turn) };
}

// The example's kernel, and some that hide the flip or do not, of those that fit.
function kernels(state, view) {
  const { shape } = fromNested(state.input);
  const fits = (kernel) => outputShape(shape, fromNested(kernel).shape, state);
  const known = KERNELS[shape.length].filter(fits).map((kernel) => [JSON.stringify(kernel), written(kernel)]);
  const home = JSON.stringify(view.home.kernel);
  const options = [[home, EXAMPLE], ...known.filter(([key]) => key !== home), [OWN, OWN]];
  const put = (key) => {
    if (key === OWN) return;
    const kernel = JSON.parse(key);
    const turn = turnsOf(fromNested(kernel).shape).includes(view.state.turn) ? view.state.turn : "turn";
    view.set({ kernel, turn, selected: [] });
  };
  const { root, update } = choice("kernel", options, put);
  const keyOf = ({ kernel }) => options.map(([key]) => key).find((key) => key === JSON.stringify(kernel)) ?? OWN;
  return { root, update: (now) => update(keyOf(now)) };
}

function controls(state, view) {
  const make = { direction: () => [directions(state, view)], hides: () => [kernels(state, view)], turn: () => [turns(state, view), turnButton(view)] };
  return Object.keys(make).filter((name) => state.controls.includes(name)).flatMap((name) => make[name]()).filter(Boolean);
}

export const turnings = {
  scene: (state) => (isMatrix(state) ? toeplitzScene(state) : flipScene(state)),
  stage: (state) => (isMatrix(state) ? ToeplitzStage : FlipStage),
  steps: flipSteps,
  stepped,
  controls,
  sentence,
};

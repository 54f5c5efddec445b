// What the bundle of pools draws: its scene and stage, its choices, its check.
import { fromNested } from "./arrays.js";
import { choice } from "./controls.js";
import { element } from "./dom.js";
import { nearly, short } from "./numbers.js";
import { explainPool } from "./pool_hints.js";
import { poolSentence, windowText } from "./pool_sentences.js";
import { PoolStage } from "./pool_stage.js";
import { KINDS, poolScene, poolTotals } from "./pools.js";
import { predicting } from "./predict.js";
import { GRIDS } from "./scene.js";
import { makeSteps } from "./steps.js";

const DIRECTIONS = [["forward", "forward"], ["backward", "backward"]];
const LARGEST = 4;

// Predictions go cell by cell through the result; else the steps are the windows, in reading order.
function stepped({ masked, direction, delta }) {
  if (direction === "forward" || !delta || masked === "output") return "output";
  return masked || "delta";
}

function steps(scene, grid, by) {
  const title = GRIDS[grid].axis === "output" ? "window" : "cell";
  return { ...makeSteps(scene, grid, by), title };
}

function directions(state, view) {
  if (!state.delta) return null;
  const { root, update } = choice("direction", DIRECTIONS, (direction) => view.set({ direction, selected: [], position: 0 }));
  return { root, update: (now) => update(now.direction) };
}

function kinds(state, view) {
  const { root, update } = choice("pool", Object.entries(KINDS).map(([kind, { label }]) => [kind, label]), (kind) => view.set({ kind }));
  return { root, update: (now) => update(now.kind) };
}

// Only windows that fit are offered.
function windows(state, view) {
  const { shape } = fromNested(state.input);
  const most = Math.max(state.size, Math.min(LARGEST, ...shape));
  const written = (size) => shape.map(() => size).join(" × ");
  const options = Array.from({ length: most }, (_, n) => [n + 1, written(n + 1)]);
  const { root, update } = choice("window", options, (size) => view.set({ size: Number(size), selected: [] }));
  return { root, update: (now) => update(now.size) };
}

function controls(state, view) {
  const make = { window: windows, kind: kinds, direction: directions };
  return Object.keys(make).filter((name) => state.controls.includes(name)).map((name) => make[name](state, view)).filter(Boolean);
}

function sentence(picture, pick, options) {
  const said = poolSentence(picture, pick, options);
  return said.window ? { text: windowText(said), nodes: () => windowNodes(said) } : said;
}

function windowNodes({ reading, head, before, values, apart, after, result, exactly, note }) {
  const colored = (role, text, name) => element("span", { class: `${name} role-${role}` }, text);
  const numbers = values.flatMap((value, n) => [n ? apart : "", colored("input", value, "factor")]);
  const sum = element("span", { class: "inside" }, before, ...numbers, after);
  const y = colored("output", result, "result");
  y.title = exactly;
  return [element("span", { class: "reading" }, reading), colored(head.role, head.symbol, "head"), "=", sum, "=", y, element("span", { class: "into" }, note)];
}

// The T check of a pool: all three kinds pass it, and most mistakes do not.
class PoolTotal {
  constructor() {
    this.values = [element("b"), element("b")];
    this.verdict = element("span", { class: "verdict" });
    const way = (text, value) => element("span", { class: "way" }, element("span", { class: "symbol" }, text), " = ", value);
    const [output, input] = this.values;
    this.root = element("div", { class: "total", "data-part": "total" }, element("span", { class: "reading" }, "T check"), way("y · ∂E/∂y", output), way("o · ∂E/∂o", input), this.verdict);
  }

  update(scene) {
    const sums = poolTotals(scene);
    [sums.output, sums.input].forEach((value, n) => (this.values[n].textContent = short(value)));
    this.verdict.textContent = nearly(sums.output, sums.input) ? "✓ one number, once all windows have sent" : "✗ not the same";
  }
}

export const pools = {
  scene: poolScene,
  stage: () => PoolStage,
  stepped,
  steps,
  controls,
  sentence,
  predict: predicting({ explain: explainPool, otherwise: "Which windows hold this cell, and what do they send it? Try once more, or reveal it." }),
  total: ({ direction, masked }) => (direction === "backward" && !masked ? new PoolTotal() : null),
  trouble: "The window does not fit into the input. Make it smaller.",
};

// Predict, then reveal: masked cells, how sure, a hint for a known misconception, the score.
// explain(scene, pick, value) tells which misconception it is; otherwise: what to say of the rest.
import { element } from "./dom.js";
import { button } from "./controls.js";
import { nearly, short } from "./numbers.js";

export const SURE = ["a guess", "fairly sure", "certain"];

export function hiddenCells(state, size) {
  if (!state.masked) return new Set();
  const seen = new Set(state.revealed);
  return new Set(Array.from({ length: size }, (_, n) => n).filter((n) => !seen.has(n)));
}

export function predicting({ explain, otherwise }) {
  return {
    PredictPanel,
    hiddenCells,
    judged: (...guess) => judged(explain, ...guess),
    verdict: (...guessed) => verdict(explain, otherwise, ...guessed),
  };
}

// What a prediction changes: the guess is kept, and a right one reveals its cell.
function judged(explain, state, scene, pick, value, sure) {
  const right = nearly(value, scene.arrays[pick.grid].values[pick.index]);
  const slug = explain(scene, pick, value)?.slug ?? null;
  return {
    guesses: [...state.guesses, { index: pick.index, value, right, sure, slug }],
    revealed: right ? [...state.revealed, pick.index] : state.revealed,
  };
}

// What to say of the last guess.
function verdict(explain, otherwise, state, scene, symbolOf) {
  const last = state.guesses.at(-1);
  if (!last) return null;
  if (!last.right && state.revealed.includes(last.index)) return null;
  const name = symbolOf(last.index);
  if (last.right) return { verdict: "right", text: `Yes: ${name} = ${short(last.value)}.` };
  const known = explain(scene, { grid: state.masked, index: last.index }, last.value);
  const text = known?.hint ?? otherwise;
  return { verdict: "wrong", text: `${name} is not ${short(last.value)}. ${text}` };
}

export function score(guesses) {
  const first = new Map();
  for (const guess of guesses) if (!first.has(guess.index)) first.set(guess.index, guess.right);
  return { asked: first.size, right: [...first.values()].filter(Boolean).length };
}

class PredictPanel {
  constructor({ revealOne, revealAll }) {
    this.sure = null;
    const name = `sure-${Math.random().toString(36).slice(2)}`;
    const radio = (text, value) =>
      element("label", {}, element("input", {
        type: "radio", name, value, onchange: () => (this.sure = value),
      }), text);
    this.score = element("span", { class: "score" });
    this.buttons = [button("Reveal this one", revealOne), button("Reveal all", revealAll)];
    this.root = element(
      "div",
      { class: "predict", role: "group", "aria-label": "predict" },
      element("fieldset", { class: "sure" }, element("span", {}, "How sure are you?"), ...SURE.map(radio)),
      ...this.buttons,
      this.score,
    );
  }

  update(state, hidden) {
    const { asked, right } = score(state.guesses);
    this.score.textContent = asked ? `${right} of ${asked} right at the first try` : "";
    this.buttons.forEach((node) => (node.disabled = hidden.size === 0));
  }
}

// Everything below the picture that is read: formula, what is said of a prediction, the ledger.
import { element, mark } from "./dom.js";
import { makeFormula, makeGroupFormula, symbol, textOf } from "./formula.js";
import { formulaNodes } from "./formula_view.js";
import { wordNodes, wordText } from "./words.js";

const MOST_LINES = 1000;

// Grouping the triple products keeps all three factors, unless the group's own is left out.
function formulaOf({ scene, state }, pick, terms) {
  if (state.config === "readings" && !state.leave_out) return makeGroupFormula(scene, pick, state.notation);
  return makeFormula(scene, pick, state.notation, terms);
}

// A picture of connections has no numbers to add: it says in words what is joined to what.
// A bundle may bring formulas of its own.
function sentence(own, picture, pick, { terms = null, masked = false } = {}) {
  const words = picture.scene.words?.(pick, picture.state.notation);
  if (words) return { text: wordText(words), nodes: () => wordNodes(words) };
  const said = own?.(picture, pick, { terms, masked });
  if (said?.nodes) return said;
  if (said?.rest) return { text: wordText(said), nodes: () => wordNodes(said) };
  const formula = said ?? formulaOf(picture, pick, terms);
  return { text: textOf(formula, { masked }), nodes: () => formulaNodes(formula, masked) };
}

export class TextPanel {
  // verdict: what to say of a prediction; own: formulas or words that only this bundle knows.
  constructor(verdict, own) {
    this.verdict = verdict;
    this.own = own;
    this.formula = element("div", { class: "formula", "data-part": "formula" });
    this.live = element("div", { class: "for-readers", "aria-live": "polite" });
    this.hint = element("div", { class: "hint", "data-part": "hint", role: "status" });
    this.lines = element("ol");
    this.summary = element("summary", {}, "Every sum as text");
    this.ledger = element(
      "details",
      { class: "ledger", "data-part": "ledger", ontoggle: () => this.#write() },
      this.summary,
      this.lines,
    );
  }

  paint(picture) {
    this.picture = picture;
    const { scene, state, pick, at, secret, announced, stepped } = picture;
    const terms = pick.stepping ? at.terms : null;
    const { nodes, text } = sentence(this.own, picture, pick, { terms, masked: secret });
    this.formula.replaceChildren(...nodes());
    // The pointer's formula is for the eye; only what is selected or stepped to is read out.
    if (announced && this.live.textContent !== text) this.live.textContent = text;
    this.#paintHint(state, scene);
    if (scene.words) this.summary.textContent = "Every cell in words";
    this.ledger.hidden = scene.arrays[stepped].values.length > MOST_LINES;
    this.#write();
  }

  #paintHint(state, scene) {
    const name = (index) => symbol(scene, state.notation, state.masked, index);
    const said = scene.arrays[state.masked] ? this.verdict?.(state, scene, name) : null;
    const message = said?.text ?? "";
    if (this.hint.textContent !== message) this.hint.textContent = message;
    mark(this.hint, "data-verdict", said?.verdict);
  }

  #write() {
    if (!this.ledger.open || this.ledger.hidden || !this.picture) return;
    const { scene, state, stepped, hidden } = this.picture;
    const count = scene.arrays[stepped].values.length;
    const lines = Array.from({ length: count }, (_, index) =>
      sentence(this.own, this.picture, { grid: stepped, index }, { masked: stepped === state.masked && hidden.has(index) }).text,
    );
    const key = lines.join("\n");
    if (this.lines.dataset.key === key) return;
    this.lines.dataset.key = key;
    this.lines.replaceChildren(...lines.map((line) => element("li", {}, line)));
  }
}

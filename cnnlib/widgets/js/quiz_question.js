// One question: choices, how sure, check; marks and explanations where something has been tried.
import { button } from "./controls.js";
import { element, mark } from "./dom.js";
import { remark, standing, tried, UNSURE } from "./quiz_score.js";
import { nodes } from "./quiz_text.js";

const SURE = ["a guess", "fairly sure", "certain"];
const MARKS = { right: "✓", wrong: "✗" };
const WORDS = { right: "Right: ", wrong: "Wrong: " };

let names = 0;

export class QuestionView {
  // kind: "quiz" (judged at once), "silent" (the inventory) or "clicker" (all shown at once).
  constructor(question, { kind, submit, picked }) {
    this.question = question;
    this.kind = kind;
    this.submit = submit;
    this.name = `cnnlib-choice-${(names += 1)}-${Math.random().toString(36).slice(2, 8)}`;
    this.explored = new Set();
    this.sure = null;
    this.answer = null;
    this.choices = question.choices.map((choice, index) => this.#choice(choice, index, picked));
    if (kind === "silent") this.choices.push(this.#choice({ text: "I do not know yet." }, UNSURE, picked));
    this.check = element("button", { type: "submit", class: "primary" }, "Check");
    this.revealed = false;
    this.reveal = button("Show the answers", () => this.#toggle(), { pressed: "false" });
    this.confidence = this.#confidence(picked);
    this.verdict = element("div", { class: "verdict", role: "status", "data-part": "verdict" });
    this.root = this.#form();
  }

  #form() {
    const { question, kind } = this;
    const asked = element("fieldset", { class: "asked" },
      element("legend", { "data-part": "question" }, ...nodes(question.text)),
      element("div", { class: "choices" }, ...this.choices.map(({ root }) => root)));
    const act = { quiz: [this.confidence, this.verdict, this.check], silent: [this.confidence], clicker: [this.reveal] }[kind];
    this.act = element("div", { class: "act" }, ...act);
    const onsubmit = (event) => {
      event.preventDefault();
      this.#submit();
    };
    return element("form", { "data-question": question.id, novalidate: true, onsubmit }, asked, this.act);
  }

  #choice(choice, index, picked) {
    const input = element("input", { type: "radio", name: this.name, value: index, onchange: () => this.#pick(picked) });
    const sign = element("span", { class: "sign" });
    const clicker = this.kind === "clicker";
    const row = element(clicker ? "div" : "label", { class: "row" }, clicker ? letter(index) : input,
      element("span", { class: "text" }, ...nodes(choice.text)), sign);
    const why = element("div", { class: "why", "data-part": "why" });
    const root = element("div", { class: "choice", "data-choice": index === UNSURE ? "unsure" : index }, row, why);
    return { root, input, sign, why, choice, index };
  }

  #confidence(picked) {
    const name = `${this.name}-sure`;
    this.levels = SURE.map((text, value) => {
      const change = () => {
        this.sure = value;
        if (this.kind === "silent") this.#pick(picked);
      };
      const input = element("input", { type: "radio", name, value, onchange: change });
      return { input, root: element("label", {}, input, text) };
    });
    return element("fieldset", { class: "sure", "data-part": "sure" },
      element("legend", {}, "How sure are you?"), ...this.levels.map(({ root }) => root));
  }

  get picked() {
    const found = this.choices.find(({ input }) => input.checked);
    return found ? found.index : null;
  }

  #pick(picked) {
    if (this.kind === "silent") {
      if (this.picked !== null) picked(this.picked, this.picked === UNSURE ? null : this.sure);
      return;
    }
    if (this.settled) this.explored.add(this.picked);
    this.#paint();
  }

  #submit() {
    if (this.kind !== "quiz" || this.picked === null || this.settled) return;
    this.submit(tried({ [this.question.id]: this.answer }, this.question, this.picked, this.sure)[this.question.id]);
  }

  #toggle() {
    this.revealed = !this.revealed;
    mark(this.reveal, "aria-pressed", String(this.revealed));
    this.#paint();
  }

  get settled() {
    return ["right", "found"].includes(standing(this.question, this.answer ?? undefined));
  }

  // Show what has been answered, here or in another view.
  update(answer) {
    const fresh = JSON.stringify(answer ?? null) !== JSON.stringify(this.answer);
    this.answer = answer ?? null;
    if (fresh) this.#adopt();
    this.#paint();
  }

  #adopt() {
    const last = this.answer?.tried.at(-1) ?? null;
    if (!this.answer) this.explored.clear();
    for (const { input, index } of this.choices) input.checked = index === last;
    this.sure = this.answer?.sure ?? null;
    this.levels.forEach(({ input }, value) => (input.checked = value === this.sure));
  }

  #paint() {
    for (const choice of this.choices) this.#paintChoice(choice);
    const first = !this.answer;
    this.confidence.classList.toggle("hidden", this.kind === "quiz" && !first);
    this.check.classList.toggle("hidden", this.settled);
    this.check.textContent = first ? "Check" : "Check again";
    this.check.disabled = this.picked === null || Boolean(this.answer?.tried.includes(this.picked));
    this.#paintVerdict();
  }

  #paintChoice({ root, sign, why, choice, index }) {
    const open = this.kind === "clicker" ? this.revealed : this.kind === "quiz" && this.#judged(index);
    const verdict = open ? (choice.right ? "right" : "wrong") : null;
    if (root.dataset.verdict === (verdict ?? undefined)) return;
    mark(root, "data-verdict", verdict);
    sign.replaceChildren(...(verdict ? [element("span", { "aria-hidden": "true" }, MARKS[verdict])] : []));
    why.replaceChildren(...(verdict ? this.#why(choice, verdict) : []));
  }

  #judged(index) {
    return Boolean(this.answer?.tried.includes(index)) || (this.settled && this.explored.has(index));
  }

  #why(choice, verdict) {
    const misconception = this.kind === "clicker" && choice.misconception
      ? [" ", element("span", { class: "misconception" }, choice.misconception.replaceAll("-", " "))]
      : [];
    const word = element("span", { class: "for-readers" }, WORDS[verdict]);
    return [word, ...nodes(choice.why), ...misconception];
  }

  #paintVerdict() {
    const judged = this.kind === "quiz" && this.answer;
    const right = judged && this.question.choices[this.answer.tried.at(-1)]?.right;
    mark(this.verdict, "data-verdict", judged ? (right ? "right" : "wrong") : null);
    const text = judged ? this.#sentence(right) : "";
    if (this.verdict.textContent !== text) this.verdict.textContent = text;
  }

  #sentence(right) {
    const words = remark(this.question, this.answer);
    const next = right ? "Pick another answer to read why it is wrong." : "Read why, then try again.";
    return `${right ? MARKS.right : MARKS.wrong} ${words} ${next}`;
  }
}

const letter = (index) =>
  element("span", { class: "letter" }, String.fromCharCode(65 + index));

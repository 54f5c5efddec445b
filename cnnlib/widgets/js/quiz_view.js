// The quiz as a card: title, pages, one question at a time, score. The state is the model's.
import { button } from "./controls.js";
import { element, keepKeys, mark } from "./dom.js";
import { inventoryResult } from "./quiz_inventory.js";
import { forget, recall, remember, watch } from "./quiz_memory.js";
import { QuestionView } from "./quiz_question.js";
import { chosen, keep, score, scoreLine, standing } from "./quiz_score.js";

const NAMES = ["bank", "section", "title", "questions", "answers", "position", "lecture"];
const PAGES = { right: ["✓", "right"], found: ["✓", "right in the end"], wrong: ["✗", "not right yet"], open: ["", "not answered"], kept: ["•", "answered"] };

export class QuizView {
  constructor(model, el) {
    this.model = model;
    this.root = element("section", { class: "cnnlib quiz", "data-cnnlib": "quiz" });
    keepKeys(this.root);
    el.append(this.root);
    this.refresh = () => this.#refresh();
    for (const name of NAMES) model.on(`change:${name}`, this.refresh);
    this.unwatch = watch((change) => this.#fromMemory(change));
    this.#refresh();
    this.#fromMemory();
  }

  destroy() {
    this.unwatch();
    for (const name of NAMES) this.model.off(`change:${name}`, this.refresh);
    this.root.remove();
  }

  get silent() {
    return this.state.bank === "inventory";
  }

  get kind() {
    if (this.silent) return "silent";
    return this.state.section === "clicker" ? "clicker" : "quiz";
  }

  // Pages: one for each question and, in the inventory, one for the result.
  get last() {
    return this.state.questions.length - (this.silent ? 0 : 1);
  }

  get position() {
    return Math.max(0, Math.min(this.state.position, this.last));
  }

  #refresh() {
    this.state = Object.fromEntries(NAMES.map((name) => [name, this.model.get(name)]));
    this.answers = keep(this.state.questions, this.state.answers);
    const { answers, position, lecture, ...lasting } = this.state;
    const key = JSON.stringify(lasting);
    if (key !== this.key) this.#build(key);
    this.#paint();
  }

  // What is kept in the browser is newer than what was saved with the notebook.
  #fromMemory({ bank: ofBank, section: ofSection, cleared } = {}) {
    if (this.kind === "clicker") return;
    const { bank, section, questions } = this.state;
    if (cleared && ofBank === bank && ofSection === section) return this.#adopt({});
    const kept = keep(questions, recall(bank, section, questions.map(({ id }) => id)));
    this.#adopt({ ...this.answers, ...kept });
  }

  #adopt(answers) {
    if (JSON.stringify(answers) !== JSON.stringify(this.answers)) this.#set({ answers });
    else if (this.silent) this.#paint();
  }

  #set(changes) {
    for (const [name, value] of Object.entries(changes)) this.model.set(name, value);
    this.model.save_changes();
    this.#refresh();
  }

  #answer(question, answer) {
    const { bank, section } = this.state;
    this.#set({ answers: { ...this.answers, [question.id]: answer } });
    remember(bank, section, { [question.id]: answer });
  }

  #build(key) {
    this.key = key;
    const { bank, section, title, questions } = this.state;
    for (const [name, value] of Object.entries({ "data-bank": bank, "data-section": section, role: "group", "aria-label": title })) {
      mark(this.root, name, value);
    }
    this.views = questions.map((question) => new QuestionView(question, {
      kind: this.kind,
      submit: (answer) => this.#judge(question, answer),
      picked: (choice, sure) => this.#answer(question, chosen(this.answers, question, choice, sure)[question.id]),
    }));
    this.large = button("Large", () => this.#set({ lecture: !this.state.lecture }), { label: "Large type for projecting", pressed: "false" });
    this.pages = element("ol", { class: "pages", "aria-label": "questions" });
    this.page = element("div", { class: "page" });
    this.root.replaceChildren(
      element("header", {}, element("div", { class: "title" }, title), this.pages, this.large),
      this.page, this.#footer());
    this.shown = null;
    this.pageButtons = this.#pageButtons();
  }

  #pageButtons() {
    const buttons = Array.from({ length: this.last + 1 }, (_, n) =>
      element("button", { type: "button", class: "page-button", onclick: () => this.#go(n) }));
    const single = buttons.length === 1;
    this.pages.replaceChildren(...buttons.map((node) => element("li", {}, node)));
    this.pages.classList.toggle("hidden", single);
    return buttons;
  }

  #footer() {
    this.line = element("span", { class: "score", "data-part": "score" });
    this.back = button("Back", () => this.#go(this.position - 1));
    this.next = button("Next", () => this.#go(this.position + 1));
    this.clear = element("button", { type: "button", class: "quiet", "data-part": "clear", onclick: () => this.#clear(), onblur: () => this.#asked(false) });
    this.#asked(false);
    return element("footer", {}, this.line, this.clear, element("span", { class: "turn" }, this.back, this.next));
  }

  // The button that was pressed may be gone: the keyboard goes on where the reader does.
  #judge(question, answer) {
    this.#answer(question, answer);
    const settled = ["right", "found"].includes(standing(question, answer));
    if (!settled) return;
    if (this.next.disabled) this.views[this.position].choices[answer.tried.at(-1)].input.focus();
    else this.next.focus();
  }

  #go(position) {
    this.#set({ position });
    const find = (what) => this.page.querySelector(what);
    (find("input:checked") ?? find("input, button, [data-part='result']"))?.focus({ preventScroll: true });
  }

  #asked(asked) {
    this.asking = asked;
    this.clear.textContent = asked ? "Really clear them? Press again" : "Clear my answers";
  }

  #clear() {
    if (!this.asking) return this.#asked(true);
    this.#asked(false);
    const { bank, section, questions } = this.state;
    this.#set({ answers: {}, position: 0 });
    forget(bank, section, questions.map(({ id }) => id));
    this.pageButtons[0].focus();
  }

  #paint() {
    mark(this.root, "data-size", this.state.lecture ? "lecture" : null);
    mark(this.large, "aria-pressed", String(this.state.lecture));
    this.#paintPage();
    this.#paintPages();
    const total = score(this.state.questions, this.answers);
    this.line.textContent = this.#scoreLine(total);
    this.clear.classList.toggle("hidden", total.answered === 0);
    const single = this.last === 0;
    this.back.disabled = this.position === 0;
    this.next.disabled = this.position === this.last;
    this.next.textContent = this.silent && this.position === this.last - 1 ? "See the result" : "Next";
    for (const node of [this.back, this.next]) node.classList.toggle("hidden", single);
  }

  #paintPage() {
    const view = this.views[this.position];
    const shown = view ? this.position : "result";
    view?.update(this.answers[view.question.id]);
    if (shown === this.shown && view) return;
    this.shown = shown;
    this.page.replaceChildren(view ? view.root : this.#result());
  }

  #result() {
    const { questions, section } = this.state;
    const before = section === "before" ? this.answers : keep(questions, recall("inventory", "before", questions.map(({ id }) => id)));
    return inventoryResult(this.state, before, this.answers);
  }

  #paintPages() {
    this.pageButtons.forEach((node, n) => {
      const question = this.state.questions[n];
      const [sign, words] = question ? PAGES[this.#pageState(question)] : ["", "your result"];
      const name = question ? String(n + 1) : "Result";
      node.replaceChildren(name, element("span", { class: "sign", "aria-hidden": "true" }, sign));
      mark(node, "data-state", question ? this.#pageState(question) : "result");
      mark(node, "aria-label", question ? `Question ${n + 1}, ${words}` : "Result");
      mark(node, "aria-current", n === this.position ? "step" : null);
    });
  }

  #pageState(question) {
    const found = standing(question, this.answers[question.id]);
    return this.silent && found !== "open" ? "kept" : found;
  }

  #scoreLine(total) {
    if (this.kind === "clicker") return "";
    if (!this.silent) return scoreLine(total);
    return total.answered < total.questions
      ? `${total.answered} of ${total.questions} answered`
      : "All answered: the result is on the last page";
  }
}

// What gives a wrong formula away: the cells, the T check, the mean.
import { element, mark } from "./dom.js";
import { verdicts } from "./flows.js";
import { short } from "./numbers.js";

const WORDS = { catches: "✗ caught", hides: "hides it", no: "✗ other shape", none: "is about ∂E/∂o, before f′" };

export class ComparePanel {
  constructor() {
    this.rows = Object.fromEntries(["cells", "total", "mean"].map((name) => [name, { numbers: element("span", { class: "numbers" }), verdict: element("span", { class: "verdict" }) }]));
    const row = (name, title) => element("div", { class: "row", "data-check": name }, element("span", { class: "reading" }, title), this.rows[name].numbers, this.rows[name].verdict);
    this.note = element("p", { class: "note", role: "status" });
    this.root = element("div", { class: "compare", "data-part": "compare" },
      element("div", { class: "rows" }, row("cells", "cell by cell"), row("total", "T check"), row("mean", "mean")), this.note);
  }

  update({ comparison, formula }) {
    if (!comparison) return this.#nothing(formula);
    const { differs, count, total, mean, hidden, otherShape } = comparison;
    const said = verdicts(comparison);
    this.#say("cells", otherShape ? "another shape" : `${count} of ${differs.length} differ`, count ? "catches" : "hides");
    this.#say("total", total ? `o·∂E/∂o: ${short(total.right)} and ${total.wrong === null ? "–" : short(total.wrong)}` : "", said.total);
    this.#say("mean", `${short(mean.right)} and ${short(mean.wrong)}`, said.mean);
    const note = hidden ?? "";
    if (this.note.textContent !== note) this.note.textContent = note;
  }

  #say(name, text, verdict) {
    this.rows[name].numbers.textContent = text;
    this.rows[name].verdict.textContent = WORDS[verdict];
    mark(this.rows[name].verdict, "data-verdict", verdict);
  }

  // NumPy raises, or the window fits nowhere.
  #nothing(formula) {
    for (const { numbers, verdict } of Object.values(this.rows)) {
      numbers.textContent = "–";
      verdict.textContent = "";
    }
    this.note.textContent = formula === "wrong-size"
      ? "The turned kernel fits nowhere into δ: this formula gives nothing at all."
      : "Here the index is so far below 0 that NumPy raises an IndexError.";
  }
}

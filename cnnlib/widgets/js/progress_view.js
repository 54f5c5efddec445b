// The lessons as a table; it follows the quizzes of the same page and of other tabs.
import { button } from "./controls.js";
import { element, mark } from "./dom.js";
import { inventoryLine, lessonRow, rowLine, summaryLine } from "./progress_rows.js";
import { recall, watch } from "./quiz_memory.js";

const NAMES = ["lessons", "inventory", "lecture"];
const DOTS = { right: ["●", "right"], found: ["◐", "right in the end"], wrong: ["✗", "not right yet"], open: ["○", "open"] };
const HEAD = ["", "lesson", "minutes", "questions", ""];

export class ProgressView {
  constructor(model, el) {
    this.model = model;
    this.root = element("section", { class: "cnnlib progress", "data-cnnlib": "progress", role: "group", "aria-label": "Your progress" });
    this.summary = element("p", { class: "summary", "data-part": "summary" });
    this.table = element("div", { class: "table", tabindex: "0", role: "group", "aria-label": "lessons" });
    this.large = button("Large", () => this.#enlarge(), { label: "Large type for projecting", pressed: "false" });
    this.root.append(element("header", {}, element("div", { class: "title" }, "Your progress"), this.large), this.table, this.summary);
    el.append(this.root);
    this.paint = () => this.#paint();
    for (const name of NAMES) model.on(`change:${name}`, this.paint);
    this.unwatch = watch(this.paint);
    this.#paint();
  }

  destroy() {
    this.unwatch();
    for (const name of NAMES) this.model.off(`change:${name}`, this.paint);
    this.root.remove();
  }

  #enlarge() {
    this.model.set("lecture", !this.model.get("lecture"));
    this.model.save_changes();
    this.#paint();
  }

  #paint() {
    const lecture = this.model.get("lecture");
    mark(this.root, "data-size", lecture ? "lecture" : null);
    mark(this.large, "aria-pressed", String(lecture));
    const rows = this.model.get("lessons").map((lesson) =>
      lessonRow(lesson, (section, questions) => recall(lesson.bank, section, questions.map(({ id }) => id))));
    this.table.replaceChildren(element("table", {},
      element("thead", {}, element("tr", {}, ...HEAD.map((text) => (text ? element("th", { scope: "col" }, text) : element("td"))))),
      element("tbody", {}, ...rows.map(rowOf))));
    const inventory = this.model.get("inventory");
    const kept = (section) => recall("inventory", section, inventory.map(({ id }) => id));
    this.summary.textContent = `${summaryLine(rows)} Ten ideas, ${inventoryLine(inventory, kept("before"), kept("after"))}.`;
  }
}

function rowOf(row) {
  return element("tr", { "data-lesson": row.bank, "data-state": row.state },
    element("td", { class: "number" }, String(row.number).padStart(2, "0")),
    element("th", { scope: "row" }, row.title),
    element("td", { class: "minutes" }, String(row.minutes)),
    element("td", { class: "dots" }, ...row.sections.map(dots)),
    element("td", { class: "line" }, row.state === "done" ? "✓ " : "", rowLine(row)));
}

function dots({ section, standings }) {
  const words = `${section}: ${standings.map((name) => DOTS[name][1]).join(", ")}`;
  return element("span", { class: "section", role: "img", "aria-label": words, title: words },
    ...standings.map((name) => element("span", { "data-state": name, "aria-hidden": "true" }, DOTS[name][0])));
}

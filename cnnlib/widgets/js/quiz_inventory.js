// The end of the inventory: idea by idea, what was known before and what is known now.
import { element } from "./dom.js";
import { gainLine, ideas, rightIndex } from "./quiz_score.js";
import { nodes } from "./quiz_text.js";

const SIGNS = { true: ["✓", "known", "right"], false: ["✗", "not yet", "wrong"], null: ["–", "no answer", null] };

function standing(known) {
  const [sign, words, verdict] = SIGNS[known];
  return element("td", { "data-verdict": verdict }, element("span", { class: "sign", "aria-hidden": "true" }, sign), ` ${words}`);
}

function row(idea, after, cells) {
  return element("tr", { "data-idea": idea.id },
    element("th", { scope: "row" }, ...nodes(idea.concept)), ...cells,
    element("td", { class: "lesson" }, idea.lesson === null ? "" : String(idea.lesson).padStart(2, "0")),
    after ? element("td", { class: "movement" }, movement(idea)) : null);
}

function movement({ before, now }) {
  if (before === false && now) return "▲ gained";
  if (before && now === false) return "▼ slipped";
  return "";
}

function table(rows, after) {
  const head = ["idea", ...(after ? ["before", "now"] : ["before"]), "lesson", ...(after ? ["change"] : [])];
  return element("table", { class: "ideas" },
    element("thead", {}, element("tr", {}, ...head.map((text) => element("th", { scope: "col" }, text)))),
    element("tbody", {}, ...rows.map((idea) =>
      row(idea, after, after ? [standing(idea.before), standing(idea.now)] : [standing(idea.before)]))));
}

const beforeLine = (rows) => {
  const known = rows.filter((idea) => idea.before).length;
  return `You know ${known} of ${rows.length} already. The answers come with the lessons; the same ten questions wait after lesson 11.`;
};

// After the course, every right answer with its reason.
function answers(questions) {
  const items = questions.map((question) => {
    const choice = question.choices[rightIndex(question)];
    return element("li", {}, element("strong", {}, ...nodes(choice.text)), " ", ...nodes(choice.why));
  });
  return element("details", { class: "answers" }, element("summary", {}, "The answers, and why"), element("ol", {}, ...items));
}

export function inventoryResult({ section, questions }, before, now) {
  const after = section === "after";
  const rows = ideas(questions, before, after ? now : null);
  const line = after ? gainLine(rows) : beforeLine(rows);
  return element("div", { class: "result", "data-part": "result", role: "group", "aria-label": "Result", tabindex: "-1" },
    element("p", { class: "gain", role: "status" }, line), table(rows, after), after ? answers(questions) : null);
}

// What a row of the progress table says. Pure.
import { keep, score, standing } from "./quiz_score.js";

// recalled(section, questions) gives the kept answers of one section.
export function lessonRow(lesson, recalled) {
  const sections = Object.entries(lesson.questions).map(([section, questions]) => {
    const answers = keep(questions, recalled(section, questions));
    return { section, ...score(questions, answers), standings: questions.map((q) => standing(q, answers[q.id])) };
  });
  const total = (name) => sections.reduce((sum, section) => sum + section[name], 0);
  const [asked, answered] = [total("questions"), total("answered")];
  return { ...lesson, sections, asked, answered, right: total("right"), state: stateOf(lesson, asked, answered) };
}

function stateOf(lesson, asked, answered) {
  if (!lesson.ready) return "planned";
  if (!asked) return "unasked";
  if (!answered) return "fresh";
  return answered < asked ? "begun" : "done";
}

export function rowLine({ state, asked, answered, right }) {
  const lines = {
    planned: "planned",
    unasked: "",
    fresh: `${asked} questions`,
    begun: `${answered} of ${asked} answered`,
    done: `${right} of ${asked} right at the first try`,
  };
  return lines[state];
}

export function inventoryLine(questions, before, after) {
  const [first, second] = [before, after].map((answers) => score(questions, keep(questions, answers)));
  const words = ({ right, answered, questions: all }) => {
    if (!answered) return "not yet";
    return answered < all ? `${answered} of ${all} answered` : `${right} of ${all}`;
  };
  return `before the course: ${words(first)}; after it: ${words(second)}`;
}

export function summaryLine(rows) {
  const ready = rows.filter((row) => row.asked);
  const done = ready.filter((row) => row.state === "done").length;
  if (!ready.some((row) => row.answered)) return "No question of a lesson answered yet in this browser.";
  return `${done} of ${ready.length} ${ready.length === 1 ? "lesson" : "lessons"} with all questions answered.`;
}

// What the answers say: verdicts, score, the inventory's table. Pure.
// An answer is { tried: [choice, ...], sure: 0 | 1 | 2 | null, version }; the first try counts.

export const UNSURE = -1; // "I do not know yet", in the inventory

export const rightIndex = (question) => question.choices.findIndex((choice) => choice.right);

// Only answers to the present wording, and to choices there are, count.
export function valid(question, answer) {
  const known = (choice) => Number.isInteger(choice) && choice >= UNSURE && choice < question.choices.length;
  return Boolean(answer) && answer.version === question.version && Array.isArray(answer.tried) &&
    answer.tried.length > 0 && answer.tried.every(known);
}

export const keep = (questions, answers) =>
  Object.fromEntries(questions.filter((q) => valid(q, answers?.[q.id])).map((q) => [q.id, answers[q.id]]));

// One more try; how sure one was before the first is kept.
export function tried(answers, question, choice, sure) {
  const before = answers[question.id];
  const list = before?.tried ?? [];
  if (list.includes(choice)) return answers;
  const answer = { tried: [...list, choice], sure: before ? before.sure : sure, version: question.version };
  return { ...answers, [question.id]: answer };
}

// The inventory keeps one answer, which may be changed: nothing has been judged yet.
export function chosen(answers, question, choice, sure) {
  return { ...answers, [question.id]: { tried: [choice], sure, version: question.version } };
}

export function standing(question, answer) {
  if (!answer) return "open";
  const right = rightIndex(question);
  if (answer.tried[0] === right) return "right";
  return answer.tried.includes(right) ? "found" : "wrong";
}

export function score(questions, answers) {
  const standings = questions.map((question) => standing(question, answers[question.id]));
  const count = (...names) => standings.filter((name) => names.includes(name)).length;
  return {
    right: count("right"),
    answered: count("right", "found", "wrong"),
    settled: count("right", "found"),
    questions: questions.length,
  };
}

export function scoreLine({ right, answered, questions }) {
  if (!answered) return `${questions} ${questions === 1 ? "question" : "questions"}`;
  return answered < questions
    ? `${right} of ${answered} right at the first try, ${questions - answered} to go`
    : `${right} of ${questions} right at the first try`;
}

const REMARKS = {
  right: ["Right, and you called it a guess: read why it is so.", "Right.", "Right, and you were certain."],
  wrong: ["Not this one. You called it a guess.", "Not this one.", "Not this one. You were certain: a surprise like this is worth remembering."],
};

// What to say to the choice just tried.
export function remark(question, answer) {
  const last = answer.tried.at(-1);
  const right = question.choices[last].right;
  if (answer.tried.length > 1) return right ? "Right, found." : "Not this one either.";
  return REMARKS[right ? "right" : "wrong"][answer.sure ?? 1];
}

const known = (question, answers) => {
  const answer = answers?.[question.id];
  if (!answer) return null;
  return answer.tried[0] === rightIndex(question);
};

// One row per idea: known before, known now (true, false, or null where there is no answer).
export function ideas(questions, before, now) {
  return questions.map((question) => ({
    id: question.id,
    concept: question.concept,
    lesson: question.lesson,
    before: known(question, before),
    now: now ? known(question, now) : null,
  }));
}

export function gain(rows) {
  const both = rows.filter((row) => row.before !== null && row.now !== null);
  const count = (test) => both.filter(test).length;
  return {
    both: both.length,
    before: count((row) => row.before),
    now: count((row) => row.now),
    open: count((row) => !row.before),
    closed: count((row) => !row.before && row.now),
    lost: count((row) => row.before && !row.now),
  };
}

export function gainLine(rows) {
  const { both, before, now, open, closed, lost } = gain(rows);
  if (!both) return "No answers from before the course are kept in this browser, so there is nothing to compare with.";
  const gaps = open ? `You closed ${closed} of ${open} ${open === 1 ? "gap" : "gaps"}.` : "There was no gap to close.";
  const slipped = lost ? ` ${lost} that you had ${lost === 1 ? "has" : "have"} slipped: look there first.` : "";
  return `Before: ${before} of ${both}. Now: ${now} of ${both}. ${gaps}${slipped}`;
}

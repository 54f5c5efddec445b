import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { inventoryLine, lessonRow, rowLine, summaryLine } from "../../cnnlib/widgets/js/progress_rows.js";
import { forget, recall, remember, watch } from "../../cnnlib/widgets/js/quiz_memory.js";
import { chosen, gain, gainLine, ideas, keep, remark, score, scoreLine, standing, tried, UNSURE } from "../../cnnlib/widgets/js/quiz_score.js";
import { pieces, plain } from "../../cnnlib/widgets/js/quiz_text.js";

const question = (id, right = 1) => ({
  id, version: `v-${id}`, concept: `idea ${id}`, lesson: 1,
  choices: [0, 1, 2].map((n) => ({ text: `${n}`, right: n === right })),
});
const [A, B, C] = ["a", "b", "c"].map((id) => question(id));
const answer = (q, ...list) => ({ [q.id]: { tried: list, sure: null, version: q.version } });

class Events extends EventTarget {}
const events = new Events();
globalThis.addEventListener ??= events.addEventListener.bind(events);
globalThis.removeEventListener ??= events.removeEventListener.bind(events);
globalThis.dispatchEvent ??= events.dispatchEvent.bind(events);

function storage(behaviour = {}) {
  const kept = new Map();
  return { kept, getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text), removeItem: (key) => kept.delete(key), ...behaviour };
}
const use = (value) => Object.defineProperty(globalThis, "localStorage", { configurable: true, ...value });
beforeEach(() => {
  use({ value: storage() });
  forget("bank", "quiz", ["a", "b", "c"]);
});

test("letters and code are marked, everything else is text as it stands", () => {
  assert.deepEqual(pieces("is *w*[1] `2 * o`?"), [
    { kind: "text", text: "is " }, { kind: "letter", text: "w" }, { kind: "text", text: "[1] " },
    { kind: "code", text: "2 * o" }, { kind: "text", text: "?" },
  ]);
  assert.equal(plain("∂*E*/∂*w*"), "∂E/∂w");
  assert.deepEqual(pieces("2 * 3 * 4"), [{ kind: "text", text: "2 * 3 * 4" }]);
  assert.deepEqual(pieces("<b>*o*</b>")[0], { kind: "text", text: "<b>" });
  assert.deepEqual(pieces(""), []);
});

test("the first try counts and stays, later ones find", () => {
  let answers = tried({}, A, 0, 2);
  assert.equal(standing(A, answers.a), "wrong");
  answers = tried(answers, A, 1, 0);
  assert.equal(standing(A, answers.a), "found");
  assert.deepEqual(answers.a, { tried: [0, 1], sure: 2, version: "v-a" });
  assert.equal(tried(answers, A, 0, 1), answers);
  assert.deepEqual(score([A, B], answers), { right: 0, answered: 1, settled: 1, questions: 2 });
});

test("answers to an older wording, and damaged ones, are not counted", () => {
  const kept = { ...answer(A, 1), b: { tried: [0], sure: null, version: "old" }, c: { tried: [7], version: "v-c" }, d: {} };
  assert.deepEqual(keep([A, B, C], kept), answer(A, 1));
  assert.deepEqual(keep([A], null), {});
  assert.deepEqual(keep([A], { a: { tried: "01", version: "v-a" } }), {});
});

test("the score line says what is right and what is open", () => {
  assert.equal(scoreLine(score([A, B, C], {})), "3 questions");
  assert.equal(scoreLine(score([A, B, C], { ...answer(A, 1), ...answer(B, 0) })), "1 of 2 right at the first try, 1 to go");
  assert.equal(scoreLine(score([A], answer(A, 1))), "1 of 1 right at the first try");
});

test("what is said depends on how sure one was, at the first try only", () => {
  assert.match(remark(A, { tried: [0], sure: 2 }), /Not this one.*certain/);
  assert.match(remark(A, { tried: [1], sure: 0 }), /Right.*guess/);
  assert.equal(remark(A, { tried: [0, 1], sure: 2 }), "Right, found.");
  assert.equal(remark(A, { tried: [0, 2], sure: 2 }), "Not this one either.");
});

test("the inventory compares idea by idea", () => {
  const before = { ...answer(A, 0), ...answer(B, 1), ...answer(C, UNSURE) };
  const now = { ...answer(A, 1), ...answer(B, 2) };
  const rows = ideas([A, B, C], before, now);
  assert.deepEqual(rows.map((row) => [row.before, row.now]), [[false, true], [true, false], [false, null]]);
  assert.deepEqual(gain(rows), { both: 2, before: 1, now: 1, open: 1, closed: 1, lost: 1 });
  assert.match(gainLine(rows), /^Before: 1 of 2\. Now: 1 of 2\. You closed 1 of 1 gap\. 1 that you had has slipped/);
  assert.match(gainLine(ideas([A], {}, now)), /nothing to compare/);
  assert.match(gainLine(ideas([B], before, before)), /no gap/);
});

test("an answer of the inventory may be changed", () => {
  const answers = chosen(chosen({}, A, 0, 1), A, 1, 2);
  assert.deepEqual(answers.a, { tried: [1], sure: 2, version: "v-a" });
});

test("answers are kept under bank, section and question, and cleared again", () => {
  remember("bank", "quiz", answer(A, 0));
  assert.deepEqual([...localStorage.kept.keys()], ["cnnlib/quiz/bank/quiz/a"]);
  assert.deepEqual(recall("bank", "quiz", ["a", "b"]), answer(A, 0));
  assert.deepEqual(recall("bank", "recall", ["a"]), {});
  forget("bank", "quiz", ["a"]);
  assert.deepEqual(recall("bank", "quiz", ["a"]), {});
});

test("answers live as long as the page where storage is forbidden, missing or full", () => {
  const refuse = () => {
    throw new Error("SecurityError");
  };
  for (const broken of [{ get: refuse }, { value: undefined }, { value: storage({ setItem: refuse }) }]) {
    use(broken);
    remember("bank", "quiz", answer(B, 2));
    assert.deepEqual(recall("bank", "quiz", ["b"]), answer(B, 2));
    forget("bank", "quiz", ["b"]);
    assert.deepEqual(recall("bank", "quiz", ["b"]), {});
  }
});

test("what is damaged in the storage is passed over", () => {
  localStorage.setItem("cnnlib/quiz/bank/quiz/c", "{not json");
  assert.deepEqual(recall("bank", "quiz", ["c"]), {});
});

test("who watches hears of changes until it stops", () => {
  const heard = [];
  const stop = watch((change) => heard.push(change));
  remember("bank", "quiz", answer(A, 0));
  forget("bank", "quiz", ["a"]);
  stop();
  remember("bank", "quiz", answer(A, 1));
  assert.deepEqual(heard.map(({ cleared }) => cleared), [false, true]);
});

test("a lesson's row says what is planned, begun and done", () => {
  const lesson = { bank: "bank", ready: true, questions: { recall: [A], quiz: [B, C] } };
  const row = (answers) => lessonRow(lesson, () => answers);
  assert.equal(rowLine(row({})), "3 questions");
  assert.equal(rowLine(row(answer(A, 1))), "1 of 3 answered");
  const done = row({ ...answer(A, 1), ...answer(B, 0, 1), ...answer(C, 1) });
  assert.equal(rowLine(done), "2 of 3 right at the first try");
  assert.deepEqual(done.sections.map(({ standings }) => standings), [["right"], ["found", "right"]]);
  const planned = lessonRow({ ...lesson, ready: false, questions: {} }, () => ({}));
  assert.equal(rowLine(planned), "planned");
  assert.equal(summaryLine([done, planned]), "1 of 1 lesson with all questions answered.");
  assert.equal(summaryLine([row({})]), "No question of a lesson answered yet in this browser.");
  assert.equal(inventoryLine([A, B], { ...answer(A, 1), ...answer(B, 0) }, answer(A, 1)), "before the course: 1 of 2; after it: 1 of 2 answered");
});

// The three charts: loss, accuracy, and the length of each layer's gradient.
import { Chart } from "./board_chart.js";
import { ceiling, decades, percent, powerOfTen, two } from "./board_sums.js";
import { element } from "./dom.js";
import { short } from "./numbers.js";

const KEYS = ["at", "loss", "accuracy"];
const DASHES = ["solid", "dashed", "dotted", "dashdot", "long"];
const range = (low, high) => Array.from({ length: high - low + 1 }, (_, n) => low + n);

export class Charts {
  constructor(acts) {
    const key = (kind, words) => element("span", { class: "key" }, element("i", { class: kind }), words);
    const both = () => [key("train", "training"), key("test", "test")];
    this.loss = new Chart("loss", both(), acts);
    this.accuracy = new Chart("accuracy", both(), acts);
    this.norms = new Chart("length of the gradient, by layer", [], acts);
    this.root = element("div", { class: "charts" }, this.loss.root, this.accuracy.root, this.norms.root);
  }

  draw({ curves, tests, progress, results }, frame, classes) {
    const at = (curves.at ?? []).map((step) => step / progress.steps);
    const common = { last: progress.epochs, cursor: frame ? (frame.epoch * progress.per_epoch) / progress.steps : 0 };
    const line = (values) => at.map((share, n) => [share, values[n]]);
    const tested = (place) => tests.map((test) => [test[0] / progress.steps, test[place]]);
    this.#drawLoss(curves, line, tested(1), common, classes);
    this.#drawAccuracy(curves, line, tested(2), common);
    this.#drawNorms(curves, line, common);
    for (const chart of [this.loss, this.accuracy]) chart.caption.classList.toggle("one", !tests.length);
  }

  #drawLoss(curves, line, tested, common, classes) {
    const guess = Math.log(classes);
    const top = ceiling([...(curves.loss ?? []), ...tested.map(([, loss]) => loss)], guess * 1.08);
    const ticks = [0, top / 2, top].map((value) => [value, short(value)]);
    const guide = top < 3 * guess ? [guess, `guessing: ln ${classes} = ${guess.toFixed(2)}`] : null;
    const lines = [{ kind: "train", points: line(curves.loss ?? []) }, { kind: "test", points: tested, dots: true }];
    this.loss.draw({ ...common, y: (v) => v / top, ticks, guide, lines, words: `loss, step by step${now(curves.loss, (v) => v.toFixed(3))}${now(tested.map(([, v]) => v), (v) => v.toFixed(3), "on the test images")}` });
  }

  #drawAccuracy(curves, line, tested, common) {
    const ticks = [0, 0.5, 1].map((value) => [value, percent(value)]);
    const lines = [{ kind: "train", points: line(curves.accuracy ?? []) }, { kind: "test", points: tested, dots: true }];
    this.accuracy.draw({ ...common, y: (v) => v, ticks, lines, words: `accuracy, step by step${now(curves.accuracy, percent)}${now(tested.map(([, v]) => v), (v) => percent(v, 1), "on the test images")}` });
  }

  #drawNorms(curves, line, common) {
    const layers = Object.keys(curves).filter((name) => !KEYS.includes(name));
    const [low, high] = decades(layers.flatMap((name) => curves[name]));
    const y = (value) => (Math.log10(Math.max(value, 1e-300)) - low) / (high - low);
    const step = Math.ceil((high - low) / 4);
    const ticks = range(low, high).filter((n) => (n - low) % step === 0).map((n) => [10 ** n, powerOfTen(n)]);
    const lines = layers.map((name, n) => ({ kind: `norm ${DASHES[n % DASHES.length]}`, points: line(curves[name]) }));
    this.norms.draw({ ...common, y, ticks, lines, words: `length of the gradient${layers.map((name) => now(curves[name], two, name)).join("")}` });
    const keys = layers.map((name, n) => element("span", { class: "key" }, element("i", { class: `norm ${DASHES[n % DASHES.length]}` }), name));
    if (this.norms.caption.childElementCount !== keys.length + 1) this.norms.caption.replaceChildren(this.norms.caption.firstChild, ...keys);
  }
}

function now(values, words, where = "now") {
  const last = values?.filter(Number.isFinite).at(-1);
  return last === undefined ? "" : `, ${where} ${words(last)}`;
}

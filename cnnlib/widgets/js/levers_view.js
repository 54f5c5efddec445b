// The layer's error, its weights as handles, and the levers behind a button.
import { button } from "./controls.js";
import { element, keepKeys, mark, svg } from "./dom.js";
import { LEAST, measure, MOST, moveLine, nudged, STEP, stepped } from "./levers_sums.js";
import { short } from "./numbers.js";

const NAMES = ["input", "kernel", "target", "title", "weights", "history", "shown", "lecture"];
const MOST_MOVES = 200;
const CHART = { width: 240, height: 56 };

export class LeversView {
  constructor(model, el) {
    this.model = model;
    this.root = element("section", { class: "cnnlib levers", "data-cnnlib": "levers", role: "group" });
    keepKeys(this.root);
    el.append(this.root);
    this.paint = () => this.#paint();
    this.#build();
    for (const name of NAMES) model.on(`change:${name}`, this.paint);
    this.#paint();
  }

  destroy() {
    for (const name of NAMES) this.model.off(`change:${name}`, this.paint);
    this.root.remove();
  }

  #set(changes) {
    for (const [name, value] of Object.entries(changes)) this.model.set(name, value);
    this.model.save_changes();
    this.#paint();
  }

  #move(weights) {
    const { error } = measure(this.state, weights);
    this.#set({ weights, history: [...this.state.history, error].slice(-MOST_MOVES) });
  }

  #reset() {
    const { kernel } = this.state;
    this.#set({ weights: kernel, history: [measure(this.state, kernel).error] });
  }

  #build() {
    this.title = element("div", { class: "title" });
    this.large = button("Large", () => this.#set({ lecture: !this.state.lecture }), { label: "Large type for projecting", pressed: "false" });
    const reset = button("Reset", () => this.#reset());
    this.rows = this.model.get("kernel").map((_, index) => this.#row(index));
    this.levers = button("Show the levers", () => this.#set({ shown: !this.state.shown }), { pressed: "false" });
    this.step = button("Turn all of them a little", () => this.#move(stepped(this.state.weights, this.measured.levers)));
    this.said = element("div", { class: "said", role: "status", "data-part": "said" });
    this.root.replaceChildren(
      element("header", {}, this.title, element("div", { class: "settings" }, reset, this.large)),
      this.#gauge(),
      element("div", { class: "rows" }, ...this.rows.map(({ root }) => root)),
      element("div", { class: "act" }, this.levers, this.step, this.said));
  }

  #gauge() {
    this.error = element("span", { class: "error", "data-part": "error" });
    this.layer = element("div", { class: "layer" });
    this.line = svg("polyline", { class: "line" });
    this.dot = svg("circle", { class: "dot", r: 3.5 });
    this.chart = svg("svg", { class: "chart", viewBox: `0 0 ${CHART.width} ${CHART.height}`, role: "img" },
      svg("text", { class: "zero", x: -10, y: CHART.height - 1 }, "0"),
      svg("line", { class: "floor", x1: 0, x2: CHART.width, y1: CHART.height - 5, y2: CHART.height - 5 }), this.line, this.dot);
    const number = element("div", { class: "number" }, element("span", { class: "symbol" }, "E"), " = ", this.error);
    return element("div", { class: "gauge" }, number, this.chart, this.layer);
  }

  #row(index) {
    const name = `w[${index}]`;
    const by = (amount) => () => this.#move(nudged(this.state.weights, index, amount));
    const handle = element("input", {
      type: "range", min: LEAST, max: MOST, step: STEP, "aria-label": `weight ${name}`,
      oninput: () => this.#drag(index, Number(handle.value)), onchange: () => this.#move(this.state.weights),
    });
    const value = element("span", { class: "value" });
    const bar = element("span", { class: "bar" });
    const words = element("span", { class: "words" });
    const lever = element("div", { class: "lever role-gradient", "data-grid": "weight-gradient", "data-index": index }, words, bar);
    const root = element("div", { class: "row role-kernel" },
      element("span", { class: "symbol name" }, name), button("−", by(-STEP), { label: `lower ${name}` }), handle,
      button("+", by(STEP), { label: `raise ${name}` }), value, lever);
    return { root, handle, value, bar, words };
  }

  // While the handle is held the picture follows; the move counts when it is let go.
  #drag(index, value) {
    this.model.set("weights", this.state.weights.map((w, n) => (n === index ? value : w)));
    this.#paint();
  }

  #paint() {
    this.state = Object.fromEntries(NAMES.map((name) => [name, this.model.get(name)]));
    this.measured = measure(this.state, this.state.weights);
    const { title, lecture, shown, history } = this.state;
    this.title.textContent = title;
    mark(this.root, "aria-label", title);
    mark(this.root, "data-size", lecture ? "lecture" : null);
    mark(this.large, "aria-pressed", String(lecture));
    mark(this.levers, "aria-pressed", String(shown));
    this.step.disabled = !shown;
    this.#paintGauge();
    this.rows.forEach((row, n) => this.#paintRow(row, n));
    this.said.textContent = moveLine(history);
  }

  #paintGauge() {
    const { error, x } = this.measured;
    const list = (numbers) => numbers.map((n) => short(n)).join("  ");
    this.error.textContent = error.toFixed(2);
    this.layer.textContent = `the layer gives ${list(x)}, wanted ${list(this.state.target)}`;
    const held = Math.abs(error - this.state.history.at(-1)) > 1e-9;
    const history = held ? [...this.state.history, error] : this.state.history;
    const top = Math.max(...history, this.state.history[0] * 1.3);
    const points = history.map((e, n) => [
      4 + ((CHART.width - 8) * n) / Math.max(12, history.length - 1), 5 + (CHART.height - 10) * (1 - e / top),
    ]);
    mark(this.line, "points", points.map((point) => point.map((v) => v.toFixed(1)).join(",")).join(" "));
    mark(this.dot, "cx", points.at(-1)[0]);
    mark(this.dot, "cy", points.at(-1)[1]);
    mark(this.chart, "aria-label", `E, move by move; now ${error.toFixed(2)}`);
  }

  #paintRow({ handle, value, bar, words }, n) {
    const weight = this.state.weights[n];
    const lever = this.measured.levers[n];
    handle.value = weight;
    value.textContent = short(weight);
    mark(handle, "aria-valuetext", short(weight));
    bar.style.width = this.state.shown ? `${Math.min(100, Math.abs(lever) * 8)}px` : "0";
    words.replaceChildren(...(this.state.shown ? leverWords(lever) : ["lever", element("span", { class: "unknown" }, "?")]));
  }
}

function leverWords(lever) {
  const advice = Math.abs(lever) < 0.05 ? "leave it" : lever < 0 ? "raise it ▶" : "◀ lower it";
  return ["lever", element("u", {}, short(lever)), element("span", { class: "advice" }, advice)];
}

// The pad, what the network sees and makes of it, and what would change its mind.
import { button, toggle } from "./controls.js";
import { element, mark, svg } from "./dom.js";
import { ModelView } from "./model_view.js";
import { makeNet } from "./net.js";
import { full, short } from "./numbers.js";
import { framed } from "./sketch_frame.js";
import { PixelGrid } from "./sketch_grids.js";
import { Bars, Maps } from "./sketch_panels.js";
import { pushed, reading, sentence, verdict } from "./sketch_reading.js";
import { added, current, pointsOf } from "./sketch_strokes.js";
import { Surface } from "./sketch_surface.js";

const NAMES = [
  "layers", "weights", "side", "classes", "strokes", "shown", "pixels",
  "towards", "centred", "framing", "title", "lecture",
];
const START = "Draw a digit with mouse, pen or finger. The small picture beside it is all that the network sees.";

const UNDO = "M6.5 2 2 6l4.5 4V7.2H10a2.4 2.4 0 0 1 0 4.8H6v2h4a4.4 4.4 0 0 0 0-8.8H6.5z";
const REDO = "M9.5 2 14 6l-4.5 4V7.2H6A2.4 2.4 0 0 0 6 12h4v2H6a4.4 4.4 0 0 1 0-8.8h3.5z";

const iconButton = (label, path, act) =>
  element("button", { type: "button", class: "icon", "aria-label": label, title: label, onclick: act },
    svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: path })));

export class SketchView extends ModelView {
  constructor(model, el) {
    super(model, el, NAMES, { name: "sketch-pad" });
    this.tool = "pen";
    this.#build();
    this.begin();
  }

  #build() {
    const acts = {
      draw: (kind, points, how) => this.#draw(kind, points, how),
      undo: () => this.#goTo(this.state.shown - 1),
      redo: () => this.#goTo(this.state.shown + 1),
      clear: () => this.#clear(),
      tool: () => this.tool,
      other: () => this.#take(this.tool === "pen" ? "eraser" : "pen"),
      moved: ([column, row]) => this.#say(`row ${row}, column ${column}`),
    };
    this.surface = new Surface(acts);
    const point = (at) => ((this.pointed = at), this.ask());
    this.sees = new PixelGrid("input", { role: "input", label: "what the network sees", point });
    this.levers = new PixelGrid("input-gradient", { role: "gradient", label: "what would change its mind, ∂E/∂o", point });
    this.bars = new Bars((n) => this.set({ towards: n === this.state.towards ? null : n }));
    this.maps = new Maps();
    this.root.append(this.#header(), this.#body(acts), this.maps.root, this.#words());
  }

  #header() {
    this.title = element("div", { class: "title" });
    this.large = button("Large", () => this.set({ lecture: !this.state.lecture }), { label: "Large type for projecting", pressed: "false" });
    this.centre = toggle("centre and scale", (centred) => this.set({ centred }));
    return element("header", {}, this.title, element("div", { class: "settings" }, this.centre.root, this.large));
  }

  #body(acts) {
    this.pen = button("Pen", () => this.#take("pen"), { pressed: "true" });
    this.eraser = button("Eraser", () => this.#take("eraser"), { pressed: "false" });
    this.back = iconButton("Undo", UNDO, acts.undo);
    this.again = iconButton("Redo", REDO, acts.redo);
    this.empty = button("Clear", acts.clear);
    this.push = button("Push it there", () => this.#push(), { label: "Push it there: move every pixel a little against its lever" });
    this.aim = element("span", { class: "aim" });
    const tools = element("div", { class: "tools", role: "group", "aria-label": "tools" }, this.pen, this.eraser, this.back, this.again, this.empty);
    this.verdict = element("div", { class: "verdict", "data-part": "verdict" });
    const part = (name, caption, ...rest) => element("div", { class: `part ${name}` }, element("div", { class: "caption" }, ...caption), ...rest);
    const letter = (role, text) => element("span", { class: `symbol role-${role}` }, text);
    return element("div", { class: "body" },
      part("pad", ["your drawing"], this.surface.root, tools),
      part("seen", [letter("input", "o"), "what it sees"], this.sees.root),
      part("read", [letter("output", "p"), "what it reads"], this.bars.root, this.verdict),
      part("mind", [letter("gradient", "∂E/∂o"), this.aim], this.levers.root,
        element("div", { class: "legend" }, element("span", { class: "key", "data-sign": "more" }), "more ink", element("span", { class: "key", "data-sign": "less" }), "less"), this.push));
  }

  #words() {
    this.formula = element("div", { class: "formula", "data-part": "formula" });
    this.live = element("div", { class: "for-readers", "aria-live": "polite" });
    this.lines = element("div", { class: "lines" });
    this.ledger = element("details", { class: "ledger", "data-part": "ledger", ontoggle: () => this.paint() }, element("summary", {}, "Every number as text"), this.lines);
    return element("footer", {}, this.formula, this.ledger, this.live);
  }

  // What is drawn goes to Python once a stroke is done: its strokes, and the pixels they make.
  #keep(history, spoken = true) {
    const state = { ...this.state, ...history };
    const { pixels } = framed(current(state), state);
    this.unfinished = null;
    this.set({ ...history, pixels: Array.from(pixels) });
    if (spoken && this.read) this.#say(verdict(this.read, state.classes));
  }

  #draw(kind, pairs, { done = false, joins = false }) {
    const history = this.#with({ kind, points: pointsOf(pairs) }, joins);
    if (!history) return this.#say("The pad is full: clear it.");
    if (done) return this.#keep(history);
    this.unfinished = history;
    this.ask();
  }

  // A line drawn by key goes on from where the last one ended.
  #with(entry, joins) {
    const { strokes, shown } = this.state;
    const last = strokes[shown - 1];
    const end = joins && last?.kind === entry.kind && last.points.slice(-2).join() === entry.points.slice(0, 2).join();
    if (!end) return added(this.state, entry);
    return added({ strokes, shown: shown - 1 }, { ...entry, points: [...last.points, ...entry.points.slice(2)] });
  }

  #goTo(shown) {
    if (shown < 0 || shown > this.state.strokes.length) return;
    this.#keep({ shown });
  }

  #clear() {
    const { base, lines } = current(this.state);
    if (base || lines.length) this.#keep(added(this.state, { kind: "clear" }), false);
  }

  #push() {
    if (!this.read) return;
    const values = pushed(this.seen.pixels, this.read.lever);
    this.#keep(added(this.state, { kind: "pixels", values }));
  }

  #take(tool) {
    this.tool = tool;
    this.#say(tool);
    this.paint();
  }

  #say(words) {
    this.live.textContent = words;
  }

  #network({ layers, weights, side }) {
    const key = [JSON.stringify(layers), weights, side];
    if (key.some((part, n) => part !== this.key?.[n])) {
      this.key = key;
      this.net = makeNet({ layers, weights, shape: [1, side, side] });
    }
    return this.net;
  }

  paint() {
    const state = (this.state = Object.fromEntries(NAMES.map((name) => [name, this.model.get(name)])));
    const history = current({ ...state, ...this.unfinished });
    this.seen = framed(history, state);
    const { pixels } = this.seen;
    const net = this.#network(state);
    const blank = !history.base && !this.seen.drawn.length;
    this.read = blank ? null : reading(net, pixels, state.towards);
    this.surface.paint({ ...this.seen, base: history.base, side: state.side, kind: this.tool });
    this.sees.paint(pixels, state.side, { lit: this.pointed });
    this.levers.paint(this.read?.lever ?? pixels.map(() => 0), state.side, { signed: true, lit: this.pointed });
    this.bars.paint({ classes: state.classes, p: null, towards: state.towards, ...(this.read && { ...this.read, towards: this.read.target }) });
    this.maps.paint((this.read ?? reading(net, pixels, state.towards)).stages);
    this.#paintWords(state);
  }

  #paintWords({ title, lecture, centred, classes, shown, strokes }) {
    this.title.textContent = title;
    mark(this.root, "aria-label", title);
    mark(this.root, "data-size", lecture ? "lecture" : null);
    mark(this.root, "data-blank", !this.read);
    mark(this.large, "aria-pressed", String(lecture));
    mark(this.pen, "aria-pressed", String(this.tool === "pen"));
    mark(this.eraser, "aria-pressed", String(this.tool === "eraser"));
    this.centre.update(centred);
    this.back.disabled = shown === 0;
    this.again.disabled = shown >= strokes.length;
    this.empty.disabled = this.push.disabled = !this.read;
    this.aim.textContent = this.read ? `to make it ${classes[this.read.target]}` : "to change its mind";
    this.verdict.textContent = this.read ? verdict(this.read, classes) : "";
    this.formula.textContent = this.read ? sentence(this.read, classes, this.seen.pixels, this.pointed ?? null) : START;
    if (this.ledger.open) this.lines.replaceChildren(...this.#text(classes));
  }

  #text(classes) {
    const { read, seen } = this;
    if (!read) return ["Nothing is drawn."];
    const side = Math.sqrt(seen.pixels.length);
    const rows = (numbers, name) => Array.from({ length: side }, (_, row) =>
      element("li", {}, `${name}, row ${row}: ${Array.from(numbers.slice(row * side, (row + 1) * side), short).join("  ")}`));
    return [
      element("ul", {}, ...read.p.map((p, n) => element("li", {}, `p of ${classes[n]}: ${full(Number(p.toPrecision(4)))}`))),
      element("ul", {}, ...rows(seen.pixels, "pixels")),
      element("ul", {}, ...rows(read.lever, `∂E/∂o for ${classes[read.target]}`)),
    ];
  }
}

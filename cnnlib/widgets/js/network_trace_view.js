// A picture in a network: builds the columns, listens, and paints what the state says.
import { button, choice, stepControls } from "./controls.js";
import { element, keepKeys, mark } from "./dom.js";
import { Player } from "./player.js";
import { Column } from "./trace_column.js";
import { TraceGestures } from "./trace_gestures.js";
import { traceLayout } from "./trace_layout.js";
import { Lens } from "./trace_lens.js";
import { Lit } from "./trace_lit.js";
import { aDigit } from "./trace_names.js";
import { makeNetwork } from "./trace_net.js";
import { run } from "./trace_pass.js";
import { sayCell, sayPath, sayWeight } from "./trace_said.js";

const NAMES = ["layers", "images", "labels", "places", "reading", "digit", "target", "position", "selected", "title", "lecture"];
const CHANGING = NAMES.slice(4);
const BORDERS = 34;

export class TraceView {
  constructor(model, el) {
    this.model = model;
    this.hover = null;
    this.root = element("section", { class: "cnnlib network-trace", "data-cnnlib": "network-trace", role: "group" });
    keepKeys(this.root);
    el.append(this.root);
    this.state = this.#read();
    this.layers = makeNetwork(this.state.layers);
    this.player = new Player({ count: () => this.layers.length, position: () => this.position, goto: (position) => this.set({ position }), stopped: () => this.paint() });
    this.#build();
    this.gestures = new TraceGestures(this, this.root);
    this.refresh = () => this.#ask();
    for (const name of CHANGING) model.on(`change:${name}`, this.refresh);
    this.resized = new ResizeObserver(() => this.#fit());
    this.resized.observe(this.root);
    this.paint();
  }

  destroy() {
    this.player.pause();
    cancelAnimationFrame(this.asked);
    for (const name of CHANGING) this.model.off(`change:${name}`, this.refresh);
    this.resized.disconnect();
    this.root.remove();
  }

  #read() {
    return Object.fromEntries(NAMES.map((name) => [name, this.model.get(name)]));
  }

  #ask() {
    this.asked ||= requestAnimationFrame(() => {
      this.asked = 0;
      this.paint();
    });
  }

  set(changes) {
    for (const [name, value] of Object.entries(changes)) this.model.set(name, value);
    this.model.save_changes();
    this.paint();
  }

  act(act, value) {
    this.player.act(act, value);
    this.paint();
  }

  // How many layers are computed, less one, in the order of the reading.
  get position() {
    const last = this.layers.length - 1;
    return this.state.position < 0 ? last : Math.min(this.state.position, last);
  }

  isAhead(level) {
    return this.state.reading === "forward" ? level > this.position : this.layers.length - 1 - level > this.position;
  }

  #build() {
    const { images, labels } = this.state;
    const classes = Array.from({ length: this.layers.at(-1).size }, (_, k) => [k, `the class ${k}`]);
    this.digit = choice("picture", images.map((_, n) => [n, `${n + 1}: ${aDigit(labels[n])}`]), (value) => this.set({ digit: Number(value) }));
    this.target = choice("E at", [[-1, "its own class"], ...classes], (value) => this.set({ target: Number(value) }));
    this.reading = choice("show", [["forward", "activations"], ["backward", "what comes back"]], (reading) => this.set({ reading, position: -1 }));
    this.large = button("Large", () => this.set({ lecture: !this.state.lecture }), { label: "Large type for projecting", pressed: "false" });
    this.title = element("div", { class: "title" });
    this.error = element("div", { class: "error", "data-part": "error" });
    this.columns = this.layers.map((_, level) => new Column(this.layers, level));
    this.lit = new Lit(this.layers, this.columns);
    this.board = element("div", { class: "board" });
    this.stage = element("div", { class: "stage" }, this.board);
    this.lens = new Lens((map) => this.choosePart(map));
    this.steps = stepControls((act, value) => this.act(act, value));
    this.root.append(
      element("header", {}, this.title, element("div", { class: "settings" }, this.digit.root, this.reading.root, this.target.root, this.large)),
      this.error, this.stage, this.lens.root, element("div", { class: "controls" }, this.steps.root));
  }

  choosePart(map) {
    this.chosen = { of: this.frame, map };
    this.paint();
    this.lens.formula.querySelector(`[data-map="${map}"]`)?.focus();
  }

  #fit() {
    const width = this.root.clientWidth - BORDERS;
    const size = this.state.lecture ? "lecture" : "normal";
    const key = `${width}|${size}`;
    if (width <= 0 || this.fitted === key) return;
    this.fitted = key;
    this.layout = traceLayout(this.layers, width, size);
    this.columns.forEach((column, level) => column.arrange(this.layout.columns[level]));
    this.board.replaceChildren(this.lit.ways.root, ...this.layout.lines.map((line) => element("div", { class: "line" }, ...line.map((level) => this.columns[level].root))));
    if (this.pass) this.#light();
  }

  select(pick) {
    this.set({ selected: [pick.name, pick.index] });
  }

  pointAt(pick) {
    if (this.hover?.name === pick?.name && this.hover?.index === pick?.index) return;
    this.hover = pick;
    this.#light();
  }

  // The picked cell or weight; a weight is looked at where a cell uses it.
  get pick() {
    const [name, index] = this.hover ? [this.hover.name, this.hover.index] : this.state.selected;
    const weight = name?.endsWith(".w");
    const level = this.layers.findIndex((layer) => layer.name === (weight ? name.slice(0, -2) : name));
    return level < 0 || this.isAhead(level) ? null : { level, index, weight };
  }

  paint() {
    this.state = this.#read();
    const { images, digit, target, labels, places, title, lecture, reading } = this.state;
    const at = target < 0 ? labels[digit] : target;
    const key = `${digit}|${at}`;
    if (this.key !== key) {
      this.key = key;
      this.pass = run(this.layers, images[digit], places, at);
    }
    this.title.textContent = title;
    mark(this.root, "aria-label", title);
    mark(this.root, "data-size", lecture ? "lecture" : null);
    mark(this.root, "data-reading", reading);
    mark(this.large, "aria-pressed", String(lecture));
    this.digit.update(digit);
    this.target.update(target);
    this.reading.update(reading);
    this.steps.update({ position: this.position, count: this.layers.length, playing: this.player.playing, title: reading === "forward" ? "forward, layer" : "back, layer" });
    this.#sayError(labels[digit]);
    this.columns.forEach((column, level) => column.paint(this.pass, reading, this.isAhead(level)));
    this.#fit();
    this.#light();
  }

  #sayError(label) {
    const p = this.pass.values.at(-1);
    const read = p.indexOf(Math.max(...p));
    const { target, error } = this.pass;
    this.error.replaceChildren(
      element("span", { class: "symbol" }, "E"), ` = −ln p[${target}] = −ln ${p[target].toFixed(4)} = `, element("b", {}, error.toFixed(3)),
      element("span", { class: "read" }, `  It is ${aDigit(label)}; the network reads ${read === label ? "" : "it as "}${aDigit(read)} (p = ${p[read].toFixed(2)}).`));
  }

  #light() {
    const { pass, pick } = this;
    const { reading } = this.state;
    mark(this.root, "data-picked", pick ? "true" : null);
    if (!pick) {
      this.lit.clear();
      this.lens.paint({ pass, said: { head: "…", role: "output", parts: [], words: "not computed yet: step on, or pick another cell", result: "" }, path: null, reading });
      return;
    }
    const shown = this.#frameOf(pick);
    const said = sayCell(pass, shown.level, shown.index, shown.reading);
    const weight = pick.weight ? pick.index : null;
    const own = weight === null ? null : said.parts.find(({ links }) => links.some(({ w }) => w === weight));
    const chosen = own?.map ?? (this.chosen?.of === this.frame ? this.chosen.map : said.chosen);
    this.lit.paint(pass, pick, { reading, ahead: (level) => this.isAhead(level), size: this.layout && { width: this.board.offsetWidth, height: this.board.offsetHeight } });
    const text = pick.weight ? { ...sayWeight(pass, pick.level, pick.index, reading), among: said } : said;
    const path = pick.weight ? null : sayPath(pass, pick.level, pick.index);
    this.lens.paint({ pass, said: text, path, chosen, weight, announced: !this.hover, reading });
  }

  // A weight keeps the numbers on the screen among which it was picked.
  #frameOf(pick) {
    const { reading } = this.state;
    if (!pick.weight) this.last = { level: pick.level, index: pick.index, reading };
    const uses = this.last && (this.last.reading === "forward" ? this.last.level : this.last.level + 1) === pick.level;
    const shown = pick.weight && !uses ? { level: pick.level, index: this.lit.firstUse(pick), reading: "forward" } : this.last;
    this.frame = `${shown.level}|${shown.index}|${shown.reading}|${this.key}`;
    return shown;
  }
}

// One picture of one model: builds the parts, listens, and paints what the state says.
import { button, choice, moveSelect, stepControls } from "./controls.js";
import { element, mark, svg } from "./dom.js";
import { openEditor } from "./editor.js";
import { makeFormula, symbol, textOf } from "./formula.js";
import { formulaNodes } from "./formula_view.js";
import { GridView } from "./grid_view.js";
import { cellAfter, meaning } from "./keys.js";
import { MOST_IN_A_ROW, ribbonLayout, sheetLayout, SIZES, traceLayout } from "./layout.js";
import { fillLedger } from "./ledger.js";
import { ribbonLinks, sheetLinks } from "./links.js";
import { full, integers, short } from "./numbers.js";
import { hiddenCells, judged, PredictPanel, verdict } from "./predict.js";
import { GRIDS, LETTERS, light, makeScene } from "./scene.js";
import { observe, read, write } from "./store.js";
import { TraceView } from "./trace_view.js";
import { toNested } from "./arrays.js";

const BEAT = 750;
const SWEEP_BEAT = 50;
const SWEEP_STEPS = 120;
const OPERATORS = { kernel: "⊗", output: "=", delta: "⊗", "weight-gradient": "=", "input-gradient": "=" };

export class View {
  constructor(model, el) {
    this.model = model;
    this.home = read(model);
    this.hover = null;
    this.root = element("section", {
      class: "cnnlib linked-grids",
      "data-cnnlib": "linked-grids",
      "data-lm-suppress-shortcuts": "true",
      role: "group",
    });
    el.append(this.root);
    this.#listen();
    this.build();
    this.unobserve = observe(model, () => this.refresh());
    this.resized = new ResizeObserver(() => this.#fit());
    this.resized.observe(this.root);
  }

  destroy() {
    this.pause();
    this.unobserve();
    this.resized.disconnect();
    this.root.remove();
  }

  // Everything that depends on which grids there are and how large they are.
  #structureKey({ state, scene }) {
    const shapes = scene && state.grids.map((name) => scene.arrays[name]?.shape);
    const { grids, padding, lecture, controls, editable, title, masked, config } = state;
    return JSON.stringify([shapes, grids, padding, lecture, controls, editable, title, masked, config]);
  }

  refresh() {
    const state = read(this.model);
    const scene = makeScene(state);
    if (this.#structureKey({ state, scene }) !== this.key) return this.build();
    Object.assign(this, { state, scene });
    this.paint();
  }

  build() {
    this.closeEditor?.();
    this.state = read(this.model);
    this.scene = makeScene(this.state);
    this.key = this.#structureKey(this);
    const focused = this.root.contains(document.activeElement) && this.#cellOf(document.activeElement);
    mark(this.root, "data-config", this.state.config);
    mark(this.root, "data-size", this.state.lecture ? "lecture" : null);
    mark(this.root, "aria-label", this.state.title || "linked grids");
    if (!this.scene) return this.#trouble();
    this.names = this.state.grids.filter((name) => this.scene.arrays[name]);
    this.stepped = this.names.at(-1);
    this.root.replaceChildren(this.#header(), this.#stage(), ...this.#below());
    this.width = 0;
    this.#fit();
    if (focused) this.#focus(focused);
  }

  #trouble() {
    this.grids = {};
    this.root.replaceChildren(element("p", { class: "trouble", role: "status" },
      "The kernel does not fit into the padded input. Make the padding larger, or the kernel or the dilation smaller."));
  }

  #header() {
    const { controls } = this.state;
    const wanted = (name) => controls.includes(name);
    this.moves = ["stride", "padding", "dilation"].filter(wanted).map((name) => [name, moveSelect(name, (key, value) => this.#set({ [key]: value }))]);
    this.notation = wanted("notation")
      ? choice("letters", [["course", "o, w, x"], ["S", "S: y, w, x"], ["PyTorch", "PyTorch"]], (value) => this.#set({ notation: value }))
      : null;
    const large = wanted("size")
      ? button("Large", () => this.#set({ lecture: !this.state.lecture }), { label: "Large type for projecting", pressed: String(this.state.lecture) })
      : null;
    const random = wanted("random") ? button("New numbers", () => this.#randomise()) : null;
    const reset = wanted("reset") ? button("Reset", () => this.#reset()) : null;
    return element("header", {},
      element("div", { class: "title" }, this.state.title),
      element("div", { class: "settings" }, ...this.moves.map(([, move]) => move.root), this.notation?.root, random, reset, large));
  }

  #stage() {
    const { scene, state } = this;
    this.long = scene.axes === 1 && scene.arrays.input.shape[0] > MOST_IN_A_ROW;
    this.grids = Object.fromEntries(this.names.map((name) => [name, this.#gridView(name)]));
    this.links = svg("svg", { class: "links", "aria-hidden": "true" });
    this.products = element("div", { class: "products", "aria-hidden": "true" });
    this.operators = scene.axes === 1 ? [] : this.names.slice(1).map((name) => element("span", { class: "operator", "aria-hidden": "true" }, OPERATORS[name]));
    this.board = element("div", { class: "board" }, this.links, this.products, ...this.operators, ...Object.values(this.grids).map((grid) => grid.root));
    return element("div", { class: "stage" }, this.board);
  }

  #gridView(name) {
    const array = this.scene.arrays[name];
    if (this.long && GRIDS[name].axis !== "weight") return new TraceView(name, array);
    const view = new GridView(name, array, { padding: this.state.padding, editable: this.state.editable.includes(name) });
    view.root.classList.toggle("editable", view.editable);
    return view;
  }

  #below() {
    this.formula = element("div", { class: "formula", "data-part": "formula" });
    this.live = element("div", { class: "for-readers", "aria-live": "polite" });
    this.hint = element("div", { class: "hint", "data-part": "hint", role: "status" });
    this.panel = this.state.masked ? new PredictPanel({ revealOne: () => this.#reveal(this.focus), revealAll: () => this.#reveal() }) : null;
    this.steps = this.state.controls.includes("step") ? stepControls((act, value) => this.#act(act, value)) : null;
    this.ledgerList = element("ol");
    this.ledger = element("details", { class: "ledger", "data-part": "ledger", ontoggle: () => this.#ledger() },
      element("summary", {}, "Every sum as text"), this.ledgerList);
    const bar = this.steps ? element("div", { class: "controls" }, this.steps.root) : null;
    return [this.formula, this.live, this.hint, this.panel?.root, bar, this.ledger].filter(Boolean);
  }

  #fit() {
    const width = Math.floor(this.root.clientWidth - 34);
    if (!this.scene || width <= 0 || width === this.width) return;
    this.width = width;
    this.size = SIZES[this.state.lecture ? "lecture" : "normal"];
    this.paint();
  }

  // The cell in the picture: pointed at, else selected, else where the steps have got to.
  get focus() {
    const [grid, index] = this.state.selected;
    if (this.hover) return this.hover;
    if (grid && index < this.grids[grid]?.count) return { grid, index };
    return { grid: this.stepped, index: this.position };
  }

  get position() {
    return Math.max(0, Math.min(this.state.position, this.grids[this.stepped].count - 1));
  }

  paint() {
    if (!this.scene || !this.width) return;
    const pick = this.focus;
    const lit = light(this.scene, pick);
    this.hidden = hiddenCells(this.state, this.scene.arrays[this.state.masked]?.values.length ?? 0);
    const secret = pick.grid === this.state.masked && this.hidden.has(pick.index);
    this.#place(pick);
    this.#paintGrids(pick, lit);
    this.#paintLinks(pick, lit, secret);
    this.#paintText(pick, secret);
    this.#paintControls();
  }

  #place(pick) {
    const list = this.names.map((name) => ({ name, axis: GRIDS[name].axis }));
    const room = { width: this.width, size: this.size, height: window.innerHeight * 0.4 };
    this.layout = this.long ? traceLayout(this.scene, list, room) : this.scene.axes === 1
      ? ribbonLayout(this.scene, list, { ...room, ridden: this.#ridden(pick) })
      : sheetLayout(this.scene, list, room);
    this.board.style.width = `${this.layout.width}px`;
    this.board.style.height = `${this.layout.height}px`;
    for (const name of this.names) this.grids[name].place(this.layout.boxes[name], this.size);
    this.operators.forEach((node, n) => this.#placeOperator(node, n));
  }

  #placeOperator(node, n) {
    const [before, after] = [this.layout.boxes[this.names[n]], this.layout.boxes[this.names[n + 1]]];
    const rows = this.scene.arrays[this.names[n + 1]].shape[0];
    const width = this.layout.between;
    const sameLine = after.x > before.x;
    const x = sameLine ? after.x - this.size.ruler - width : after.x - this.size.ruler - width / 2;
    const y = after.y + (rows * after.pitchY) / 2 - this.size.operator / 2;
    node.style.cssText = `transform:translate(${x}px,${y}px);width:${width}px;height:${this.size.operator}px`;
  }

  // Along one axis the kernel rides under the input; it stays while another grid is pointed at.
  #ridden(pick) {
    const { stride, padding, dilation } = this.scene.move;
    if (this.stepped === "weight-gradient") {
      const weight = GRIDS[pick.grid].axis === "weight" ? pick.index : this.position;
      return { grid: "delta", column: dilation * weight - padding };
    }
    if (this.stepped !== "output") return null;
    const output = GRIDS[pick.grid].axis === "output" ? pick.index : this.position;
    return { grid: "kernel", column: stride * output - padding };
  }

  #paintGrids(pick, lit) {
    const badges = this.#badges(pick, lit);
    for (const name of this.names) {
      const view = this.grids[name];
      const hidden = name === this.state.masked ? this.hidden : new Set();
      const { axis } = GRIDS[name];
      const own = axis === GRIDS[pick.grid].axis;
      view.name_(this.state.notation);
      view.write(this.scene.arrays[name], hidden);
      view.highlight(own ? new Set([pick.index]) : lit[axis], name === pick.grid ? pick.index : null, badges.get(name));
      if (name === this.stepped) this.#paintSteps(view);
    }
  }

  #paintSteps(view) {
    this.board.classList.toggle("playing", Boolean(this.timer));
    const right = new Set(this.state.guesses.filter((guess) => guess.right).map((guess) => guess.index));
    view.cells?.forEach((cell, n) => {
      mark(cell, "data-ahead", this.timer && n > this.position ? "true" : null);
      mark(cell, "data-guess", this.state.masked === view.name && right.has(n) ? "right" : null);
    });
  }

  // On two axes a small number on each partner says which weight it meets.
  #badges(pick, lit) {
    if (this.scene.axes === 1) return new Map();
    const { taps, arrays } = this.scene;
    const weightAt = (cells) => new Map([...cells].map(([cell, n]) => [cell, short(arrays.kernel.values[taps.weight[n]])]));
    const { axis } = GRIDS[pick.grid];
    if (axis === "output") return new Map([["input", weightAt(lit.input)]]);
    if (axis === "input") return new Map([["output", weightAt(lit.output)], ["delta", weightAt(lit.output)]]);
    return new Map();
  }

  #paintLinks(pick, lit, secret) {
    const { scene, layout } = this;
    if (this.long) return;
    if (scene.axes === 1) {
      const { stride, padding } = scene.move;
      const byOutput = GRIDS[pick.grid].axis === "input";
      const chipColumn = (n) => (byOutput ? stride * scene.taps.output[n] - padding : scene.taps.input[n]);
      const formula = makeFormula(scene, pick);
      const { paths, chips } = ribbonLinks({ scene, layout, lit, formula, first: this.names[0], last: this.stepped, chipColumn });
      this.links.replaceChildren(...paths);
      this.products.replaceChildren(...chips);
      if (secret) chips.forEach((chip) => ((chip.textContent = "?"), (chip.title = "")));
      this.products.classList.toggle("still", Boolean(this.hover));
    } else {
      const grids = this.names.map((name) => ({ name, axis: GRIDS[name].axis }));
      this.links.replaceChildren(...sheetLinks({ scene, layout, lit, pick, grids }));
    }
  }

  #paintText(pick, secret) {
    const formula = makeFormula(this.scene, pick, this.state.notation);
    this.formula.replaceChildren(...formulaNodes(formula, secret));
    const text = textOf(formula, { masked: secret });
    // The pointer's formula is for the eye; only what is selected or stepped to is read out.
    if (!this.hover && !this.timer && this.live.textContent !== text) this.live.textContent = text;
    const said = this.state.masked ? verdict(this.state, this.scene, (n) => symbol(this.scene, this.state.notation, this.state.masked, n)) : null;
    const message = said?.text ?? "";
    if (this.hint.textContent !== message) this.hint.textContent = message;
    mark(this.hint, "data-verdict", said?.verdict);
    if (this.ledger.open) this.#ledger();
  }

  #paintControls() {
    const { state, scene } = this;
    this.panel?.update(state, this.hidden);
    this.notation?.update(state.notation);
    for (const [, move] of this.moves) move.update(state, scene.arrays.input.shape, scene.arrays.kernel.shape);
    this.steps?.update({
      position: this.position,
      count: this.grids[this.stepped].count,
      playing: Boolean(this.timer),
      title: GRIDS[this.stepped].title,
    });
  }

  #ledger() {
    if (!this.ledger.open) return;
    const { scene, state, stepped } = this;
    fillLedger(this.ledgerList, this.grids[stepped].count, (index) => {
      const masked = stepped === state.masked && this.hidden.has(index);
      return textOf(makeFormula(scene, { grid: stepped, index }, state.notation), { masked });
    });
  }

  // What a person does

  #listen() {
    const { root } = this;
    const pointed = (event) => event.pointerType !== "touch" && this.#pointAt(this.#cellAt(event));
    root.addEventListener("pointerover", pointed);
    root.addEventListener("pointermove", (event) => this.long && pointed(event));
    root.addEventListener("pointerleave", () => this.#pointAt(null));
    root.addEventListener("click", (event) => this.#clicked(event));
    root.addEventListener("dblclick", (event) => this.#edit(this.#cellAt(event)));
    root.addEventListener("focusin", (event) => this.#focused(event));
    root.addEventListener("keydown", (event) => this.#key(event));
  }

  #cellAt(event) {
    const name = event.target.closest?.("[data-trace]")?.dataset.trace;
    return name ? { grid: name, index: this.grids[name].indexAt(event) } : this.#cellOf(event.target);
  }

  #cellOf(node) {
    const name = node.closest?.("[data-trace]")?.dataset.trace;
    if (name) return { grid: name, index: this.state.selected[0] === name ? this.state.selected[1] : this.position };
    const cell = node.closest?.("[data-grid]");
    if (!cell || !this.grids[cell.dataset.grid]) return null;
    return { grid: cell.dataset.grid, index: this.grids[cell.dataset.grid].cells.indexOf(cell) };
  }

  #pointAt(pick) {
    if (this.hover?.grid === pick?.grid && this.hover?.index === pick?.index) return;
    this.hover = pick;
    this.paint();
  }

  #select(pick) {
    const onSteps = pick.grid === this.stepped;
    this.#set({ selected: [pick.grid, pick.index], ...(onSteps ? { position: pick.index } : {}) });
  }

  #clicked(event) {
    const pick = this.#cellAt(event);
    if (!pick || event.target.matches("input")) return;
    this.pause();
    const again = this.state.selected[0] === pick.grid && this.state.selected[1] === pick.index;
    if (again || this.#isHidden(pick)) this.#edit(pick);
    this.#select(pick);
  }

  #focused(event) {
    const pick = this.#cellOf(event.target);
    if (!pick || event.target.matches("input")) return;
    this.grids[pick.grid].stopAt(pick.index);
    const [grid, index] = this.state.selected;
    if (grid !== pick.grid || index !== pick.index) this.#select(pick);
  }

  #key(event) {
    const pick = this.#cellOf(event.target);
    if (event.target.matches("select, input, button, summary") && event.key !== "Escape") return;
    const act = meaning(event, Boolean(pick));
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    if (act === "move") this.#moveTo({ grid: pick.grid, index: this.#after(event.key, pick) });
    else if (act === "edit") this.#edit(pick);
    else if (act === "type") this.#edit(pick, event.key);
    else if (act === "leave") this.#leave();
    else this.#act(act);
  }

  #after(key, { grid, index }) {
    const { shape, count } = this.grids[grid];
    return cellAfter(key, index, shape, count);
  }

  #moveTo(pick) {
    if (this.grids[pick.grid] instanceof TraceView) this.#select(pick);
    this.#focus(pick);
  }

  #focus({ grid, index }) {
    this.grids[grid]?.focusOn(index);
  }

  #leave() {
    this.pause();
    this.hover = null;
    this.#set({ selected: [] });
    document.activeElement?.blur();
  }

  #isHidden = (pick) => pick.grid === this.state.masked && this.hidden.has(pick.index);

  #edit(pick, typed) {
    if (!pick) return;
    const secret = this.#isHidden(pick);
    if (!this.grids[pick.grid].cells || (!secret && !this.grids[pick.grid].editable)) return;
    this.closeEditor?.();
    const cell = this.grids[pick.grid].cells[pick.index];
    const value = this.scene.arrays[pick.grid].values[pick.index];
    this.closeEditor = openEditor(cell, {
      text: typed ?? (secret ? "" : full(value)),
      label: secret ? "your prediction" : `new value, ${pick.grid} ${pick.index}`,
      keep: (number) => (secret ? this.#guess(pick, number) : this.#change(pick, number)),
      done: () => (this.closeEditor = null),
    });
  }

  #guess(pick, number) {
    this.#set(judged(this.state, this.scene, pick, number, this.panel.sure));
  }

  #change({ grid, index }, number) {
    const { shape, values } = this.scene.arrays[grid];
    this.#set({ [grid]: toNested({ shape, values: values.with(index, number) }) });
  }

  #reveal(pick) {
    const all = [...this.hidden];
    this.#set({ revealed: [...this.state.revealed, ...(pick ? [pick.index] : all)] });
  }

  #randomise() {
    const seed = this.state.seed + 1;
    const changes = { seed, revealed: [], guesses: [] };
    this.state.editable.filter((name) => this.scene.arrays[name]).forEach((name, n) => {
      const { shape, values } = this.scene.arrays[name];
      changes[name] = toNested({ shape, values: integers(1000 * n + seed, values.length) });
    });
    this.#set(changes);
  }

  #reset() {
    const { input, kernel, delta, stride, padding, dilation } = this.home;
    this.pause();
    this.#set({ input, kernel, delta, stride, padding, dilation, position: 0, selected: [], revealed: [], guesses: [] });
  }

  #set(changes) {
    const delta = changes.delta ?? this.state.delta;
    if (delta && ("stride" in changes || "padding" in changes || "dilation" in changes)) {
      const scene = makeScene({ ...this.state, ...changes });
      if (scene) changes.delta = toNested(scene.arrays.delta);
    }
    write(this.model, changes);
    this.refresh();
  }

  #act(act, value) {
    const last = this.grids[this.stepped].count - 1;
    if (act === "play") return this.timer ? this.pause() : this.play();
    const wrapped = this.position === last ? 0 : this.position + 1;
    const to = { first: 0, last, back: Math.max(0, this.position - 1), next: wrapped, goto: value }[act];
    if (this.timer) this.pause();
    this.#stepTo(to);
  }

  #stepTo(position) {
    this.hover = null;
    this.#set({ position, selected: [] });
  }

  play() {
    this.timer = setInterval(() => this.#beat(), this.long ? SWEEP_BEAT : BEAT);
    const ended = this.position === this.grids[this.stepped].count - 1;
    this.#stepTo(ended ? 0 : this.position);
  }

  #beat() {
    if (!this.root.isConnected) return this.pause();
    if (this.position === this.grids[this.stepped].count - 1) return this.pause();
    const { count } = this.grids[this.stepped];
    const stride = this.long ? Math.ceil(count / SWEEP_STEPS) : 1;
    this.#stepTo(Math.min(count - 1, this.position + stride));
  }

  pause() {
    if (!this.timer) return;
    clearInterval(this.timer);
    this.timer = null;
    this.paint();
  }
}

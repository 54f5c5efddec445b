// One picture of one model: builds the parts, listens, and paints what the state says.
import { toNested } from "./arrays.js";
import { stepControls } from "./controls.js";
import { element, keepKeys, mark } from "./dom.js";
import { openEditor } from "./editor.js";
import { Gestures } from "./gestures.js";
import { Header } from "./header.js";
import { SIZES } from "./layout.js";
import { full, integers } from "./numbers.js";
import { Player } from "./player.js";
import { GRIDS, light } from "./scene.js";
import { makeSteps } from "./steps.js";
import { observe, read, write } from "./store.js";
import { TextPanel } from "./text_panel.js";

const BORDERS = 34;
const NONE = new Set();
const TROUBLE = "The kernel does not fit into the padded input. Make the padding larger, or the kernel or the dilation smaller.";
const MOST_OF_SCREEN = { normal: 0.4, lecture: 0.5 };
const RESETTABLE = ["input", "kernel", "delta", "stride", "padding", "dilation", "connections", "below", "direction", "turn", "kind", "size"];

// With one of these, every cell to be predicted is another sum.
const QUESTION = ["stride", "padding", "dilation", "kind", "size"];

// A scene may know grids that its picture leaves out.
const isShown = ({ arrays, shown }, name) => Boolean(arrays[name]) && (shown?.includes(name) ?? true);

export class View {
  constructor(model, el, kit) {
    this.model = model;
    this.kit = kit;
    this.home = read(model);
    this.hover = null;
    this.root = element("section", {
      class: "cnnlib linked-grids",
      "data-cnnlib": "linked-grids",
      "data-lm-suppress-shortcuts": "true",
      role: "group",
    });
    el.append(this.root);
    keepKeys(this.root);
    this.gestures = new Gestures(this, this.root);
    this.player = new Player({
      count: () => this.steps.count,
      position: () => this.position,
      goto: (position) => this.#goto(position),
      stopped: () => this.paint(),
    });
    this.#build();
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

  // Building: everything that depends on which grids there are and how large they are.

  #structureKey({ state, scene }) {
    const shapes = scene && state.grids.map((name) => isShown(scene, name) && scene.arrays[name].shape);
    const { grids, padding, lecture, controls, editable, title, masked, config, delta } = state;
    return JSON.stringify([shapes, grids, padding, lecture, controls, editable, title, masked, config, !delta]);
  }

  refresh() {
    const state = read(this.model);
    // The model tells of our own changes too: these are painted already.
    if (Object.keys(state).every((name) => state[name] === this.state[name])) return;
    const scene = this.kit.scene(state);
    if (this.#structureKey({ state, scene }) !== this.key) return this.#build();
    Object.assign(this, { state, scene });
    this.stepped = this.#steppedThrough(this.stage?.names);
    this.paint();
  }

  // The grid whose cells the slider counts: the last one, unless the picture says otherwise.
  #steppedThrough(names) {
    return this.kit.stepped?.(this.state) ?? names?.at(-1);
  }

  #build() {
    const focused = this.gestures.cellOf(document.activeElement ?? this.root);
    const control = this.header?.controls().indexOf(document.activeElement) ?? -1;
    this.closeEditor?.();
    this.state = read(this.model);
    this.scene = this.kit.scene(this.state);
    this.key = this.#structureKey(this);
    mark(this.root, "data-config", this.state.config);
    mark(this.root, "data-size", this.state.lecture ? "lecture" : null);
    mark(this.root, "aria-label", this.state.title || "linked grids");
    if (!this.scene) return this.#buildTrouble();
    this.#buildParts();
    this.width = 0;
    this.#fit();
    if (focused && this.grids[focused.grid]) this.grids[focused.grid].focusOn(focused.index);
    this.header.controls()[control]?.focus();
  }

  #buildTrouble() {
    this.stage = null;
    this.root.replaceChildren(element("p", { class: "trouble", role: "status" }, this.kit.trouble ?? TROUBLE));
  }

  #buildParts() {
    const { state, scene } = this;
    const names = state.grids.filter((name) => isShown(scene, name));
    this.stepped = this.#steppedThrough(names);
    this.header = new Header(state, this);
    this.stage = new (this.kit.stage(state, scene))(state, scene, names, this);
    this.total = state.controls.includes("total") && scene.arrays.delta ? this.kit.total?.(state) : null;
    this.text = new TextPanel(this.kit.predict?.verdict, this.kit.sentence);
    this.panel = state.masked && this.kit.predict
      ? new this.kit.predict.PredictPanel({ revealOne: () => this.#reveal([this.focus.index]), revealAll: () => this.#reveal([...this.hidden]) })
      : null;
    this.controls = state.controls.includes("step") ? stepControls((act, value) => this.act(act, value)) : null;
    const bar = this.controls && element("div", { class: "controls" }, this.controls.root);
    const parts = [this.header.root, this.stage.root, this.text.formula, this.text.live, this.text.hint, this.panel?.root, this.total?.root, bar, this.text.ledger];
    this.root.replaceChildren(...parts.filter(Boolean));
  }

  #fit() {
    const width = Math.floor(this.root.clientWidth - BORDERS);
    if (!this.stage || width <= 0 || width === this.width) return;
    this.width = width;
    this.stage.moveIn();
    this.size = SIZES[this.state.lecture ? "lecture" : "normal"];
    this.paint();
  }

  // Painting: what the state says, every number anew.

  get grids() {
    return this.stage?.grids ?? {};
  }

  get position() {
    return Math.max(0, Math.min(this.state.position, this.steps.count - 1));
  }

  // The cell in the picture: pointed at, else selected, else where the steps have got to.
  get focus() {
    const [grid, index] = this.state.selected;
    if (this.#isThere(this.hover)) return this.hover;
    if (this.#isThere({ grid, index })) return { grid, index };
    return { grid: this.stepped, index: this.steps.at(this.position).index, stepping: true };
  }

  // Another setting may have taken the grid, or the cell, out of the picture.
  #isThere(pick) {
    return pick?.index < this.grids[pick?.grid]?.count;
  }

  paint() {
    if (!this.stage || !this.width) return;
    const picture = this.#picture();
    this.stage.paint(picture);
    this.#paintProgress(picture);
    this.text.paint(picture);
    this.header.update(this.state, this.scene);
    this.panel?.update(this.state, this.hidden);
    this.total?.update(this.scene);
    const title = this.steps.title ?? (this.state.by === "product" ? "product" : GRIDS[this.stepped].title);
    this.controls?.update({ position: this.position, count: this.steps.count, playing: this.player.playing, title });
  }

  #picture() {
    const { state, scene, stepped, width, size } = this;
    this.steps = (this.kit.steps ?? makeSteps)(scene, stepped, state.by);
    this.hidden = this.kit.predict?.hiddenCells(state, scene.arrays[state.masked]?.values.length ?? 0) ?? NONE;
    const pick = this.focus;
    const at = this.steps.at(this.position);
    const lit = light(scene, pick, pick.stepping ? at.terms : null);
    const height = window.innerHeight * MOST_OF_SCREEN[state.lecture ? "lecture" : "normal"];
    return {
      state, scene, stepped, width, size, height, pick, at, lit,
      hidden: this.hidden,
      secret: this.isHidden(pick),
      partial: pick.stepping && at.terms ? { index: pick.index, value: lit.sum } : null,
      hovered: Boolean(this.hover),
      announced: !this.player.playing && (!this.hover || this.isSelected(this.hover)),
      playing: this.player.playing,
    };
  }

  // Results not reached yet stay empty while it plays, or while products come in one by one.
  #paintProgress({ at, playing, pick, state }) {
    const growing = playing || (state.by === "product" && pick.stepping);
    const right = new Set(state.guesses.filter((guess) => guess.right).map((guess) => guess.index));
    this.grids[this.stepped].cells?.forEach((cell, n) => {
      mark(cell, "data-ahead", growing && n > at.index ? "true" : null);
      mark(cell, "data-guess", state.masked === this.stepped && right.has(n) ? "right" : null);
    });
  }

  // What a person can do.

  pointAt(pick) {
    if (this.hover?.grid === pick?.grid && this.hover?.index === pick?.index) return;
    this.hover = pick;
    this.paint();
  }

  isSelected({ grid, index }) {
    return this.state.selected[0] === grid && this.state.selected[1] === index;
  }

  isHidden = ({ grid, index }) => grid === this.state.masked && this.hidden.has(index);

  select({ grid, index }) {
    const position = grid === this.stepped ? { position: this.steps.endOf(index) } : {};
    this.set({ selected: [grid, index], ...position });
  }

  leave() {
    this.pause();
    this.hover = null;
    this.set({ selected: [] });
    document.activeElement?.blur();
  }

  act(act, value) {
    this.player.act(act, value);
  }

  pause() {
    this.player.pause();
  }

  #goto(position) {
    this.choose({ position, selected: [] });
  }

  // A choice comes before the cell that the pointer happens to rest on.
  choose(changes) {
    this.hover = null;
    this.set(changes);
  }

  edit(pick, typed) {
    const grid = this.grids[pick?.grid];
    if (!grid?.cells || !(this.isHidden(pick) || grid.editable)) return;
    const secret = this.isHidden(pick);
    const shown = full(this.scene.arrays[pick.grid].values[pick.index]);
    this.closeEditor?.();
    this.closeEditor = openEditor(grid.cells[pick.index], {
      text: typed ?? (secret ? "" : shown),
      select: typed === undefined,
      label: secret ? "your prediction" : `new value for ${GRIDS[pick.grid].title} ${pick.index}`,
      keep: (number) => (secret ? this.#guess(pick, number) : this.#change(pick, number)),
      done: () => (this.closeEditor = null),
    });
  }

  #guess(pick, number) {
    this.set(this.kit.predict.judged(this.state, this.scene, pick, number, this.panel.sure));
  }

  #change({ grid, index }, number) {
    const { shape, values } = this.scene.arrays[grid];
    this.set({ [grid]: toNested({ shape, values: values.with(index, number) }) });
  }

  #reveal(cells) {
    this.set({ revealed: [...this.state.revealed, ...cells] });
  }

  randomise() {
    const seed = this.state.seed + 1;
    const changes = { seed, revealed: this.home.revealed, guesses: [] };
    const shown = this.state.editable.filter((name) => this.grids[name]?.cells);
    shown.forEach((name, n) => {
      const { shape, values } = this.scene.arrays[name];
      changes[name] = toNested({ shape, values: integers(1000 * n + seed, values.length) });
    });
    this.set(changes);
  }

  reset() {
    this.pause();
    const home = Object.fromEntries(RESETTABLE.filter((name) => this.home[name] !== undefined).map((name) => [name, this.home[name]]));
    this.set({ ...home, position: this.home.position, revealed: this.home.revealed, selected: [], guesses: [] });
  }

  set(changes) {
    write(this.model, this.#withDelta({ ...this.#forgotten(changes), ...changes }));
    this.refresh();
  }

  // What was found out under another geometry is an answer to another question.
  #forgotten(changes) {
    const asksAnew = QUESTION.some((name) => name in changes && changes[name] !== this.state[name]);
    return asksAnew && this.state.masked ? { revealed: this.home.revealed, guesses: [] } : {};
  }

  // Another stride or padding gives another output: the deltas are fitted in the same change.
  #withDelta(changes) {
    const scene = this.state.delta && this.kit.scene({ ...this.state, ...changes });
    return scene?.arrays.delta ? { ...changes, delta: toNested(scene.arrays.delta) } : changes;
  }
}

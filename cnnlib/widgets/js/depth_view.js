// A bar for each layer, on a scale of powers of ten: what is left of delta there.
import { button, choice } from "./controls.js";
import { FUNCTIONS, measure, WEIGHTS } from "./depth_sums.js";
import { between, factor, heightOf, placesOf, powers, rangeOf, said, summary } from "./depth_words.js";
import { element, mark } from "./dom.js";
import { ModelView } from "./model_view.js";
import { short } from "./numbers.js";

const NAMES = ["activation", "initialisation", "gain", "bias", "depth", "seed", "controls", "title", "lecture"];
const SLIDERS = {
  depth: { label: "layers", min: 1, max: 30, step: 1 },
  gain: { label: "all weights ×", min: 0.1, max: 4, step: 0.05 },
  bias: { label: "bias", min: -2, max: 2, step: 0.1 },
};
const HOW = "Point at a layer, or go there with the arrow keys: what did its weights and its f′ do to δ?";
const MOST_WITH_FACTORS = 12;
const named = (records) => Object.entries(records).map(([name, { label }]) => [name, label]);

export class DepthView extends ModelView {
  constructor(model, el) {
    super(model, el, NAMES, { name: "depth-plot" });
    this.pointed = null;
    this.#build();
    this.begin();
  }

  #build() {
    const offered = this.model.get("controls");
    const wanted = (name, make) => (offered.includes(name) ? make() : null);
    this.home = Object.fromEntries(NAMES.map((name) => [name, this.model.get(name)]));
    this.title = element("div", { class: "title" });
    this.large = button("Large", () => this.set({ lecture: !this.state.lecture }), { label: "Large type for projecting", pressed: "false" });
    this.choices = {
      activation: wanted("activation", () => choice("f", named(FUNCTIONS), (activation) => this.set({ activation }))),
      initialisation: wanted("initialisation", () => choice("weights", named(WEIGHTS), (initialisation) => this.set({ initialisation }))),
    };
    this.fresh = wanted("random", () => button("New weights", () => this.set({ seed: (this.state.seed + 1) % 2 ** 32 })));
    this.sliders = Object.fromEntries(Object.keys(SLIDERS).filter((name) => offered.includes(name)).map((name) => [name, this.#slider(name)]));
    const reset = offered.length > 1 ? button("Reset", () => this.#reset()) : null;
    const header = [...Object.values(this.choices).map((control) => control?.root), this.fresh, reset, offered.includes("size") ? this.large : null];
    this.root.append(
      element("header", {}, this.title, element("div", { class: "settings" }, ...header.filter(Boolean))),
      element("div", { class: "sliders" }, ...Object.values(this.sliders).map(({ root }) => root)),
      this.#chart(), this.#words());
  }

  #reset() {
    const { activation, initialisation, gain, bias, depth, seed } = this.home;
    this.set({ activation, initialisation, gain, bias, depth, seed });
  }

  #slider(name) {
    const { label, ...range } = SLIDERS[name];
    const value = element("output", { class: "value" });
    const handle = element("input", { type: "range", ...range, "aria-label": label, oninput: () => this.#drag(name, Number(handle.value)), onchange: () => this.model.save_changes() });
    return { root: element("label", { class: "slider" }, element("span", {}, label), handle, value), handle, value };
  }

  // The picture follows the handle; the kernel hears of it once the handle is let go.
  #drag(name, value) {
    this.model.set(name, value);
    this.paint();
  }

  #chart() {
    this.rules = element("div", { class: "rules", "aria-hidden": "true" });
    this.bars = element("div", { class: "bars role-delta", role: "row" });
    this.bars.addEventListener("pointerover", (event) => this.#point(this.#layerOf(event)));
    this.bars.addEventListener("pointerleave", () => this.#point(null));
    this.bars.addEventListener("focusin", (event) => this.#point(this.#layerOf(event)));
    this.bars.addEventListener("focusout", () => this.#point(null));
    this.bars.addEventListener("keydown", (event) => this.#key(event));
    this.plot = element("div", { class: "plot", role: "grid", "aria-readonly": "true" }, this.rules, this.bars);
    this.weights = element("div", { class: "factors" });
    this.slopes = element("div", { class: "factors" });
    this.table = element("div", { class: "table", "aria-hidden": "true" }, element("div", { class: "what" }, "× w"), this.weights, element("div", { class: "what" }, "× f′"), this.slopes);
    const ends = element("div", { class: "ends" }, element("span", {}, "next to the input"), element("span", { class: "way" }, "⟵ δ comes this way"), element("span", {}, "next to E"));
    return element("div", { class: "chart" }, this.plot, this.table, ends);
  }

  #words() {
    this.verdict = element("div", { class: "verdict", "data-part": "verdict", role: "status" });
    this.formula = element("div", { class: "formula", "data-part": "formula" });
    this.lines = element("ol");
    this.ledger = element("details", { class: "ledger", "data-part": "ledger", ontoggle: () => this.paint() }, element("summary", {}, "Every layer as text"), this.lines);
    return element("footer", {}, this.verdict, this.formula, this.ledger);
  }

  #layerOf(event) {
    const at = event.target.closest("[data-index]")?.dataset.index;
    return at === undefined ? null : Number(at) - 1;
  }

  #point(layer) {
    this.pointed = layer;
    this.#paintWords();
  }

  #key(event) {
    const { key } = event;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if ((!step && key !== "Home" && key !== "End") || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const last = this.state.depth - 1;
    const to = key === "Home" ? 0 : key === "End" ? last : between(0, (this.pointed ?? last) + step, last);
    this.bars.children[to].focus();
  }

  paint() {
    const before = this.state?.depth;
    this.state = Object.fromEntries(NAMES.map((name) => [name, this.model.get(name)]));
    const { state } = this;
    this.layers = measure(state);
    this.range = rangeOf(this.layers);
    if (before !== state.depth) this.#paintCells(state.depth);
    if (this.pointed >= state.depth) this.pointed = null;
    this.title.textContent = state.title;
    mark(this.root, "aria-label", state.title);
    mark(this.root, "data-size", state.lecture ? "lecture" : null);
    mark(this.large, "aria-pressed", String(state.lecture));
    this.choices.activation?.update(state.activation);
    this.choices.initialisation?.update(state.initialisation);
    if (this.fresh) this.fresh.disabled = state.initialisation === "ones";
    for (const [name, { handle, value }] of Object.entries(this.sliders)) {
      handle.value = state[name];
      value.textContent = short(state[name]);
      mark(handle, "aria-valuetext", short(state[name]));
    }
    this.#paintRules();
    this.layers.forEach((layer, n) => this.#paintBar(layer, n));
    this.#paintWords();
  }

  #paintCells(depth) {
    const cell = (n) => element("div", { class: "layer", role: "gridcell", tabindex: n === depth - 1 ? 0 : -1, "data-grid": "delta", "data-index": n + 1 },
      element("span", { class: "bar" }), element("span", { class: "most" }), element("span", { class: "number" }, String(n + 1)));
    const all = Array.from({ length: depth }, (_, n) => n);
    this.bars.replaceChildren(...all.map(cell));
    for (const row of [this.weights, this.slopes]) row.replaceChildren(...all.map(() => element("span")));
    this.root.style.setProperty("--layers", depth);
    this.table.hidden = depth > MOST_WITH_FACTORS;
    mark(this.plot, "aria-label", `size of δ at each of ${depth} layers, in powers of ten`);
  }

  #paintRules() {
    const key = this.range.join();
    if (this.rules.key === key) return;
    this.rules.key = key;
    this.rules.replaceChildren(...powers(this.range).map((power) => {
      const label = element("span", {}, ...(power ? ["10", element("sup", {}, short(power))] : ["1"]));
      return element("div", { class: power ? "rule" : "rule one", style: `bottom:${heightOf(10 ** power, this.range)}%` }, label);
    }));
  }

  #paintBar(layer, n) {
    const cell = this.bars.children[n];
    const [bar, most] = cell.children;
    const { bottom, height, cut } = placesOf(layer.size, this.range);
    bar.style.cssText = `bottom:${bottom}%;height:${height}%`;
    mark(cell, "data-cut", cut);
    mark(cell, "data-dead", layer.dead || null);
    const bound = this.state.initialisation === "ones" && this.state.gain === 1 && FUNCTIONS[this.state.activation].most ** (this.state.depth - n);
    most.hidden = !bound || bound === 1;
    if (bound) most.style.bottom = `${heightOf(bound, this.range)}%`;
    mark(cell, "aria-label", said(layer, n, this.state.depth));
    this.weights.children[n].textContent = factor(layer.weights);
    this.slopes.children[n].textContent = factor(layer.slope);
  }

  #paintWords() {
    const { layers, state, pointed } = this;
    for (const [n, cell] of [...this.bars.children].entries()) mark(cell, "data-lit", n === pointed ? "delta" : null);
    this.verdict.textContent = summary(layers, WEIGHTS[state.initialisation].width);
    this.formula.textContent = pointed === null ? HOW : said(layers[pointed], pointed, layers.length);
    if (this.ledger.open) this.lines.replaceChildren(...layers.map((layer, n) => element("li", {}, said(layer, n, layers.length))));
  }
}

// Stride, padding, dilation in three passes: what slides over what, with the zeros that are put in.
import { positionOf } from "./arrays.js";
import { element, mark } from "./dom.js";
import { around, band, Frame } from "./flow_marks.js";
import { makeFormula } from "./formula.js";
import { GridView } from "./grid_view.js";
import { ribbonLinks } from "./links.js";
import { short } from "./numbers.js";
import { GRIDS } from "./scene.js";
import { CroppedView, SpreadView } from "./spread_views.js";
import { axisOf, Stage } from "./stage.js";
import { chipColumn, lineLayout, planeLayout } from "./stride_layout.js";
import { StrideKey } from "./stride_key.js";
import { underWindow, windowAt } from "./strides.js";
import { TurningView } from "./turning_view.js";

const READ = new Set(["input", "input-gradient"]);

export class StrideStage extends Stage {
  constructor(state, scene, names) {
    super(state, scene, names);
    this.key = new StrideKey();
    this.root.append(this.key.root);
    this.plane = scene.axes === 2;
  }

  gridView(name, state, scene) {
    const options = { editable: state.editable.includes(name), padding: state.padding };
    if (name === "delta") return new SpreadView(name, scene, options);
    if (name === "input-gradient") return new CroppedView(name, scene, options);
    if (name === "kernel" && scene.reading === "inputs") return new TurningView(name, scene.arrays.kernel, options);
    return new GridView(name, scene.arrays[name], options);
  }

  extras() {
    this.signs = ["⊗", "="].map((sign) => element("span", { class: "operator", "aria-hidden": "true", hidden: true }, sign));
    this.frame = new Frame("");
    return [...this.signs, element("div", { class: "windows" }, this.frame.root)];
  }

  arrange(picture) {
    const layout = this.plane ? planeLayout : lineLayout;
    const { pick, at, stepped } = picture;
    return layout(picture.scene, this.names, { ...picture, riding: axisOf(pick.grid) === axisOf(stepped) ? pick.index : at.index });
  }

  // On one axis the rows stand in line, and chips carry the products: no small weights needed.
  badges(picture) {
    return this.plane ? super.badges(picture) : new Map();
  }

  paint(picture) {
    if (this.names.includes("kernel") && picture.scene.reading === "inputs") this.grids.kernel.turn(true);
    super.paint(picture);
    const { scene, state } = picture;
    this.grids["input-gradient"]?.crop(scene, state.masked === "input-gradient");
    const told = scene.unread.filter((p) => state.masked !== "input-gradient" || !picture.hidden.has(p));
    const unread = new Set(told);
    for (const name of this.names.filter((n) => READ.has(n))) {
      this.grids[name].cells.forEach((cell, p) => mark(cell, "data-unread", unread.has(p) ? "true" : null));
    }
    this.key.update(scene, told);
  }

  join(picture) {
    const { scene, pick, stepped } = picture;
    const window = stepped === pick.grid ? underWindow(scene, pick) : null;
    this.#look(scene, pick);
    if (this.plane) this.#joinPlane(picture, window);
    else this.#joinLine(picture);
  }

  #look(scene, pick) {
    if (scene.reading !== "inputs") return;
    const zeros = axisOf(pick.grid) === "input" ? windowAt(scene, pick.index).filter(({ output }) => output === null) : [];
    const at = ({ z }) => String(z.map((n) => n / scene.move.stride));
    const badge = ({ weight }) => (this.plane ? short(scene.arrays.kernel.values[weight]) : null);
    this.grids.delta.look(new Map(zeros.map((zero) => [at(zero), badge(zero)])));
  }

  #joinLine({ scene, state, pick, lit, hidden, hovered }) {
    const { paths, chips } = ribbonLinks({
      scene, lit, layout: this.layout, formula: makeFormula(scene, pick),
      first: this.names[0], last: this.names.at(-1),
      chipColumn: (n) => chipColumn(scene, pick, n),
      // A product on its way into a masked cell would give it away.
      isSecret: (n) => state.masked !== "" && hidden.has(scene.taps[axisOf(state.masked)][n]),
    });
    this.links.replaceChildren(...paths);
    this.products.replaceChildren(...chips);
    this.products.classList.toggle("still", hovered);
  }

  #joinPlane(picture, window) {
    const { scene, size } = picture;
    const areas = this.names.map((name, n) => this.#area(picture, name, n === 0 && window));
    mark(this.frame.root, "class", `window role-${GRIDS[this.names[0]].role}`);
    this.frame.show(window ? areas[0] : null);
    const beside = (n) => this.layout.boxes[this.names[n]].line === this.layout.boxes[this.names[n + 1]].line;
    const bands = [0, 1].flatMap((n) => (areas[n] && areas[n + 1] && beside(n) ? band(areas[n], areas[n + 1], GRIDS[this.names[n]].role) : []));
    this.links.replaceChildren(...bands);
    this.signs.forEach((node, n) => this.#placeSign(node, this.layout.boxes[this.names[n + 1]], size));
    this.board.classList.toggle("tight", this.layout.cell < 34);
  }

  // The lit part of a grid, as a rectangle on the board.
  #area({ scene, pick, lit }, name, window) {
    if (window) return around(this.layout.boxes[name], window);
    const { shape } = scene.arrays[name];
    const cells = axisOf(name) === axisOf(pick.grid) ? [pick.index] : [...lit[axisOf(name)].keys()];
    return cells.length ? around(this.layout.boxes[name], cells.map((n) => positionOf(n, shape))) : null;
  }

  #placeSign(node, box, size) {
    const x = box.left - size.ruler - size.operator;
    const y = box.y - box.ring.top + (box.high - 4 - size.operator) / 2;
    node.hidden = false;
    node.style.cssText = `transform:translate(${x}px,${y}px);width:${size.operator}px;height:${size.operator}px`;
  }
}

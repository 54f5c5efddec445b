// The right result and what a wrong formula makes of the same numbers, cell by cell.
import { positionOf } from "./arrays.js";
import { element, mark } from "./dom.js";
import { flowLayout } from "./flow_layout.js";
import { around, band } from "./flow_marks.js";
import { GridView } from "./grid_view.js";
import { short } from "./numbers.js";
import { GRIDS, LETTERS } from "./scene.js";
import { Stage } from "./stage.js";
import { FORMULAS } from "./wrong_formulas.js";

export class WrongStage extends Stage {
  constructor(state, scene, names) {
    super(state, scene, names);
    this.claim = element("p", { class: "claim", "data-part": "claim" });
    this.root.append(this.claim);
  }

  // What the formula gives is of the kind it is compared with.
  gridView(name, state, scene) {
    const view = new GridView(name, scene.arrays[name], { editable: state.editable.includes(name) });
    if (name !== "wrong-gradient") return view;
    const { role } = GRIDS[scene.compared];
    view.root.classList.replace(`role-${view.role}`, `role-${role}`);
    return Object.assign(view, { role });
  }

  extras() {
    this.signs = this.names.slice(2).map(() => element("span", { class: "operator", "aria-hidden": "true" }));
    return this.signs;
  }

  arrange({ scene, width, height, size }) {
    return flowLayout(scene, this.names, { width, height: 0.86 * height, size });
  }

  // Which weight the picked sum, right or wrong, puts on each delta.
  badges({ scene, pick, lit }) {
    if (pick.grid === "delta" || pick.grid === "kernel") return new Map();
    const weights = [...lit.output].map(([output, weight]) => [output, short(scene.arrays.kernel.values[weight])]);
    return new Map([["delta", new Map(weights)]]);
  }

  join(picture) {
    const { scene, state } = picture;
    const { formula, comparison } = scene;
    const { name, says } = FORMULAS[formula];
    this.claim.replaceChildren(element("b", {}, name), `: ${says}.`);
    this.#caption(scene.compared, "right", picture);
    this.#caption("wrong-gradient", name, picture);
    this.grids["wrong-gradient"]?.cells.forEach((cell, p) => {
      mark(cell, "data-differs", comparison.differs[p] ? "true" : null);
      const label = cell.getAttribute("aria-label").replace(/ \(.*\)$/, "");
      mark(cell, "aria-label", `${label} (${comparison.differs[p] ? "wrong" : "as it should be"})`);
    });
    this.links.replaceChildren(...this.#bands(picture));
    this.#placeSigns(picture);
  }

  #caption(name, what, { scene, state: { notation }, width }) {
    const view = this.grids[name];
    if (!view) return;
    const letter = LETTERS[notation][scene.compared];
    view.caption.classList.remove("narrow");
    // As long as there is room: up to the next grid, or to the edge of the picture.
    const { boxes, pitch, between, width: board } = this.layout;
    const room = name === "wrong-gradient" ? (width + board) / 2 - boxes[name].x : view.shape.at(-1) * pitch + between;
    view.caption.style.maxWidth = `${room}px`;
    view.caption.querySelector(".symbol").textContent = letter;
    view.caption.querySelector(".what").textContent = what;
    mark(view.root, "aria-label", `${letter}, ${name === "wrong-gradient" ? `by the formula: ${what}` : what}, ${view.shape.join(" by ")}`);
  }

  #bands({ scene, pick, lit }) {
    if (pick.grid !== scene.compared || !lit.output.size) return [];
    const cells = (name, indices) => around(this.layout.boxes[name], indices.map((n) => positionOf(n, scene.arrays[name].shape)));
    const [from, by] = [cells("delta", [...lit.output.keys()]), cells("kernel", [...lit.weight.keys()])];
    return [...band(from, by, "delta"), ...band(by, cells(pick.grid, [pick.index]), "kernel")];
  }

  #placeSigns({ scene, size }) {
    const differ = !scene.comparison || scene.comparison.count > 0;
    const { boxes, between } = this.layout;
    this.names.slice(2).forEach((name, n) => {
      const { shape } = scene.arrays[name];
      const rows = shape.length === 1 ? 1 : shape[0];
      const box = boxes[name];
      const text = name === "wrong-gradient" ? (differ ? "≠" : "=") : "→";
      if (this.signs[n].textContent !== text) this.signs[n].textContent = text;
      const [x, y] = [box.x - size.ruler - between, box.y + (rows * box.pitchY - 4 - size.operator) / 2];
      this.signs[n].style.cssText = `transform:translate(${x}px,${y}px);width:${between}px;height:${size.operator}px`;
      this.signs[n].hidden = x < 0;
    });
  }
}

// Title and settings: what the lesson lets a reader change.
import { button, choice, moveSelect, toggle } from "./controls.js";
import { element } from "./dom.js";

const MOVES = ["stride", "padding", "dilation"];
const GROUPINGS = [["output", "by output"], ["weight", "by weight"], ["input", "by input"]];
const NOTATIONS = [["course", "o, w, x"], ["S", "S: y, w, x"], ["PyTorch", "PyTorch"]];

export class Header {
  constructor(state, view) {
    const wanted = (name) => state.controls.includes(name);
    const set = (name) => (value) => view.set({ [name]: value });
    this.moves = MOVES.filter(wanted).map((name) => moveSelect(name, set(name)));
    this.notation = wanted("notation") ? choice("letters", NOTATIONS, set("notation")) : null;
    this.grouping = wanted("grouping") ? choice("group the products", GROUPINGS, set("grouping")) : null;
    this.own = wanted("leave-out") ? toggle("leave out the group's own factor", set("leave_out")) : null;
    this.extra = view.kit.controls(state, view);
    const buttons = [
      wanted("random") && state.editable.length > 0 && button("New numbers", () => view.randomise()),
      wanted("reset") && button("Reset", () => view.reset()),
      wanted("size") && button("Large", () => view.set({ lecture: !state.lecture }), {
        label: "Large type for projecting",
        pressed: String(state.lecture),
      }),
    ];
    const settings = [...this.moves.map((move) => move.root), ...this.extra.map((control) => control.root), this.notation?.root, this.grouping?.root, this.own?.root, ...buttons];
    this.root = element(
      "header",
      {},
      element("div", { class: "title" }, state.title),
      element("div", { class: "settings" }, ...settings.filter(Boolean)),
    );
  }

  // In a rebuilt header the same control stands in the same place.
  controls() {
    return [...this.root.querySelectorAll("select, input, button")];
  }

  update(state, scene) {
    this.notation?.update(state.notation);
    for (const control of this.extra) control.update(state);
    this.grouping?.update(state.grouping);
    this.own?.update(state.leave_out);
    const { input, kernel } = scene.arrays;
    for (const move of this.moves) move.update(state, input.shape, scene.window ?? kernel.shape);
  }
}

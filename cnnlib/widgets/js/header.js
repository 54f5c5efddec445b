// Title and settings: what the lesson lets a reader change.
import { button, choice, moveSelect } from "./controls.js";
import { element } from "./dom.js";

const MOVES = ["stride", "padding", "dilation"];
const NOTATIONS = [["course", "o, w, x"], ["S", "S: y, w, x"], ["PyTorch", "PyTorch"]];

export class Header {
  constructor(state, view) {
    const wanted = (name) => state.controls.includes(name);
    const set = (name) => (value) => view.set({ [name]: value });
    this.moves = MOVES.filter(wanted).map((name) => moveSelect(name, set(name)));
    this.notation = wanted("notation") ? choice("letters", NOTATIONS, set("notation")) : null;
    const buttons = [
      wanted("random") && button("New numbers", () => view.randomise()),
      wanted("reset") && button("Reset", () => view.reset()),
      wanted("size") && button("Large", () => view.set({ lecture: !state.lecture }), {
        label: "Large type for projecting",
        pressed: String(state.lecture),
      }),
    ];
    const settings = [...this.moves.map((move) => move.root), this.notation?.root, ...buttons];
    this.root = element(
      "header",
      {},
      element("div", { class: "title" }, state.title),
      element("div", { class: "settings" }, ...settings.filter(Boolean)),
    );
  }

  update(state, scene) {
    this.notation?.update(state.notation);
    const { input, kernel } = scene.arrays;
    for (const move of this.moves) move.update(state, input.shape, kernel.shape);
  }
}

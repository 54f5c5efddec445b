// Maps in, a table of small kernels, maps out: what a row sums, what a column sums, what a box holds.
import { fixedImage, litOf } from "./channel_light.js";
import { channelLayout } from "./channel_layout.js";
import { afterPairs, isDense, READINGS } from "./channels.js";
import { pairAt } from "./channel_steps.js";
import { DensePanel } from "./dense_panel.js";
import { element, svg } from "./dom.js";
import { StackView } from "./stack_view.js";
import { Stage } from "./stage.js";

const CORNER = {
  forward: ["→", "along a row:", "sum over channels"],
  "weight-gradient": ["⊗", "in each box:", "its o ⊗ its δ"],
  "input-gradient": ["↑", "up a column:", "sum over filters"],
};
const NOTHING = new Set();

export class ChannelStage extends Stage {
  constructor(state, scene, names) {
    super(state, scene, names);
    this.dense = isDense(scene) ? new DensePanel() : null;
    if (!this.dense) return;
    this.root.classList.add("beside");
    this.root.append(this.dense.root);
  }

  gridView(name, state, scene) {
    return new StackView(name, scene.arrays[name], { editable: state.editable.includes(name), scene });
  }

  extras() {
    this.corner = element("div", { class: "corner", "aria-hidden": "true" });
    return [this.corner];
  }

  arrange({ scene, width, height, size, state }) {
    return { ...channelLayout(scene, { width, height, size, lecture: state.lecture, notation: state.notation }), boxes: {} };
  }

  // By pairs a result grows: what has not come yet is empty.
  numbers(name, { scene, at, pick }) {
    const array = scene.arrays[name];
    const growing = pick.stepping && at.pair && name === READINGS[scene.reading].result;
    if (!growing) return { array, sum: null };
    const key = [scene, at.count];
    if (this.grown?.key.some((part, n) => part !== key[n]) ?? true) this.grown = { key, array: { shape: array.shape, values: afterPairs(scene, at.count) } };
    return { array: this.grown.array, sum: null };
  }

  // Which weight a partner meets; where kernels are out of the picture there is none.
  badges(picture) {
    return pairAt(picture) || !picture.scene.arrays.kernel ? new Map() : super.badges(picture);
  }

  join(picture) {
    const { scene, pick } = picture;
    const image = fixedImage(picture);
    const found = litOf(picture);
    const badges = this.badges(picture);
    for (const name of this.names) {
      const view = this.grids[name];
      view.stand(this.layout, image);
      view.highlight(found.cells[name] ?? NOTHING, pick.stepping && pairAt(picture) ? null : name === pick.grid ? pick.index : null, badges.get(name));
    }
    this.links.replaceChildren(...this.#bands(found, scene));
    this.#paintCorner(scene, image);
    this.dense?.update(scene, picture.state.notation);
  }

  #bands({ rows, columns }, { reading }) {
    const role = { forward: "output", "weight-gradient": "gradient", "input-gradient": "gradient" }[reading];
    const band = (box, kind) => svg("rect", { class: `way ${kind} role-${role}`, rx: 8, ...box });
    return [...rows.map((d) => band(this.layout.rowBand(d), "row")), ...columns.map((c) => band(this.layout.columnBand(c), "column"))];
  }

  #paintCorner({ reading, sizes }, image) {
    const { x, y, width, height } = this.layout.corner;
    this.corner.style.cssText = `transform:translate(${x}px,${y}px);width:${width}px;height:${height}px`;
    // Beside maps of one row there is room for the arrow only.
    this.corner.classList.toggle("brief", height < 4 * this.layout.note);
    const [sign, where, what] = CORNER[reading];
    const key = `${reading} ${image} ${sizes.images}`;
    if (this.corner.dataset.key === key) return;
    this.corner.dataset.key = key;
    this.corner.hidden = isDense({ sizes });
    const which = sizes.images > 1 ? [element("span", { class: "which" }, `image ${image}`)] : [];
    this.corner.replaceChildren(element("b", {}, sign), element("span", {}, `${where} ${what}`), ...which);
  }
}

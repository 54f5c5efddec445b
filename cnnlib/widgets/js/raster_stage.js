// A kernel over a photograph: two pictures, the kernel between them, and a loupe on the lit window.
import { element, svg } from "./dom.js";
import { greyOf, inputScale, outputScale } from "./greys.js";
import { MOST_ROWS, rasterLayout } from "./raster_layout.js";
import { RasterView } from "./raster_view.js";
import { short } from "./numbers.js";
import { GRIDS } from "./scene.js";
import { Stage } from "./stage.js";

const LEAST_CELL = 26;
const MIDDLE = 117;
const WINDOW = { output: "input", input: "output" };

export const isPicture = ({ shape }) => shape.length === 2 && Math.max(...shape) > MOST_ROWS;

export class RasterStage extends Stage {
  gridView(name, state, scene) {
    const array = scene.arrays[name];
    return isPicture(array) ? new RasterView(name, array) : super.gridView(name, state, scene);
  }

  extras() {
    this.loupe = element("div", { class: "loupe", "data-part": "loupe", "aria-hidden": "true" });
    this.operators = ["⊗", "="].map((sign) => element("span", { class: "operator", "aria-hidden": "true" }, sign));
    return [this.loupe, ...this.operators];
  }

  arrange({ scene, width, height, size }) {
    this.links.classList.add("over");
    this.#paintPictures(scene);
    return rasterLayout(scene, this.names, { width, height, size });
  }

  badges() {
    return new Map();
  }

  #paintPictures(scene) {
    if (scene === this.scene) return;
    this.scene = scene;
    const { input, kernel } = scene.arrays;
    this.scales = { input: inputScale(input.values) };
    for (const name of this.names.filter((grid) => this.grids[grid].show)) {
      const { values } = scene.arrays[name];
      this.scales[name] ??= outputScale(values, kernel.values, this.scales.input.high);
      this.grids[name].show(values, this.scales[name]);
    }
  }

  // The loupe shows the window in the other picture: what an output sees, or who sees an input.
  join({ scene, pick, lit, size }) {
    const name = WINDOW[GRIDS[pick.grid].axis];
    const block = this.grids[name]?.block;
    const box = this.layout.loupe;
    this.#placeOperators(scene, size);
    this.loupe.hidden = !block || !box;
    this.links.replaceChildren();
    if (this.loupe.hidden) return;
    this.#fillLoupe({ scene, name, block, box, size, cells: [...lit[GRIDS[name].axis].keys()] });
    if (!this.operators[0].hidden) this.#drawLens(name, block, box);
  }

  // Before and after the kernel, like the equation they make.
  #placeOperators({ arrays }, size) {
    const { input, kernel, output } = this.layout.boxes;
    const row = input && kernel && output && output.y < kernel.y + kernel.pitchY && output.x > kernel.x;
    const y = row ? kernel.y + (arrays.kernel.shape[0] * kernel.pitchY - size.operator) / 2 : 0;
    const xs = row ? [kernel.x - size.ruler - size.operator, output.x - size.operator] : [];
    this.operators.forEach((node, n) => {
      node.hidden = !row;
      node.style.cssText = `transform:translate(${xs[n]}px,${y}px);width:${size.operator}px;height:${size.operator}px`;
    });
  }

  #fillLoupe({ scene, name, block, box, size, cells }) {
    const { values, shape } = scene.arrays[name];
    this.loupe.className = `loupe role-${GRIDS[name].role}`;
    this.loupe.style.transform = `translate(${box.x}px, ${box.y}px)`;
    this.loupe.style.setProperty("--cell", `${box.cell}px`);
    const caption = element("div", { class: "what" }, name === "input" ? "what it sees" : "who sees it");
    caption.style.transform = `translate(0, ${-size.caption}px)`;
    this.loupe.replaceChildren(caption, ...cells.map((flat) => {
      const [row, column] = [Math.floor(flat / shape[1]) - block.top, (flat % shape[1]) - block.left];
      return this.#magnified(values[flat], this.scales[name], box, row, column);
    }));
  }

  #magnified(value, scale, box, row, column) {
    const text = short(value);
    const grey = greyOf(value, scale);
    const cell = element("div", { class: "cell" }, box.cell < LEAST_CELL ? "" : text);
    cell.style.cssText = `transform:translate(${column * box.pitch}px,${row * box.pitch}px);background:rgb(${grey} ${grey} ${grey});color:${grey > MIDDLE ? "#000" : "#fff"}`;
    return cell;
  }

  // Lines from the corners of the frame to the corners of the loupe.
  #drawLens(name, { left, top, wide, high }, box) {
    const { x, y, pitchX, pitchY } = this.layout.boxes[name];
    const before = x < box.x;
    const from = { x: x + (before ? left + wide : left) * pitchX, y: y + top * pitchY, end: y + (top + high) * pitchY };
    const to = before ? box.x : box.x + wide * box.pitch;
    const d = `M${from.x},${from.y}L${to},${box.y}M${from.x},${from.end}L${to},${box.y + high * box.pitch}`;
    this.links.replaceChildren(svg("path", { class: "lens halo", d }), svg("path", { class: `lens role-${GRIDS[name].role}`, d }));
  }
}

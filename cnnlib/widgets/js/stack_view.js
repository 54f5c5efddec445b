// A grid of several maps: blocks of cells, each with its name; of a batch one image is seen.
import { positionOf } from "./arrays.js";
import { blockOf, cellsOf, isDense, kindOf } from "./channels.js";
import { blockBox } from "./channel_layout.js";
import { element, mark } from "./dom.js";
import { GridView } from "./grid_view.js";
import { cellAfter } from "./keys.js";
import { GRIDS, LETTERS } from "./scene.js";

// Between a name and the block that it stands before.
const APART = 10;

export class StackView extends GridView {
  constructor(name, array, { editable, scene }) {
    super(name, array, { editable, caption: false });
    this.rulers.forEach((ruler) => ruler.remove());
    this.scene = scene;
    this.narrow = isDense(scene);
    this.blocks = this.#blocks();
    this.root.prepend(...this.blocks.map(({ caption }) => caption));
  }

  #blocks() {
    const seen = new Map();
    this.cells.forEach((cell, flat) => {
      const { c, d } = blockOf(this.scene.sizes, this.name, flat);
      if (!seen.has(`${d},${c}`)) seen.set(`${d},${c}`, { place: { c, d }, caption: element("div", { class: "caption block", "aria-hidden": "true" }) });
    });
    return [...seen.values()];
  }

  // Every map in its own place; the maps of other images are not there.
  stand(layout, image) {
    this.image = image;
    this.root.style.setProperty("--cell", `${layout.cell}px`);
    const { sizes } = this.scene;
    this.cells.forEach((cell, flat) => {
      const { n = image, c, d } = blockOf(sizes, this.name, flat);
      const { x, y } = blockBox(layout, this.name, { c, d });
      const [row, column] = positionOf(flat, this.shape).slice(-2);
      cell.style.transform = `translate(${x + column * layout.pitch}px, ${y + row * layout.pitch}px)`;
      cell.hidden = cell.parentElement.hidden = n !== image;
    });
    for (const { place, caption } of this.blocks) this.#standCaption(caption, layout, place);
  }

  #standCaption(caption, layout, place) {
    const box = blockBox(layout, this.name, place);
    const name = layout.names?.[kindOf(this.name)];
    const bare = layout.dense && !["input", "input-gradient"].includes(this.name);
    const after = bare && place.c === undefined;
    caption.hidden = bare && !after;
    const { x, y } = this.#captionAt(box, layout, { name, after });
    caption.style.transform = `translate(${x}px, ${y}px)`;
    caption.style.minWidth = after ? "" : `${name ? name - APART : box.shape[1] * layout.pitch - 4}px`;
    caption.style.justifyContent = name ? "flex-end" : "";
    caption.style.height = `${layout.note}px`;
  }

  // Above its block; or in the middle of its height, before or after it.
  #captionAt({ x, y, shape }, { pitch, cell, note }, { name, after }) {
    const middle = y + ((shape[0] - 1) * pitch + cell - note) / 2;
    if (after) return { x: x + pitch, y: middle };
    return name ? { x: x - name, y: middle } : { x, y: y - note };
  }

  place() {}

  title(notation) {
    const letter = LETTERS[notation][this.name];
    mark(this.root, "aria-label", `${GRIDS[this.name].title} ${letter}, ${this.shape.join(" by ")}`);
    for (const { place: { c, d }, caption } of this.blocks) {
      const index = [d, c].filter((n) => n !== undefined).join(",");
      // Over single pixels there is no room for the letter: the matrix beside them has it.
      const text = this.narrow && d === undefined ? `c = ${c}` : `${letter}[${index}]`;
      caption.replaceChildren(element("span", { class: `symbol role-${this.role}` }, text));
    }
  }

  // values: what each cell holds, null where nothing has come yet.
  write(array, hidden, partial) {
    super.write({ ...array, values: array.values.map((value) => value ?? 0) }, hidden, partial);
    this.cells.forEach((cell, flat) => mark(cell, "data-empty", array.values[flat] === null ? "true" : null));
  }

  // An arrow at a map's border goes on to the next map, where there is one.
  after = (key, flat) => {
    const size = this.shape.at(-1) * this.shape.at(-2);
    if (key === "Home" || key === "End") return this.#ends()[key === "Home" ? 0 : 1];
    const start = Math.floor(flat / size) * size;
    const there = start + cellAfter(key, flat - start, this.shape.slice(-2), size);
    return there !== flat ? there : this.#nextMap(key, flat, start, size);
  };

  #ends() {
    const seen = this.cells.map((cell, n) => (cell.hidden ? -1 : n)).filter((n) => n >= 0);
    return [seen[0], seen.at(-1)];
  }

  #nextMap(key, flat, start, size) {
    const { d, c } = blockOf(this.scene.sizes, this.name, flat);
    const [down, right] = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[key];
    const next = { d: d === undefined ? d : d + down, c: c === undefined ? c : c + right };
    const found = this.blocks.find(({ place }) => place.c === next.c && place.d === next.d);
    const same = next.c === c && next.d === d;
    if (!found || same) return flat;
    const wide = this.shape.at(-1);
    const [row, column] = [Math.floor((flat - start) / wide), (flat - start) % wide];
    const entered = right ? row * wide + (wide - 1 - column) : (size / wide - 1 - row) * wide + column;
    return cellsOf({ sizes: this.scene.sizes, image: this.image }, this.name, next)[entered];
  }
}

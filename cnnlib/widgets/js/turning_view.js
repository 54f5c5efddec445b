// A kernel that turns by half a turn in sight: its cells go round, their numbers stay upright.
import { positionOf } from "./arrays.js";
import { element, mark } from "./dom.js";
import { GridView } from "./grid_view.js";

const TURN = 900; // ms, as in turning.css
const EDGE = 6;
const CLEAR = 3;
const sheet = (position) => (position.length === 1 ? [0, position[0]] : position);

export class TurningView extends GridView {
  constructor(name, array, options) {
    super(name, array, options);
    // The plate shows which way round the kernel lies: one corner of it is marked.
    this.plate = element("div", { class: "plate", "aria-hidden": "true" });
    this.root.prepend(this.plate);
    this.root.classList.add("turns");
  }

  place(box, size) {
    const { pitchX: pitch, cell } = box;
    const [rows, columns] = sheet(this.shape).map((n) => n || 1);
    super.place(box, size);
    const middle = { x: ((columns - 1) * pitch) / 2, y: ((rows - 1) * pitch) / 2 };
    this.cells.forEach((node, flat) => {
      const [row, column] = sheet(positionOf(flat, this.shape));
      const out = `translate(${column * pitch - middle.x}px, ${row * pitch - middle.y}px)`;
      node.style.transform = `translate(${middle.x}px, ${middle.y}px) rotate(var(--turn)) ${out} rotate(calc(-1 * var(--turn)))`;
    });
    const [wide, high] = [columns, rows].map((n) => (n - 1) * pitch + cell + 2 * EDGE);
    this.plate.style.cssText = `left:${-EDGE}px;top:${-EDGE}px;width:${wide}px;height:${high}px;--corner:${cell / 3}px`;
    // The labels stand clear of the plate, and go to the other end when it turns.
    for (const { style, at } of this.rulers) {
      const along = (this.shape[at.axis] - 1 - 2 * at.index) * pitch;
      const across = at.axis === this.shape.length - 1;
      style.setProperty("--here", across ? `0 ${-CLEAR}px` : `${-CLEAR}px 0`);
      style.setProperty("--there", across ? `${along}px ${-CLEAR}px` : `${-CLEAR}px ${along}px`);
    }
  }

  turn(turned) {
    if (this.turned !== undefined && this.turned !== turned) {
      this.root.classList.add("turning");
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.root.classList.remove("turning"), TURN);
    }
    this.turned = turned;
    this.root.classList.toggle("turned", turned);
    mark(this.root, "data-turned", turned ? "true" : null);
  }

  title(notation) {
    super.title(notation);
    const said = this.turned ? "turned ↻" : "as it is";
    const what = this.caption?.querySelector(".what");
    if (what) what.textContent = said;
    mark(this.root, "aria-label", `${this.root.getAttribute("aria-label")}, ${this.turned ? "turned by half a turn" : "as it is"}`);
  }
}

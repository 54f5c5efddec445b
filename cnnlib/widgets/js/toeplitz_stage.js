// x = T o, and ∂E/∂o = Tᵀ δ: the layer as a matrix, which turns over its diagonal for the way back.
import { element, mark, svg } from "./dom.js";
import { GridView } from "./grid_view.js";
import { cellAfter } from "./keys.js";
import { short } from "./numbers.js";
import { GRIDS } from "./scene.js";
import { Stage } from "./stage.js";
import { reads } from "./toeplitz.js";
import { toeplitzLayout } from "./toeplitz_layout.js";

const OVER_DIAGONAL = { ArrowLeft: "ArrowUp", ArrowUp: "ArrowLeft", ArrowRight: "ArrowDown", ArrowDown: "ArrowRight" };
const BAND = 3;
const LEAST_NAMED = 34;

// At the left of its first cell; beside small cells the letter alone.
function nameAside(caption, box) {
  caption.style.transform = `translate(${-box.gutter}px, 0)`;
  caption.style.height = `${box.cell}px`;
  caption.classList.toggle("narrow", box.cell < LEAST_NAMED);
}

// The vector along the top: its name stands at its left.
class RowView extends GridView {
  place(box, size) {
    super.place(box, size);
    nameAside(this.caption, box);
  }
}

// The result at the right, downwards: its name above, its numbers at the right.
class ColumnView extends GridView {
  after = (key, index) => cellAfter(OVER_DIAGONAL[key] ?? key, index, this.shape, this.count);

  place(box, size) {
    this.root.style.transform = `translate(${box.x}px, ${box.y}px)`;
    this.root.style.setProperty("--cell", `${box.cell}px`);
    this.cells.forEach((cell, n) => (cell.style.transform = `translate(0, ${n * box.pitchY}px)`));
    for (const { at, style } of this.rulers) {
      style.cssText = `width:${size.ruler}px;height:${box.cell}px;transform:translate(${box.cell + 2}px,${at.index * box.pitchY}px)`;
    }
    this.caption.classList.add("above");
    this.caption.style.transform = `translate(0, ${-size.caption - 2}px)`;
  }
}

class MatrixOfWeights extends GridView {
  after = (key, index) => cellAfter(this.transposed ? OVER_DIAGONAL[key] ?? key : key, index, this.shape, this.count);

  place(box, size) {
    this.transposed = box.transposed;
    this.root.style.transform = `translate(${box.x}px, ${box.y}px)`;
    this.root.style.setProperty("--cell", `${box.cell}px`);
    this.cells.forEach((cell, n) => {
      const [row, column] = [Math.floor(n / this.shape[1]), n % this.shape[1]];
      const [right, down] = box.transposed ? [row, column] : [column, row];
      cell.style.transform = `translate(${right * box.pitchX}px, ${down * box.pitchY}px)`;
    });
    // The vector above numbers the columns already.
    for (const { at, style } of this.rulers) {
      const hidden = (at.axis === 1) !== box.transposed;
      style.cssText = hidden ? "display:none" : `width:${size.ruler}px;height:${box.cell}px;transform:translate(${-size.ruler - 2}px,${at.index * box.pitchY}px)`;
    }
    nameAside(this.caption, box);
  }

  title(notation) {
    super.title(notation);
    const [symbol, what] = this.caption.children;
    symbol.textContent = this.transposed ? "Tᵀ" : "T";
    what.textContent = this.transposed ? "transpose" : "matrix";
    mark(this.root, "aria-label", `matrix T, ${this.shape.join(" by ")}${this.transposed ? ", transposed" : ""}`);
  }

  write(array, hidden, partial) {
    super.write(array, hidden, partial);
    this.cells.forEach((cell, n) => {
      const none = array.which[n] < 0;
      mark(cell, "data-none", none ? "true" : null);
      if (none) cell.querySelector(".number").textContent = "·";
    });
  }
}

const VIEWS = { toeplitz: MatrixOfWeights, output: ColumnView, "input-gradient": ColumnView, input: RowView, delta: RowView };
const SHOWN = { true: ["delta", "input-gradient"], false: ["input", "output"] };

export class ToeplitzStage extends Stage {
  gridView(name, state, scene) {
    const editable = state.editable.includes(name);
    return new (VIEWS[name] ?? GridView)(name, scene.arrays[name], { editable });
  }

  extras() {
    this.reads = element("div", { class: "reads", "data-part": "reads", "aria-hidden": "true" });
    this.equals = element("span", { class: "operator", "aria-hidden": "true" }, "=");
    return [this.reads, this.equals];
  }

  arrange({ scene, width, height, size }) {
    for (const name of ["input", "output", "delta", "input-gradient"]) {
      mark(this.grids[name]?.root ?? this.root, "hidden", this.grids[name] && !SHOWN[scene.backward].includes(name));
    }
    return toeplitzLayout(scene, { width, height, size });
  }

  badges() {
    return new Map();
  }

  join({ scene, pick, size }) {
    const result = this.layout.boxes.output;
    const y = result.y + this.#readRow(scene, pick) * this.layout.pitch;
    this.equals.style.cssText = `transform:translate(${result.x - size.operator}px,${y}px);width:${size.operator}px;height:${result.cell}px`;
    this.#drawBand(scene, pick);
    this.#write(reads(scene, pick));
  }

  // The equals sign stands in the row that is read, or halfway down.
  #readRow(scene, { grid, index }) {
    const [down, across] = scene.arrays.toeplitz.shape;
    if (GRIDS[grid].axis === (scene.backward ? "input" : "output")) return index;
    return ((scene.backward ? across : down) - 1) / 2;
  }

  // A band from the first column to the result, or from the vector down: one line of the matrix.
  #drawBand(scene, { grid, index }) {
    const { axis } = GRIDS[grid];
    const ends = scene.backward ? { across: "input", down: "output" } : { across: "output", down: "input" };
    const box = this.layout.boxes.toeplitz;
    const { pitch, cell } = this.layout;
    const [rows, columns] = scene.backward ? [...scene.arrays.toeplitz.shape].reverse() : scene.arrays.toeplitz.shape;
    const far = this.layout.boxes.output.x + cell - box.x;
    const near = box.y - this.layout.boxes.input.y;
    const bands = {
      [ends.across]: { x: box.x - BAND, y: box.y + index * pitch - BAND, width: far + 2 * BAND, height: cell + 2 * BAND },
      [ends.down]: { x: box.x + index * pitch - BAND, y: box.y - near - BAND, width: cell + 2 * BAND, height: near + rows * pitch - 4 + 2 * BAND },
    };
    this.links.replaceChildren(...(bands[axis] ? [svg("rect", { class: "line-band", rx: 6, ...bands[axis] })] : []));
  }

  // The line's weights again, under the kernel, so that the two can be compared.
  #write(line) {
    const { x, y, width } = this.layout.reads;
    this.reads.style.cssText = `transform:translate(${x}px,${y}px);width:${width}px;--cell:${this.layout.cell}px`;
    mark(this.reads, "hidden", !line);
    if (!line) return;
    const cells = line.values.map((value) => element("span", { class: "read" }, short(value)));
    this.reads.replaceChildren(
      element("div", { class: "what" }, line.name),
      element("div", { class: "weights role-kernel" }, ...cells),
      element("div", { class: "what" }, line.verdict),
    );
  }
}

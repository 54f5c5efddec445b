// The picture: how grids are laid out and joined, for one axis, a long signal, or two axes.
import { element, mark } from "./dom.js";
import { makeFormula } from "./formula.js";
import { MOST_IN_A_ROW, ribbonLayout, sheetLayout, traceLayout } from "./layout.js";
import { ribbonLinks, sheetLinks } from "./links.js";
import { axisOf, Stage } from "./stage.js";
import { TraceView } from "./trace_view.js";

// One axis: rows under each other, the kernel riding under the input, a chip for each product.
export class RibbonStage extends Stage {
  arrange(picture) {
    return ribbonLayout(picture.scene, this.list, { ...picture, ridden: this.#ridden(picture) });
  }

  // The row that moves: it lines up with the row above, product over product.
  #ridden({ scene, pick, at, stepped }) {
    const { stride, padding, dilation } = scene.move;
    const current = (axis) => (axisOf(pick.grid) === axis ? pick.index : at.index);
    if (stepped === "weight-gradient") {
      return { grid: "delta", column: dilation * current("weight") - padding };
    }
    return stepped === "output" ? { grid: "kernel", column: stride * current("output") - padding } : null;
  }

  badges(picture) {
    return this.names.includes("kernel") && picture.stepped === "output" ? new Map() : super.badges(picture);
  }

  join({ scene, state, pick, lit, hidden, hovered, stepped }) {
    const { stride, padding } = scene.move;
    const byOutput = axisOf(pick.grid) === "input";
    const { paths, chips } = ribbonLinks({
      scene,
      lit,
      layout: this.layout,
      formula: makeFormula(scene, pick),
      first: stepped === "input-gradient" ? "delta" : "input",
      last: stepped,
      chipColumn: (n) => (byOutput ? stride * scene.taps.output[n] - padding : scene.taps.input[n]),
      // A product on its way into a masked cell would give it away.
      isSecret: (n) => state.masked !== "" && hidden.has(scene.taps[axisOf(state.masked)][n]),
    });
    this.links.replaceChildren(...paths);
    this.products.replaceChildren(...chips);
    this.products.classList.toggle("still", hovered);
  }
}

// A long signal: lines instead of cells.
class TraceStage extends Stage {
  gridView(name, state, scene) {
    if (axisOf(name) === "weight") return super.gridView(name, state, scene);
    return new TraceView(name, scene.arrays[name]);
  }

  arrange(picture) {
    return traceLayout(picture.scene, this.list, picture);
  }

  join() {}
}

const OPERATORS = { kernel: "⊗", delta: "⊗", output: "=", "weight-gradient": "=", "input-gradient": "=" };

// Two axes: grids side by side, like the equation they make.
export class SheetStage extends Stage {
  extras() {
    const sign = (name) => element("span", { class: "operator", "aria-hidden": "true" }, OPERATORS[name]);
    this.operators = this.names.slice(1).map(sign);
    return this.operators;
  }

  arrange({ scene, width, size, height }) {
    return sheetLayout(scene, this.list, { width, size, height });
  }

  join({ scene, pick, lit, size }) {
    this.links.replaceChildren(...sheetLinks({ scene, layout: this.layout, lit, pick, grids: this.list }));
    this.operators.forEach((node, n) => this.#placeOperator(node, n, scene, size));
  }

  #placeOperator(node, n, scene, size) {
    const [after, width] = [this.layout.boxes[this.names[n + 1]], this.layout.between];
    const x = after.x - size.ruler - width;
    const { shape } = scene.arrays[this.names[n + 1]];
    const y = after.y + ((shape.length === 1 ? 1 : shape[0]) * after.pitchY - size.operator) / 2;
    node.style.cssText = `transform:translate(${x}px,${y}px);width:${width}px;height:${size.operator}px`;
    mark(node, "data-between", `${this.names[n]} ${this.names[n + 1]}`);
  }
}

export function linearStage(scene) {
  if (scene.axes === 2) return SheetStage;
  return scene.arrays.input.shape[0] > MOST_IN_A_ROW ? TraceStage : RibbonStage;
}

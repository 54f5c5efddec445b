// Two layers: what an output sees through the hidden cells, and what an input reaches.
import { element, svg } from "./dom.js";
import { cellBox, sheetLayout } from "./layout.js";
import { PlainGridView } from "./plain_grid_view.js";
import { GRIDS } from "./scene.js";
import { Stage } from "./stage.js";

const LAYERS = [["input", "hidden"], ["hidden", "output"]];
const GAP = 4;

export class TwoLayersStage extends Stage {
  gridView(name, _, scene) {
    return new PlainGridView(name, scene.arrays[name]);
  }

  extras() {
    this.operators = this.names.slice(1).map(() => element("span", { class: "operator", "aria-hidden": "true" }, "⊗ w"));
    return this.operators;
  }

  arrange(picture) {
    const { scene, width, size, height } = picture;
    if (scene.axes === 1) return pyramid(scene, this.names, picture);
    const bare = { ...scene, move: { ...scene.move, padding: 0 } };
    return sheetLayout(bare, this.list, { width, height, size: { ...size, operator: 1.6 * size.operator } });
  }

  badges() {
    return new Map();
  }

  join({ scene, pick, lit, size }) {
    const most = Math.max(1, ...this.names.flatMap((name) => [...lit[name].values()]));
    for (const name of this.names) this.#count(name, pick, lit[name], most);
    this.links.replaceChildren(...(scene.axes === 1 ? this.#lines(scene, lit) : this.#beams(scene, lit)));
    this.operators.forEach((node, n) => this.#placeOperator(node, n, scene, size));
  }

  // The number in a lit cell is the number of paths between it and the cell pointed at.
  #count(name, pick, paths, most) {
    this.grids[name].show((flat) => {
      const count = paths.get(flat);
      const picked = name === pick.grid && flat === pick.index;
      if (picked) return { text: "", spoken: "picked" };
      if (!count) return { text: "", spoken: "no path" };
      return { text: String(count), spoken: `${count} ${count === 1 ? "path" : "paths"}`, heat: count / most };
    });
  }

  #box = (scene, name, flat) => cellBox(this.layout, name, flat, scene.arrays[name].shape);

  // One axis: a line for every connection on a path.
  #lines(scene, lit) {
    return LAYERS.flatMap(([from, to], layer) => {
      const { input, output } = scene.layers[layer];
      const used = input.map((_, n) => n).filter((n) => lit[from].has(input[n]) && lit[to].has(output[n]));
      return used.map((n) => line(this.#box(scene, from, input[n]), this.#box(scene, to, output[n])));
    });
  }

  #beams(scene, lit) {
    return LAYERS.flatMap(([from, to]) => {
      if (!lit[from].size || !lit[to].size) return [];
      const [a, b] = [from, to].map((name) => frame([...lit[name].keys()].map((flat) => this.#box(scene, name, flat))));
      if (a.right > b.left) return [];
      const d = `M${a.right},${a.top}L${b.left},${b.top}V${b.bottom}L${a.right},${a.bottom}Z`;
      return [svg("path", { class: `beam role-${GRIDS[from].role}`, d })];
    });
  }

  #placeOperator(node, n, scene, size) {
    const [before, after] = [this.names[n], this.names[n + 1]].map((name) => this.layout.boxes[name]);
    const beside = scene.axes === 2 && before.x < after.x;
    node.hidden = !beside && scene.axes === 2;
    const width = beside ? this.layout.between : size.gutter;
    const x = beside ? after.x - size.ruler - width : 0;
    const rows = scene.arrays[this.names[n + 1]].shape[0];
    const y = beside ? after.y + (rows * after.pitchY - size.operator) / 2 : (before.y + before.cell + after.y - size.operator) / 2;
    node.style.cssText = `transform:translate(${x}px,${y}px);width:${width}px;height:${size.operator}px`;
  }
}

const frame = (boxes) => ({
  left: Math.min(...boxes.map((box) => box.x)),
  right: Math.max(...boxes.map((box) => box.x + box.size)),
  top: Math.min(...boxes.map((box) => box.y)),
  bottom: Math.max(...boxes.map((box) => box.y + box.size)),
});

function line(from, to) {
  const d = `M${from.x + from.size / 2},${from.y + from.size}L${to.x + to.size / 2},${to.y}`;
  return svg("path", { class: "link", d });
}

// Rows under each other, each cell under the middle of what it sees.
function pyramid(scene, names, { width, size }) {
  const { stride, padding, dilation } = scene.move;
  const across = scene.arrays.input.shape[0];
  const cell = Math.max(size.least, Math.min(size.most, Math.floor((width - size.gutter) / across) - GAP));
  const middle = (dilation * (scene.arrays.kernel.shape[0] - 1)) / 2 - padding;
  const start = { input: 0, hidden: middle, output: middle + stride * middle };
  const step = { input: 1, hidden: stride, output: stride * stride };
  const boxes = {};
  names.forEach((name, row) => {
    const x = size.gutter + start[name] * (cell + GAP);
    const below = name === "output";
    boxes[name] = { x, y: size.ruler + row * (cell + size.operator), pitchX: step[name] * (cell + GAP), pitchY: 0, cell, below, bare: name === "hidden" };
  });
  const height = size.ruler + names.length * (cell + size.operator) - size.operator + size.ruler;
  return { boxes, cell, pitch: cell + GAP, between: 0, width: size.gutter + across * (cell + GAP), height };
}

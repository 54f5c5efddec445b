// Dense, local, shared or both: two grids and the matrix of everything that could join them.
import { element } from "./dom.js";
import { MatrixView } from "./matrix_view.js";
import { PlainGridView } from "./plain_grid_view.js";
import { counts, nameOf } from "./sharing.js";
import { sharingLayout } from "./sharing_layout.js";
import { Stage } from "./stage.js";


export class SharingStage extends Stage {
  constructor(state, scene, names) {
    super(state, scene, names);
    this.counts = element("div", { class: "total", "data-part": "counts", role: "status" });
    this.root.append(this.counts);
  }

  gridView(name, state, scene) {
    const array = scene.arrays[name];
    if (name !== "connections") return new PlainGridView(name, array);
    const blocks = ["output", "input"].map((grid) => scene.arrays[grid].shape.at(-1));
    return new MatrixView(name, array, scene.axes === 2 ? blocks : array.shape);
  }

  arrange({ scene, width, size }) {
    return sharingLayout(scene, this.names, { width, size });
  }

  badges() {
    return new Map();
  }

  join(picture) {
    const { scene, pick, lit } = picture;
    const { weights } = scene.taps;
    for (const name of ["input", "output"]) this.#number(name, picture);
    const matrix = this.grids.connections;
    if (scene !== this.scene) matrix?.fill(scene.arrays.connections.values, weights, scene.kind === "shared");
    this.scene = scene;
    const [, across] = scene.arrays.connections.shape;
    const { head, rest } = scene.words(pick, "course");
    matrix?.show({
      lit: lit.numbers.map((n) => scene.taps.output[n] * across + scene.taps.input[n]),
      row: pick.grid === "input" ? undefined : [...lit.output.keys(), pick.index].at(pick.grid === "output" ? -1 : 0),
      column: pick.grid === "output" ? undefined : [...lit.input.keys(), pick.index].at(pick.grid === "input" ? -1 : 0),
      picked: pick.grid === "connections" ? pick.index : undefined,
      weights,
      spoken: `${head}: ${rest}`,
    });
    this.#count(scene);
  }

  // A cell carries the number of its row or column; a lit one the weight that joins it.
  #number(name, { scene: { taps }, pick, lit }) {
    const role = name === "output" ? "row" : "column";
    const joined = pick.grid === name ? new Map() : lit[name];
    this.grids[name]?.show((flat) => {
      const tap = pick.grid === "connections" ? taps[name].findIndex((cell, n) => cell === flat && lit.numbers.includes(n)) : joined.get(flat);
      if (!joined.has(flat) || tap < 0) return { text: String(flat), spoken: `${role} ${flat}` };
      const weight = nameOf(taps.weight[tap], taps.weights);
      return { text: weight, weight, spoken: `${role} ${flat}, connected, weight ${weight}` };
    });
  }

  #count(scene) {
    const { connections, weights, from } = counts(scene);
    const way = (count, words) => element("span", { class: "way" }, element("b", {}, String(count)), ` ${words}`);
    const text = `${connections} ${weights} ${from}`;
    if (this.counts.dataset.key === text) return;
    this.counts.dataset.key = text;
    const different = weights === 1 ? "weight" : "different weights";
    const note = from && element("span", { class: "verdict" }, `(${from})`);
    this.counts.replaceChildren(way(connections, "connections"), note, way(weights, different));
  }
}

// Beside the pad: a bar for each class, and the feature maps of the convolution layers.
import { element, mark } from "./dom.js";
import { short } from "./numbers.js";

export const percent = (p) => (p > 0 && p < 0.01 ? "<1 %" : p > 0.99 && p < 1 ? ">99 %" : `${Math.round(100 * p)} %`);

export class Bars {
  // choose(class): the class that the reader wants to go towards.
  constructor(choose) {
    this.choose = choose;
    this.root = element("div", { class: "bars role-output", role: "group", "aria-label": "probability of each class; press one to go towards it" });
    this.rows = [];
  }

  #build(classes) {
    this.key = classes.join("\n");
    this.rows = classes.map((name, n) => {
      const [bar, share] = [element("span", { class: "bar" }), element("span", { class: "share" })];
      const root = element("button", { type: "button", class: "class", "data-class": n, onclick: () => this.choose(n) },
        element("span", { class: "name" }, name), element("span", { class: "track" }, bar), share);
      return { root, bar, share };
    });
    this.root.replaceChildren(...this.rows.map(({ root }) => root));
  }

  paint({ classes, p, best, towards }) {
    if (this.key !== classes.join("\n")) this.#build(classes);
    this.rows.forEach(({ root, bar, share }, n) => {
      bar.style.width = p ? `${(100 * (p[n] || 0)).toFixed(1)}%` : "0";
      share.textContent = p ? percent(p[n]) : "";
      mark(root, "data-best", p && n === best);
      mark(root, "aria-pressed", String(n === towards));
    });
  }
}

const MOST_MAPS = 32;
const [SMALLEST, LARGEST] = [28, 64]; // pixels of the page
const [POSITIVE, NEGATIVE] = [[0, 158, 115], [213, 94, 0]];

// One row of small pictures for each convolution layer, after its activation where it has one.
export class Maps {
  constructor() {
    this.root = element("div", { class: "maps", role: "group", "aria-label": "feature maps" });
  }

  #build(stages) {
    this.key = keyOf(stages);
    this.rows = stages.map(({ name, shape: [count, rows, columns] }) => {
      const pictures = Array.from({ length: Math.min(count, MOST_MAPS) }, (_, n) =>
        element("canvas", { width: columns, height: rows, role: "img", "data-map": `${name},${n}` }));
      const more = count > MOST_MAPS ? `, the first ${MOST_MAPS}` : "";
      const title = element("div", { class: "caption" }, element("b", {}, name), `${count} maps, ${rows} × ${columns}${more}`);
      const size = Math.min(LARGEST, Math.max(SMALLEST, 20 + 2 * rows));
      return { pictures, root: element("div", { class: "stage-maps", style: `--map:${size}px` }, title, element("div", { class: "row" }, ...pictures)) };
    });
    this.root.replaceChildren(...this.rows.map(({ root }) => root));
  }

  // Within a layer all maps have one scale, so that a weak answer looks weak.
  paint(stages) {
    if (this.key !== keyOf(stages)) this.#build(stages);
    stages.forEach(({ name, shape: [, rows, columns], values }, row) => {
      const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value) || 0), 0);
      this.rows[row].pictures.forEach((canvas, n) => {
        const map = values.subarray(n * rows * columns, (n + 1) * rows * columns);
        paintMap(canvas, map, most);
        mark(canvas, "aria-label", `${name}, map ${n}: largest ${short(Math.max(...map))}`);
        mark(canvas, "title", canvas.getAttribute("aria-label"));
      });
    });
  }
}

const keyOf = (stages) => JSON.stringify(stages.map(({ name, shape }) => [name, shape]));

// The paper shows through where a number is 0, in the light theme and in the dark one.
function paintMap(canvas, values, most) {
  const image = new ImageData(canvas.width, canvas.height);
  values.forEach((value, n) => {
    const share = most > 0 ? Math.sqrt(Math.abs(value) / most) : 0; // weak answers stay visible
    image.data.set([...(value < 0 ? NEGATIVE : POSITIVE), Math.round(255 * share)], 4 * n);
  });
  canvas.getContext("2d").putImageData(image, 0, 0);
}

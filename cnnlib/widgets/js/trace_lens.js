// The picked number under a lens: its sum part by part, one part's numbers side by side, its path to E.
import { element, mark } from "./dom.js";
import { cellName, fixed, place, mapName, weightName, weightShape } from "./trace_names.js";
import { positionOf } from "./arrays.js";

export class Lens {
  constructor(choosePart) {
    this.choosePart = choosePart;
    this.formula = element("div", { class: "formula", "data-part": "formula" });
    this.grids = element("div", { class: "lens", "data-part": "lens" });
    this.path = element("div", { class: "path", "data-part": "path" });
    this.live = element("div", { class: "for-readers", "aria-live": "polite" });
    this.root = element("div", { class: "below" }, this.formula, this.grids, this.path, this.live);
  }

  paint({ pass, said, path, chosen, weight, announced, reading }) {
    const among = said.among ?? said; // a weight is shown among the numbers where it was picked
    const part = among.parts.find(({ map }) => map === chosen);
    this.formula.replaceChildren(...this.#formula(said, chosen, reading));
    this.#paintGrids(pass, among, part, weight, said.lines);
    this.path.replaceChildren(...pathNodes(path));
    const text = `${said.head}: ${said.words ?? ""} ${said.result}. ${path?.many ?? ""}`;
    if (announced && this.live.textContent !== text) this.live.textContent = text;
  }

  #formula(said, chosen, reading) {
    const nodes = [element("span", { class: "reading" }, reading), element("span", { class: `head role-${said.role}` }, said.head), " = "];
    if (said.words) nodes.push(element("span", { class: "words" }, said.words));
    if (said.bias !== undefined) nodes.push(element("span", { class: "part bias" }, element("i", {}, "b"), fixed(said.bias, said.partPlaces)));
    said.parts.forEach((part) => nodes.push(element("button", {
      type: "button", class: "part", "aria-pressed": String(part.map === chosen), "data-map": part.map, onclick: () => this.choosePart(part.map),
    }, element("i", {}, said.partLabel(part.map)), fixed(part.sum, said.partPlaces))));
    if (said.parts.length || said.words) nodes.push(" = ");
    nodes.push(element("span", { class: `result role-${said.role}` }, said.result));
    return nodes;
  }

  // Kept as they are while the same part is shown: a weight that has the focus keeps it.
  #paintGrids(pass, said, part, weight, lines) {
    const grids = part ? said.gridsOf(part) : said.grids ?? [];
    const key = JSON.stringify([grids.map(({ cells, title }) => [title, cells.map((cell) => cell && [cell.level, cell.cell, cell.weight, cell.value])]), part?.map]);
    if (this.key !== key) {
      this.key = key;
      this.nodes = grids.map((grid) => gridNode(pass, grid));
      const joined = this.nodes.flatMap((node, n) => (n ? [element("span", { class: "sign" }, "⊙"), node] : [node]));
      this.sum = element("span", { class: "sign" }, "→ Σ");
      this.products = element("span", { class: "products", "data-part": "products" });
      this.grids.replaceChildren(...(part ? [element("span", { class: "which" }, said.partLabel(part.map)), ...joined, this.sum, this.products] : [...joined, this.products]));
    }
    this.sum.hidden = lines !== undefined; // a weight's own sum is another one
    this.products.textContent = lines ?? (part ? said.products(part) : "");
    this.grids.querySelectorAll("[data-weight]").forEach((node) => mark(node, "data-picked", Number(node.dataset.weight) === weight ? "true" : null));
  }
}

function gridNode(pass, { title, role, shape, cells, places }) {
  const rows = Array.from({ length: shape[0] }, (_, i) =>
    element("div", { role: "row" }, ...cells.slice(i * shape[1], (i + 1) * shape[1]).map((cell) => cellNode(pass, cell, places))));
  const first = rows.flatMap((row) => [...row.children]).find((node) => node.hasAttribute("tabindex"));
  first?.setAttribute("tabindex", "0");
  return element("div", { class: `numbers role-${role}`, role: "grid", "aria-label": title, style: `--columns:${shape[1]}` }, element("span", { class: "title", role: "presentation" }, title), ...rows);
}

function cellNode(pass, cell, places) {
  if (!cell) return element("span", { class: "number-cell none", role: "gridcell", "aria-label": "outside" });
  const layer = pass.layers[cell.level];
  const text = fixed(cell.value, places);
  if (cell.weight === undefined) {
    return element("span", { class: "number-cell", role: "gridcell", "data-of": layer.name, "data-map": mapName(layer, cell.cell), "data-index": place(layer, cell.cell), "data-wins": cell.wins ? "true" : null, "aria-label": `${cellName(layer, cell.cell)}, ${text}${cell.wins ? ", wins" : ""}` }, text);
  }
  const position = positionOf(cell.weight, weightShape(pass.layers, cell.level));
  return element("span", {
    class: "number-cell pickable", role: "gridcell", tabindex: -1, "data-grid": `${layer.name}.w`, "data-weight": cell.weight, "data-map": position.slice(0, position.length > 2 ? 2 : 1).join(","), "data-index": position.slice(position.length > 2 ? 2 : 1).join(","),
    "aria-label": `${weightName(pass.layers, cell.level, cell.weight)}, ${text}`,
  }, text);
}

function pathNodes(path) {
  if (!path) return [];
  const nodes = [element("span", {}, path.many)];
  if (!path.steps.length) return [...nodes, element("span", {}, " Nothing comes back.")];
  const chain = path.steps.flatMap(({ name, by }) => [by === null ? null : element("span", { class: "by" }, `·${by}`), element("span", { class: "stop" }, name), " "]).filter(Boolean); // a line may break at a space
  nodes.push(element("span", { class: "chain" }, element("b", {}, "strongest: "), ...chain, element("span", { class: "by" }, `·δ ${path.delta}`), element("span", { class: "carries" }, ` = ${path.carries}`), element("span", { class: "of" }, ` of ${path.all} in all`)));
  return nodes;
}

// What the picked cell lights: what it saw, what it reaches, which ways are open, and the lines.
import { roleOf } from "./trace_names.js";
import { linksDown, linksOfWeight, linksUp } from "./trace_net.js";
import { factorOf, spread, strongest } from "./trace_pass.js";
import { Ways } from "./trace_ways.js";

export class Lit {
  constructor(layers, columns) {
    Object.assign(this, { layers, columns, ways: new Ways() });
  }

  firstUse({ level, index }) {
    return linksOfWeight(this.layers, level, index)[0].n;
  }

  clear() {
    for (const column of this.columns) column.light(null);
    this.ways.paint({ joined: [], path: [] }, { width: 0, height: 0 });
  }

  paint(pass, pick, { reading, ahead, size }) {
    const found = pick.weight ? this.#ofWeight(pass, pick) : this.#ofCell(pass, pick);
    this.columns.forEach((column, level) => {
      const lit = ahead(level) ? null : found.lit[level];
      column.light(lit, lit && found.open[level]);
    });
    if (!size) return;
    const joined = pick.weight ? [] : this.#joined(pass, pick, reading, ahead);
    const steps = pick.weight || reading === "forward" ? [] : strongest(pass, pick.level, pick.index);
    const path = steps.filter(({ level }) => !ahead(level)).map(({ level, cell }) => this.#middle(level, [cell]));
    this.ways.paint({ joined, path }, size);
  }

  #ofCell(pass, { level, index }) {
    const lit = [];
    const open = [];
    for (const [up, role] of [[false, "receptive-field"], [true, "region-q"]]) {
      spread(pass, level, [index], up, false).forEach((cells, at) => (lit[at] = { cells, role }));
      spread(pass, level, [index], up, true).forEach((cells, at) => (open[at] = cells));
    }
    lit[level] = { cells: new Set([index]), role: "picked" };
    open[level] = lit[level].cells;
    return { lit, open };
  }

  #ofWeight(pass, { level, index }) {
    const links = linksOfWeight(this.layers, level, index);
    const lit = [];
    lit[level] = { cells: new Set(links.map(({ n }) => n)), role: "uses-weight" };
    lit[level - 1] = { cells: new Set(links.map(({ p }) => p)), role: "weighed" };
    const adds = links.filter(({ n, p }) => pass.deltas[level][n] * pass.values[level - 1][p] !== 0);
    const open = [];
    open[level] = new Set(adds.map(({ n }) => n));
    open[level - 1] = new Set(adds.map(({ p }) => p));
    return { lit, open };
  }

  // One line to each map that the sum is made of, as thick as what that map adds.
  #joined(pass, { level, index }, reading, ahead) {
    const there = reading === "forward" ? level - 1 : level + 1;
    if (!this.layers[there] || ahead(there)) return [];
    const links = reading === "forward" ? linksDown(this.layers, level, index) : linksUp(this.layers, level, index);
    const maps = new Map();
    for (const link of links) maps.set(link.map, [...(maps.get(link.map) ?? []), link]);
    const number = (link) => this.#product(pass, level, link, reading);
    const sums = [...maps.values()].map((group) => ({ group, sum: Math.abs(group.reduce((all, link) => all + number(link), 0)) }));
    const most = Math.max(...sums.map(({ sum }) => sum)) || 1;
    const from = this.#middle(level, [index]);
    return sums.filter(({ sum }) => sum > 0).map(({ group, sum }) => (
      { from, to: this.#middle(there, group.map(({ n, p }) => (reading === "forward" ? p : n))), share: sum / most, role: roleOf(this.layers[there], reading) }));
  }

  #product(pass, level, link, reading) {
    if (reading === "backward") return this.layers[level + 1].kind === "softmax" ? 1 : pass.deltas[level + 1][link.n] * factorOf(pass, level + 1, link);
    if (this.layers[level].kind === "softmax") return pass.values[level][link.p];
    return factorOf(pass, level, link) * pass.values[level - 1][link.p];
  }

  // The middle of some cells, in the board's own pixels.
  #middle(level, cells) {
    const boxes = cells.map((cell) => this.columns[level].cells[cell]);
    const { offsetLeft, offsetTop } = this.columns[level].maps;
    const row = this.layers[level].shape.length === 1; // its number stays readable
    const xs = boxes.map((box) => box.offsetLeft + (row ? 0 : box.offsetWidth / 2));
    const ys = boxes.map((box) => box.offsetTop + box.offsetHeight / 2);
    const mean = (numbers) => (Math.min(...numbers) + Math.max(...numbers)) / 2;
    return { x: offsetLeft + mean(xs), y: offsetTop + mean(ys), line: this.columns[level].root.parentNode };
  }
}

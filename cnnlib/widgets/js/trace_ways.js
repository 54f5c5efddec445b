// Lines between the columns: from the picked cell to each map it is joined to, and the strongest path.
import { mark, svg } from "./dom.js";

const MOST_WIDTH = 5;

// Only between columns that stand in one row: where a path goes on in the next row, its stops say so.
export class Ways {
  constructor() {
    this.root = svg("svg", { class: "ways", "aria-hidden": "true" });
  }

  // joined: [{ from: box, to: box, share, role }]; path: [box, ...]
  paint({ joined, path }, size) {
    mark(this.root, "viewBox", `0 0 ${size.width} ${size.height}`);
    mark(this.root, "width", size.width);
    mark(this.root, "height", size.height);
    const lines = joined.filter(({ from, to }) => from.line === to.line).map(({ from, to, share, role }) => svg("path", { class: `way role-${role}`, d: curve(from, to), "stroke-width": (1 + (MOST_WIDTH - 1) * share).toFixed(1) }));
    const chain = path.slice(1).flatMap((to, n) => (to.line === path[n].line ? [svg("path", { class: "strongest", d: curve(path[n], to) })] : []));
    const stops = path.map(({ x, y }) => svg("circle", { class: "stop", cx: x, cy: y, r: 3.5 }));
    this.root.replaceChildren(...lines, ...chain, ...stops);
  }
}

function curve(from, to) {
  const bend = (to.x - from.x) / 2;
  return `M ${from.x} ${from.y} C ${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
}

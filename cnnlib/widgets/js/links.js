// Lines between partners, and the products that travel along them.
import { element, svg } from "./dom.js";
import { cellBox } from "./layout.js";
import { factor, short } from "./numbers.js";
import { GRIDS } from "./scene.js";

const curve = (from, to) => {
  const middle = (from.y + to.y) / 2;
  return `M${from.x},${from.y}C${from.x},${middle} ${to.x},${middle} ${to.x},${to.y}`;
};

const bottom = ({ x, y, size }) => ({ x: x + size / 2, y: y + size });
const top = ({ x, y, size }) => ({ x: x + size / 2, y });

// One axis: from the first grid through a chip for each product down to the result.
export function ribbonLinks({ scene, layout, lit, formula, first, last, chipColumn, isSecret }) {
  const paths = [];
  const chips = [];
  const box = (grid, number) => {
    const index = scene.taps[GRIDS[grid].axis][number];
    return cellBox(layout, grid, index, scene.arrays[grid].shape);
  };
  lit.numbers.forEach((number, n) => {
    const chip = { x: layout.column(chipColumn(number)), y: layout.chips.y, size: layout.cell };
    const middle = { ...bottom(chip), y: layout.chips.y + layout.chips.height };
    paths.push(svg("path", { class: "link", d: curve(bottom(box(first, number)), top(chip)) }));
    paths.push(svg("path", { class: "link sum", d: curve(middle, top(box(last, number))) }));
    chips.push(productChip(formula.terms[n], { ...chip, height: layout.chips.height, order: n, secret: isSecret(number) }));
  });
  return { paths, chips };
}

function productChip(factors, { x, y, size, height, order, secret }) {
  const value = factors.reduce((product, f) => product * f.value, 1);
  const chip = element("div", { class: "product" }, secret ? "?" : short(value));
  if (!secret) chip.title = `${factors.map((f) => factor(f.value)).join(" · ")} = ${short(value)}`;
  chip.style.cssText = `transform:translate(${x}px,${y}px);width:${size}px;height:${height}px;--order:${order}`;
  return chip;
}

// Two axes: the lit block of each grid is projected onto the picked cell.
export function sheetLinks({ scene, layout, lit, pick, grids }) {
  const { shape } = scene.arrays[pick.grid];
  const target = cellBox(layout, pick.grid, pick.index, shape);
  return grids
    .filter(({ name, axis }) => name !== pick.grid && axis !== GRIDS[pick.grid].axis && lit[axis].size)
    .flatMap(({ name, axis }) => {
      const block = [...lit[axis].keys()].map((n) => cellBox(layout, name, n, scene.arrays[name].shape));
      return frustum(block, target, GRIDS[name].role);
    });
}

function frustum(block, target, role) {
  const left = Math.min(...block.map((b) => b.x));
  const right = Math.max(...block.map((b) => b.x + b.size));
  const upper = Math.min(...block.map((b) => b.y));
  const lower = Math.max(...block.map((b) => b.y + b.size));
  const before = right < target.x;
  const [x, to] = before ? [right, target.x] : [left, target.x + target.size];
  if (left < target.x + target.size && right > target.x) return [];
  const far = target.y + target.size;
  return [svg("path", { class: `beam role-${role}`, d: `M${x},${upper}L${to},${target.y}V${far}L${x},${lower}Z` })];
}

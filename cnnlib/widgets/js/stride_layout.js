// Where the grids stand when stride and dilation pull their cells apart, in pixels. Pure.
import { GRIDS } from "./scene.js";
import { frameOf } from "./strides.js";

const GAP = 4;
const COMFORTABLE = 32;
const LEAST = 22; // a telephone is to show all of it
const OUTSIDE = 8; // the kernel's plate
const snapped = (size) => Math.floor(size / 2) * 2;

// One axis: rows under each other, all along the padded input, so that what meets stands in line.
export function lineLayout(scene, names, { width, size, riding }) {
  const { padding, dilation } = scene.move;
  const low = scene.reading === "inputs" ? dilation * (scene.arrays.kernel.shape[0] - 1) : 0;
  const across = low + scene.arrays.input.shape[0] + 2 * padding;
  const least = Math.min(size.least, LEAST);
  const cell = Math.max(least, Math.min(size.most, snapped((width - size.gutter) / across - GAP)));
  const pitch = cell + GAP;
  const column = (q) => size.gutter + (low + q) * pitch;
  const starts = { input: padding, "input-gradient": padding, [names[1]]: startOfRider(scene, riding) };
  const boxes = {};
  let top = 0;
  names.forEach((name, row) => {
    const below = row === names.length - 1;
    if (below) top += size.chip + 1.5 * size.row;
    const y = top + (below ? 0 : size.ruler);
    boxes[name] = { x: column(starts[name] ?? 0), y, pitchX: pitch * frameOf(scene, name).step, pitchY: pitch, cell, below };
    top = y + cell + (below ? size.ruler : size.row);
  });
  const chips = { y: boxes[names.at(-1)].y - 1.5 * size.row - size.chip, height: size.chip };
  return { boxes, chips, cell, pitch, column, width: size.gutter + across * pitch, height: top };
}

// The row that moves: the kernel, or the spread deltas, in cells of the padded input.
function startOfRider({ reading, move: { stride, padding, dilation }, arrays: { kernel } }, index) {
  const starts = { forward: stride * index, weights: dilation * index, inputs: index + padding - dilation * (kernel.shape[0] - 1) };
  return starts[reading];
}

// Two axes: side by side, like the equation they make; on two lines where that is too small.
export function planeLayout(scene, names, { width, height, size }) {
  const extents = names.map((name) => {
    const { before, step, total: [rows, columns] } = frameOf(scene, name);
    return { name, before, step, rows, columns };
  });
  const fit = (lines) => ({ lines, width, cell: cellThatFits(lines, { width, height, size }) });
  const ways = [[extents], [extents.slice(0, 1), extents.slice(1)], extents.map((e) => [e])].map(fit);
  const best = ways.find(({ cell }) => cell >= COMFORTABLE) ?? roomiest(ways, size);
  return placed(best.lines, size, Math.max(Math.min(size.least, LEAST), best.cell));
}

// What is cut off at the side is worse than what is high.
function roomiest(ways, size) {
  const whole = ways.filter(({ lines, width }) => Math.max(...lines.map((line) => lineWidth(line, LEAST + GAP, size, lines))) <= width);
  return (whole.length ? whole : ways.slice(-1)).reduce((a, b) => (b.cell > a.cell ? b : a));
}

function cellThatFits(lines, { width, height, size }) {
  const across = lines.map((line) => (width - lineWidth(line, 0, size, lines)) / line.reduce((sum, e) => sum + e.columns, 0));
  const rows = lines.reduce((sum, line) => sum + Math.max(...line.map((e) => e.rows)), 0);
  const high = (lines.length > 1 ? 1.3 : size.taller) * height; // two lines may be higher than one
  const down = (high - lines.length * (size.caption + GAP + size.ruler + size.row)) / rows;
  return Math.min(size.most, snapped(Math.min(...across, down) - GAP));
}

// Lines after the first begin with their sign.
const lineWidth = (line, pitch, size, lines) =>
  line.reduce((sum, e) => sum + size.ruler + e.columns * pitch, (line.length - (line === lines[0])) * size.operator) + OUTSIDE;

function placed(lines, size, cell) {
  const pitch = cell + GAP;
  const boxes = {};
  let [top, widest] = [0, 0];
  lines.forEach((line, n) => {
    const tallest = Math.max(...line.map((e) => e.rows)) * pitch;
    let left = n ? size.operator : 0;
    for (const e of line) {
      left += size.ruler;
      const ring = { top: e.before[0] * pitch, left: e.before[1] * pitch };
      const y = top + size.caption + GAP + size.ruler + (tallest - e.rows * pitch) / 2;
      boxes[e.name] = { x: left + ring.left, y: y + ring.top, pitchX: e.step * pitch, pitchY: e.step * pitch, cell, ring, above: true, line: n, left, high: e.rows * pitch };
      left += e.columns * pitch + size.operator;
    }
    widest = Math.max(widest, left - size.operator);
    top += size.caption + GAP + size.ruler + tallest + size.row;
  });
  return { boxes, cell, pitch, width: widest + OUTSIDE, height: top };
}

// Where a product's chip hangs, in cells of the padded input: clear of the others of its sum.
export function chipColumn({ taps, move: { stride, padding } }, pick, n) {
  const byOutput = GRIDS[pick.grid].axis === "input";
  return byOutput ? stride * taps.output[n] : taps.input[n] + padding;
}


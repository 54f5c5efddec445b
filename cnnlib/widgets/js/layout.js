// Where every grid stands, in pixels. Pure: the same numbers place the cells and the links.
import { positionOf } from "./arrays.js";

const UNIT = 4;
const GAP = UNIT;
export const SIZES = {
  normal: { most: 48, least: 26, gutter: 84, ruler: 16, caption: 24, operator: 40, row: 12, chip: 24, trace: 112, name: 150, taller: 1 },
  lecture: { most: 72, least: 40, gutter: 132, ruler: 22, caption: 36, operator: 60, row: 16, chip: 36, trace: 150, name: 240, taller: 1.2 },
};

// More samples than this along one axis are drawn as a line.
export const MOST_IN_A_ROW = 30;

const NARROW = 700;
const snapped = (size) => Math.floor(size / 2) * 2;

// Along one axis output i stands under the input its kernel starts on, so indices line up.
export function ribbonLayout(scene, grids, { width, size, ridden }) {
  const { stride, padding, dilation } = scene.move;
  const across = scene.arrays.input.shape[0] + 2 * padding;
  const room = (width - size.gutter) / across - GAP;
  const cell = Math.max(size.least, Math.min(size.most, snapped(room)));
  const pitch = cell + GAP;
  const spacing = { input: 1, output: stride, weight: dilation };
  const column = (c) => size.gutter + (c + padding) * pitch;
  const boxes = {};
  let top = 0;
  grids.forEach(({ name, axis }, row) => {
    if (row > 0 && row === grids.length - 1) top += size.chip + 1.5 * size.row;
    const start = name === ridden?.grid ? ridden.column : axis === "output" ? -padding : 0;
    // The result's numbers stand below it, clear of the lines that run into it.
    const below = row > 0 && row === grids.length - 1;
    const y = top + (below ? 0 : size.ruler);
    boxes[name] = { x: column(start), y, pitchX: pitch * spacing[axis], pitchY: pitch, cell, below };
    top = y + cell + (below ? size.ruler : size.row);
  });
  const last = boxes[grids.at(-1).name];
  const chips = { y: last.y - 1.5 * size.row - size.chip, height: size.chip };
  return { boxes, chips, cell, pitch, column, width: size.gutter + across * pitch, height: top };
}

// A long signal: a line for each array along the samples, cells for the few weights between them.
export function traceLayout(scene, grids, { width, size }) {
  const { stride, padding } = scene.move;
  const across = scene.arrays.input.shape[0] + 2 * padding;
  const pitch = (width - size.gutter - GAP) / across;
  const boxes = {};
  let top = 0;
  for (const { name, axis } of grids) {
    if (axis === "weight") {
      const box = { x: size.gutter, y: top + size.ruler, pitchX: size.most + GAP, pitchY: 0, cell: size.most };
      boxes[name] = box;
      top = box.y + size.most + size.row;
    } else {
      const start = axis === "input" ? padding : 0;
      const pitchX = axis === "input" ? pitch : pitch * stride;
      boxes[name] = { x: size.gutter + start * pitch, y: top, pitchX, height: size.trace };
      top += size.trace + size.row;
    }
  }
  return { boxes, cell: size.most, pitch, width, height: top };
}

// On two axes grids stand side by side, like the equation they make: o ⊗ w = x.
export function sheetLayout(scene, grids, { width, height, size }) {
  const pad = scene.move.padding;
  const extents = grids.map(({ name, axis }) => {
    const { shape } = scene.arrays[name];
    const [rows, columns] = shape.length === 1 ? [1, ...shape] : shape;
    const edge = axis === "input" && name === "input" ? 2 * pad : 0;
    return { name, rows: rows + edge, columns: columns + edge, inset: edge / 2 };
  });
  const between = width < NARROW ? 0.6 * size.operator : size.operator;
  const fixed = extents.length * size.ruler + (extents.length - 1) * between + GAP;
  const columns = extents.reduce((sum, e) => sum + e.columns, 0);
  const tallest = Math.max(...extents.map((e) => e.rows));
  const room = Math.min((width - fixed) / columns, (height - size.caption - size.ruler) / tallest);
  const cell = Math.max(size.least, Math.min(size.most, snapped(room - GAP)));
  return placed(extents, { width, size, cell, pitch: cell + GAP, between });
}

function placed(extents, { width, size, cell, pitch, between }) {
  const lines = brokenInto(extents, (e) => size.ruler + e.columns * pitch + between, width + between, between);
  const boxes = {};
  let top = 0;
  let right = 0;
  for (const line of lines) {
    const tallest = Math.max(...line.map((e) => e.rows)) * pitch;
    let left = line === lines[0] ? 0 : between; // a further line begins with the sign
    for (const e of line) {
      left += size.ruler;
      const y = top + size.caption + size.ruler + (tallest - e.rows * pitch) / 2;
      const [dx, dy] = [e.inset * pitch, e.inset * pitch];
      boxes[e.name] = { x: left + dx, y: y + dy, pitchX: pitch, pitchY: pitch, cell, inset: e.inset, above: true };
      left += e.columns * pitch + between;
    }
    right = Math.max(right, left - between);
    top += size.caption + size.ruler + tallest + size.row;
  }
  return { boxes, cell, pitch, between, width: right, height: top };
}

function brokenInto(items, lengthOf, most, sign) {
  const lines = [[]];
  let used = 0;
  for (const item of items) {
    used += lengthOf(item);
    if (used > most && lines.at(-1).length) {
      lines.push([]);
      used = sign + lengthOf(item);
    }
    lines.at(-1).push(item);
  }
  return lines;
}

export function cellBox(layout, name, flat, shape) {
  const box = layout.boxes[name];
  const position = positionOf(flat, shape);
  const [row, column] = shape.length === 1 ? [0, position[0]] : position;
  return { x: box.x + column * box.pitchX, y: box.y + row * box.pitchY, size: box.cell };
}

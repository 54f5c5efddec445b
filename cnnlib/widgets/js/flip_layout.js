// Input, kernel and turned kernel, then the two results: on one line or on two. Pure.
const GAP = 4;
const FIRST = ["input", "kernel", "turned"];

// On one axis a kernel that turns needs room above and below its row.
function extentOf(scene, name) {
  const { shape } = scene.arrays[name];
  const [rows, columns] = shape.length === 1 ? [1, ...shape] : shape;
  const room = name === "turned" && shape.length === 1 ? columns : rows;
  return { name, rows, columns, room };
}

function cellOf(lines, { width, height, size }) {
  const rooms = lines.map((line) => {
    const columns = line.reduce((sum, e) => sum + e.columns, 0);
    return (width - line.length * size.ruler - (line.length - 1) * size.operator - GAP) / columns;
  });
  const tallest = lines.reduce((sum, line) => sum + Math.max(...line.map((e) => e.room)), 0);
  const above = lines.length * (size.caption + size.ruler) + (lines.length - 1) * size.row;
  return Math.min(...rooms, (height - above) / tallest) - GAP;
}

export function flipLayout(scene, names, { width, height, size }) {
  const all = names.map((name) => extentOf(scene, name));
  const split = [all.filter((e) => FIRST.includes(e.name)), all.filter((e) => !FIRST.includes(e.name))].filter((line) => line.length);
  const room = { width, height, size };
  const lines = cellOf([all], room) + 2 >= cellOf(split, room) ? [all] : split;
  const cell = Math.max(size.least, Math.min(size.most, Math.floor(cellOf(lines, room) / 2) * 2));
  return placed(lines, { cell, size, pitch: cell + GAP, between: size.operator });
}

function placed(lines, { cell, size, pitch, between }) {
  const lengthOf = (line) => line.reduce((sum, e) => sum + size.ruler + e.columns * pitch + between, -between);
  const width = Math.max(...lines.map(lengthOf));
  const boxes = {};
  let top = 0;
  for (const line of lines) {
    const tallest = Math.max(...line.map((e) => e.room)) * pitch;
    let left = (width - lengthOf(line)) / 2;
    for (const e of line) {
      left += size.ruler;
      const y = top + size.caption + size.ruler + (tallest - e.rows * pitch) / 2;
      boxes[e.name] = { x: left, y, pitchX: pitch, pitchY: pitch, cell, above: true };
      left += e.columns * pitch + between;
    }
    top += size.caption + size.ruler + tallest + size.row;
  }
  return { boxes, cell, pitch, between, width, height: top - size.row };
}

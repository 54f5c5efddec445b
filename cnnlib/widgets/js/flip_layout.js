// Input, kernel and turned kernel, then the two results: on one line, with the two kernels one over
// the other, or on two lines, whichever leaves the cells largest. Pure.
const GAP = 4;
const LEAST = 20;
// In widths of a sign: half as much room where none stands between two grids.
const SIGNED = ["turned", "convolution"];
const KERNELS = ["kernel", "turned"];

// On one axis a kernel that turns needs room above and below its row.
function extentOf(scene, name) {
  const { shape } = scene.arrays[name];
  const [rows, columns] = shape.length === 1 ? [1, ...shape] : shape;
  const room = name === "turned" && shape.length === 1 ? columns : rows;
  return { name, rows, columns, room };
}

// A picture is a list of lines, a line a list of blocks, a block one grid or two, one over the other.
function candidates(all) {
  const single = all.map((e) => [e]);
  const pair = all.filter((e) => KERNELS.includes(e.name));
  const first = single.findIndex(([e]) => KERNELS.includes(e.name));
  const stacked = single.filter(([e]) => !KERNELS.includes(e.name));
  if (pair.length) stacked.splice(first, 0, pair);
  const start = single.filter(([e]) => e.name === "input" || KERNELS.includes(e.name));
  return [[single], [stacked], [start, single.filter((block) => !start.includes(block))].filter((line) => line.length)];
}

const sum = (items, of) => items.reduce((total, item) => total + of(item), 0);
const widest = (block) => Math.max(...block.map((e) => e.columns));
const gapBefore = (block, n) => (n === 0 ? 0 : SIGNED.includes(block[0].name) ? 1 : 0.5);
const gapsOf = (line) => line.reduce((total, block, n) => total + gapBefore(block, n), 0);
// What a block is high beside its rows.
const aboveOf = (block, size) => block.length * (size.caption + size.ruler) + (block.length - 1) * size.chip;

function cellOf(lines, { width, height, size }) {
  const across = lines.map((line) => (width - line.length * size.ruler - gapsOf(line) * size.operator - GAP) / sum(line, widest));
  const rows = (line, pitch) => Math.max(...line.map((block) => aboveOf(block, size) + pitch * sum(block, (e) => e.room)));
  let pitch = Math.min(...across, size.most + GAP);
  while (pitch > LEAST && sum(lines, (line) => rows(line, pitch)) + (lines.length - 1) * size.row > height) pitch -= 1;
  return pitch - GAP;
}

export function flipLayout(scene, names, room) {
  const pictures = candidates(names.map((name) => extentOf(scene, name)));
  const cells = pictures.map((lines) => cellOf(lines, room));
  const best = cells.findIndex((cell) => cell + 2 >= Math.max(...cells));
  return placed(pictures[best], Math.max(LEAST, Math.floor(cells[best] / 2) * 2), room.size);
}

function placed(lines, cell, size) {
  const pitch = cell + GAP;
  const between = size.operator;
  const lengthOf = (line) => sum(line, (block) => size.ruler + widest(block) * pitch) + gapsOf(line) * between;
  const width = Math.max(...lines.map(lengthOf));
  const heightOf = (block) => aboveOf(block, size) + pitch * sum(block, (e) => e.room);
  const boxes = {};
  let top = 0;
  for (const line of lines) {
    const tallest = Math.max(...line.map(heightOf));
    let left = (width - lengthOf(line)) / 2;
    for (const [n, block] of line.entries()) {
      left += size.ruler + gapBefore(block, n) * between;
      let y = top + (tallest - heightOf(block)) / 2;
      for (const e of block) {
        y += size.caption + size.ruler;
        boxes[e.name] = { x: left, y: y + ((e.room - e.rows) * pitch) / 2, pitchX: pitch, pitchY: pitch, cell, above: true };
        y += e.room * pitch + size.chip;
      }
      left += widest(block) * pitch;
    }
    top += tallest + size.row;
  }
  return { boxes, cell, pitch, between, width, height: top - size.row };
}

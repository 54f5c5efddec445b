// Where the grids of delta's way back stand, in pixels: one line, or f′ on a line of its own. Pure.
const UNIT = 4;
const COMFORTABLE = 36;
const NARROW = 0.7;
const TALLER = 1.14; // two lines may be so much higher than one
const OUTSIDE = 2 * UNIT; // the kernel's plate

const snapped = (size) => Math.floor(size / 2) * 2;
const sheet = (shape) => (shape.length === 1 ? [1, ...shape] : shape);

// rings: how many cells of zeros a grid has round it, per axis; kept free even while none are shown.
export function flowLayout(scene, names, { width, height, size, rings = {} }) {
  const between = names.length > 4 ? NARROW * size.operator : size.operator;
  const extents = names.map((name) => {
    const [rows, columns] = sheet(scene.arrays[name].shape);
    const ring = rings[name] ? sheet(rings[name].map((n) => n + 1)).map((n) => n - 1) : [0, 0];
    return { name, rows: rows + 2 * ring[0], columns: columns + 2 * ring[1], ring };
  });
  const high = (lines) => (lines.length > 1 ? TALLER : 1) * height;
  const fit = (lines) => ({ lines, cell: cellThatFits(lines, { width, height: high(lines), size, between }) });
  size = { ...size, caption: size.caption + UNIT };
  const below = names.indexOf("derivative");
  const one = fit([extents]);
  const two = below > 0 ? fit([extents.slice(0, below), extents.slice(below)]) : one;
  const best = one.cell >= COMFORTABLE || one.cell >= two.cell ? one : two;
  const cell = Math.max(size.least, best.cell);
  const lines = best.lines.flatMap((line) => broken(line, (part) => lineWidth(part, cell + UNIT, size, between), width));
  return placed(lines, { size, cell, between });
}

const lineWidth = (line, pitch, size, between) =>
  line.reduce((sum, e) => sum + size.ruler + e.columns * pitch, (line.length - 1) * between) + OUTSIDE;

function cellThatFits(lines, { width, height, size, between }) {
  const across = lines.map((line) => (width - lineWidth(line, 0, size, between)) / line.reduce((sum, e) => sum + e.columns, 0));
  const rows = lines.reduce((sum, line) => sum + Math.max(...line.map((e) => e.rows)), 0);
  const down = (height - lines.length * (size.caption + size.ruler + size.row)) / rows;
  return Math.min(size.most, snapped(Math.min(...across, down) - UNIT));
}

function broken(line, widthOf, most) {
  const lines = [[]];
  for (const e of line) {
    if (lines.at(-1).length && widthOf([...lines.at(-1), e]) > most) lines.push([]);
    lines.at(-1).push(e);
  }
  return lines;
}

// Lines end flush right: what belongs to the layer below stands under ∂E/∂o.
function placed(lines, { size, cell, between }) {
  const pitch = cell + UNIT;
  const widths = lines.map((line) => lineWidth(line, pitch, size, between));
  const widest = Math.max(...widths);
  const boxes = {};
  let top = 0;
  lines.forEach((line, n) => {
    const tallest = Math.max(...line.map((e) => e.rows)) * pitch;
    let left = widest - widths[n];
    for (const e of line) {
      left += size.ruler;
      const y = top + size.caption + size.ruler + (tallest - e.rows * pitch) / 2 + e.ring[0] * pitch;
      boxes[e.name] = { x: left + e.ring[1] * pitch, y, pitchX: pitch, pitchY: pitch, cell, above: true, line: n, first: e === line[0] };
      left += e.columns * pitch + between;
    }
    top += size.caption + size.ruler + tallest + size.row;
  });
  return { boxes, cell, pitch, between, width: widest, height: top - size.row + UNIT };
}

// Where the grids of a pool stand, in pixels: forward above, the way back below it or beside it. Pure.
const GAP = 4;
const snapped = (size) => Math.floor(size / 2) * 2;
const sheet = (shape) => (shape.length === 1 ? [1, ...shape] : shape);

export function poolLayout(scene, names, room) {
  return scene.axes === 1 ? rows(scene, names, room) : sheets(scene, names, room);
}

// One axis: o, y, ∂E/∂y, ∂E/∂o under each other; each output stands under the middle of its window.
function rows(scene, names, { width, height, size }) {
  const across = scene.arrays.input.shape[0];
  const gaps = (names.length / 2) * (size.chip + size.row + size.ruler);
  const room = Math.min((width - size.gutter) / across - GAP, (height - gaps) / names.length);
  const cell = Math.max(size.least, Math.min(size.most, snapped(room)));
  const pitch = cell + GAP;
  const middle = ((scene.window[0] - 1) / 2) * pitch;
  const boxes = {};
  let y = size.ruler;
  for (const name of names) {
    const byInput = name === "input" || name === "input-gradient";
    // The numbers of a row stand between it and the row it shares them with, clear of the bands.
    const below = name === "output" || name === "input-gradient";
    const x = size.gutter + (byInput ? 0 : middle);
    boxes[name] = { x, y, pitchX: pitch * (byInput ? 1 : scene.move.stride), pitchY: pitch, cell, below };
    y += cell + (name === "output" ? size.ruler + 2 : name === "input-gradient" ? size.ruler : size.chip + size.row);
  }
  return { boxes, cell, pitch, between: 0, width: size.gutter + across * pitch, height: y + 2, stacked: false };
}

// Two axes: one line, or two with each gradient under what it is a gradient at.
function sheets(scene, names, room) {
  const extents = names.map((name) => {
    const [rowCount, columns] = sheet(scene.arrays[name].shape);
    return { name, rows: rowCount, columns };
  });
  const [o, y, d_y, d_o] = extents;
  const candidates = d_o ? [[extents], [[o, y], [d_o, d_y]]] : [[extents]];
  const cells = candidates.map((lines) => cellThatFits(lines, room));
  const best = cells.indexOf(Math.max(...cells));
  return { ...placed(candidates[best], Math.max(room.size.least, cells[best]), room.size), stacked: best > 0 };
}

const fixedOf = (line, size) => line.length * size.ruler + (line.length - 1) * size.operator + GAP;

function cellThatFits(lines, { width, height, size }) {
  const across = lines.map((line) => (width - fixedOf(line, size)) / line.reduce((sum, e) => sum + e.columns, 0));
  const tall = lines.reduce((sum, line) => sum + Math.max(...line.map((e) => e.rows)), 0);
  const down = (height - lines.length * (size.caption + size.ruler + size.row)) / tall;
  return Math.min(size.most, snapped(Math.min(...across, down) - GAP));
}

function placed(lines, cell, size) {
  const pitch = cell + GAP;
  const boxes = {};
  let [top, right] = [0, 0];
  for (const line of lines) {
    const tallest = Math.max(...line.map((e) => e.rows)) * pitch;
    let left = 0;
    for (const e of line) {
      left += size.ruler;
      const y = top + size.caption + size.ruler + (tallest - e.rows * pitch) / 2;
      boxes[e.name] = { x: left, y, pitchX: pitch, pitchY: pitch, cell, above: true, rows: e.rows };
      left += e.columns * pitch + size.operator;
    }
    right = Math.max(right, left - size.operator);
    top += size.caption + size.ruler + tallest + size.row;
  }
  return { boxes, cell, pitch, between: size.operator, width: right, height: top - size.row + GAP };
}

// Input over output on the left, the matrix of their connections on the right. Pure.
const GAP = 4;
const SMALLER = 0.58;
const LEAST_SQUARE = 9;
const MOST_SQUARE = 0.46;

const rowsOf = (shape) => (shape.length === 1 ? 1 : shape[0]);

function matrixBox(scene, room, size) {
  const [, across] = scene.arrays.connections.shape;
  const gap = scene.axes === 2 ? GAP : 0;
  const blocks = Math.ceil(across / scene.arrays.input.shape.at(-1));
  const square = Math.floor((room - (blocks - 1) * gap) / across);
  return { square: Math.min(Math.floor(size.most * MOST_SQUARE), square), gap, type: size.ruler * 0.75 };
}

export function sharingLayout(scene, names, { width, size }) {
  const cell = Math.floor(size.most * SMALLER);
  const pitch = cell + GAP;
  const boxes = {};
  let [top, wide] = [0, 0];
  for (const name of names.filter((grid) => grid !== "connections")) {
    const { shape } = scene.arrays[name];
    const y = top + size.caption + size.ruler;
    boxes[name] = { x: size.ruler, y, pitchX: pitch, pitchY: pitch, cell, above: true };
    top = y + rowsOf(shape) * pitch + size.row;
    wide = Math.max(wide, size.ruler + shape.at(-1) * pitch);
  }
  const margin = 1.6 * size.ruler;
  const left = wide + size.operator + margin;
  const beside = matrixBox(scene, width - left - GAP, size);
  const under = beside.square < LEAST_SQUARE;
  const box = under ? matrixBox(scene, width - margin - GAP, size) : beside;
  const [x, above] = under ? [margin, top] : [left, 0];
  const square = Math.max(LEAST_SQUARE - 1, box.square);
  const matrix = { ...box, square, x, y: above + size.caption + margin };
  const [down, across] = scene.arrays.connections.shape;
  const length = (count, per) => count * square + (Math.ceil(count / per) - 1) * box.gap;
  const right = x + length(across, scene.arrays.input.shape.at(-1)) + GAP;
  const bottom = matrix.y + length(down, scene.arrays.output.shape.at(-1)) + GAP;
  return { boxes: { ...boxes, connections: matrix }, cell, pitch, width: Math.max(wide, right), height: Math.max(top, bottom) };
}

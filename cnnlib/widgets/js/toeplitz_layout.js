// The vector along the top, the matrix under it, the result at its right, the kernel apart. Pure.
const GAP = 4;
const LEAST = 18;
const HIGHER = 1.15;
const TOP = 4;
const WIDER = 1.3; // a name stands between the kernel and the matrix

// The room is a square that holds the matrix and its transpose, so that nothing else moves.
export function toeplitzLayout(scene, { width, height, size }) {
  const [down, across] = scene.arrays.toeplitz.shape;
  const side = Math.max(down, across);
  const weights = scene.arrays.kernel.shape[0];
  const gutter = WIDER * size.gutter;
  const rows = (HIGHER * height - TOP - size.ruler - size.row) / (side + 1) - GAP;
  const fixed = gutter + 3 * size.ruler + size.operator;
  const columns = (width - fixed - size.name) / (side + 1) - GAP;
  const narrow = (width - fixed) / (side + weights + 1) - GAP;
  const most = weights * (columns + GAP) > size.name ? narrow : columns;
  const cell = Math.max(LEAST, Math.min(size.most, Math.floor(rows / 2) * 2, Math.floor(most / 2) * 2));
  const pitch = cell + GAP;
  const apart = Math.max(weights * pitch, size.name);
  const x = size.ruler + apart + gutter;
  const y = TOP + size.ruler + pitch + size.row;
  const vector = { gutter: gutter - size.row, x, y: y - size.row - pitch, pitchX: pitch, pitchY: pitch, cell };
  const result = { x: x + (scene.backward ? down : across) * pitch + size.operator, y, pitchX: pitch, pitchY: pitch, cell };
  const kernel = { x: size.ruler, y: Math.max(vector.y, TOP + size.caption + size.ruler), pitchX: pitch, pitchY: pitch, cell, above: true };
  const boxes = { input: vector, delta: vector, output: result, "input-gradient": result, kernel, toeplitz: { ...vector, y, transposed: scene.backward } };
  const right = x + side * pitch + size.operator + pitch + 1.5 * size.ruler;
  return { boxes, cell, pitch, reads: { x: size.ruler, y: kernel.y + pitch + size.row, width: apart }, width: right, height: y + side * pitch };
}

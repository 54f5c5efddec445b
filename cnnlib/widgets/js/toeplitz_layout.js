// The vector along the top, the matrix under it, the result at its right, the kernel apart. Pure.
const GAP = 4;
const LEAST = 18;

// The room is a square that holds the matrix and its transpose, so that nothing else moves.
export function toeplitzLayout(scene, { width, height, size }) {
  const [down, across] = scene.arrays.toeplitz.shape;
  const side = Math.max(down, across);
  const weights = scene.arrays.kernel.shape[0];
  const top = size.caption;
  const rows = (height - top - size.ruler - 2 * size.row) / (side + 1) - GAP;
  const fixed = size.gutter + 3 * size.ruler + size.operator;
  const columns = (width - fixed - size.name) / (side + 1) - GAP;
  const narrow = (width - fixed) / (side + weights + 1) - GAP;
  const most = weights * (columns + GAP) > size.name ? narrow : columns;
  const cell = Math.max(LEAST, Math.min(size.most, Math.floor(rows / 2) * 2, Math.floor(most / 2) * 2));
  const pitch = cell + GAP;
  const apart = Math.max(weights * pitch, size.name);
  const x = size.ruler + apart + size.gutter;
  const y = top + size.ruler + pitch + size.row;
  const vector = { x, y: y - size.row - pitch, pitchX: pitch, pitchY: pitch, cell };
  const result = { x: x + (scene.backward ? down : across) * pitch + size.operator, y, pitchX: pitch, pitchY: pitch, cell };
  const kernel = { x: size.ruler, y: vector.y, pitchX: pitch, pitchY: pitch, cell, above: true };
  const boxes = { input: vector, delta: vector, output: result, "input-gradient": result, kernel, toeplitz: { ...vector, y, transposed: scene.backward } };
  const right = x + side * pitch + size.operator + pitch + 1.5 * size.ruler;
  return { boxes, cell, pitch, reads: { x: size.ruler, y: y + size.row, width: apart }, width: right, height: y + side * pitch };
}

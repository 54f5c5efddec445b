// Pictures left and right, the kernel and its loupe between them; under each other where it is narrow.
export const MOST_ROWS = 24;
const GAP = 4;
const HALVES = 2;
const LEAST_PIXEL = 1.5;
const LEGEND = 30;
const SMALLER = 0.92;

const halved = (size) => Math.floor(size * HALVES) / HALVES;
const isLarge = ({ shape }) => Math.max(...shape) > MOST_ROWS;

export function rasterLayout(scene, names, { width, height, size }) {
  const grids = names.map((name) => ({ name, shape: scene.arrays[name].shape, large: isLarge(scene.arrays[name]) }));
  const cell = cellFor(scene.arrays.kernel.shape, size, height);
  const beside = pixelFor(grids, { width, height, size, cell });
  if (beside >= LEAST_PIXEL) return inARow(grids, { size, cell, pixel: beside });
  const columns = Math.max(...grids.filter((grid) => grid.large).map((grid) => grid.shape[1]));
  return inAColumn(grids, { size, cell, pixel: Math.max(1, halved(width / columns)) });
}

// Kernel and loupe together are about as high as a picture.
function cellFor([rows], size, height) {
  const room = (height - 2 * size.caption) / (2 * rows) - GAP;
  return Math.max(size.least - 6, Math.min(Math.floor(size.most * SMALLER), Math.floor(room)));
}

const wideOf = ({ shape, large }, { size, cell, pixel }) => (large ? shape[1] * pixel : size.ruler + shape[1] * (cell + GAP));
const highOf = ({ shape, large }, { cell, pixel }) => (large ? shape[0] * pixel : shape[0] * (cell + GAP));

function pixelFor(grids, { width, height, size, cell }) {
  const fixed = grids.reduce((sum, grid) => sum + (grid.large ? 0 : wideOf(grid, { size, cell })), (grids.length - 1) * size.operator + 2 * GAP);
  const large = grids.filter((grid) => grid.large);
  const columns = large.reduce((sum, { shape }) => sum + shape[1], 0);
  const rows = Math.max(...large.map(({ shape }) => shape[0]));
  return halved(Math.min((width - fixed) / columns, height / rows));
}

function boxOf({ large }, { cell, pixel }, x, y) {
  const pitch = large ? pixel : cell + GAP;
  return { x, y, pitchX: pitch, pitchY: pitch, cell, above: true };
}

// Where the loupe stands: under the kernel.
function loupeUnder(grid, box, { size, cell }) {
  const y = box.y + grid.shape[0] * (cell + GAP) + size.row + size.caption;
  return { x: box.x, y, cell, pitch: cell + GAP };
}

function inARow(grids, sizes) {
  const { size, cell } = sizes;
  const boxes = {};
  let loupe = null;
  let [left, bottom] = [GAP, 0];
  for (const grid of grids) {
    const ruler = grid.large ? 0 : size.ruler;
    const box = (boxes[grid.name] = boxOf(grid, sizes, left + ruler, size.caption + ruler + GAP));
    if (grid.name === "kernel") loupe = loupeUnder(grid, box, sizes);
    left += wideOf(grid, sizes) + size.operator;
    const end = loupe && !grid.large ? loupe.y + highOf(grid, sizes) : box.y + highOf(grid, sizes) + LEGEND;
    bottom = Math.max(bottom, end);
  }
  return { boxes, loupe, cell, width: left - size.operator + GAP, height: bottom };
}

function inAColumn(grids, sizes) {
  const { size, cell } = sizes;
  const boxes = {};
  let loupe = null;
  let [top, right] = [0, 0];
  for (const grid of grids) {
    const ruler = grid.large ? 0 : size.ruler;
    const box = (boxes[grid.name] = boxOf(grid, sizes, GAP + ruler, top + size.caption + ruler));
    if (grid.name === "kernel") loupe = { x: box.x + wideOf(grid, sizes) + size.operator, y: box.y, cell, pitch: cell + GAP };
    top = box.y + highOf(grid, sizes) + (grid.large ? LEGEND : size.row);
    right = Math.max(right, box.x + wideOf(grid, sizes));
  }
  return { boxes, loupe, cell, width: right + GAP, height: top };
}

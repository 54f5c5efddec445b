// Pictures left and right, kernel and loupe between them; under each other where it is narrow.
export const MOST_ROWS = 24;
const GAP = 4;
const HALVES = 2;
const LEAST_PIXEL = 1.5;
const SMALLER = 0.92;

const halved = (size) => Math.floor(size * HALVES) / HALVES;
const isLarge = ({ shape }) => Math.max(...shape) > MOST_ROWS;

// The loupe stands beside the kernel where that makes the pictures no smaller, else under it.
export function rasterLayout(scene, names, { width, height, size }) {
  const grids = names.map((name) => ({ name, shape: scene.arrays[name].shape, large: isLarge(scene.arrays[name]) }));
  const wanted = [true, false].map((beside) => {
    const cell = cellFor(scene.arrays.kernel.shape, size, height, beside);
    return { size, cell, beside, pixel: pixelFor(grids, { width, height, size, cell, beside }) };
  });
  const best = wanted[0].pixel >= wanted[1].pixel ? wanted[0] : wanted[1];
  if (best.pixel >= LEAST_PIXEL) return inARow(grids, best);
  const columns = Math.max(...grids.filter((grid) => grid.large).map((grid) => grid.shape[1]));
  return inAColumn(grids, { ...wanted[1], pixel: Math.max(1, halved(width / columns)) });
}

// Kernel and loupe are together no higher than a picture.
function cellFor([rows], size, height, beside) {
  const stacked = beside ? 1 : 2;
  const room = (height - (stacked - 1) * 2 * size.caption) / (stacked * rows) - GAP;
  return Math.max(size.least - 6, Math.min(Math.floor(size.most * SMALLER), Math.floor(room)));
}

const across = ({ shape }, cell) => shape[1] * (cell + GAP);

function wideOf(grid, { size, cell, pixel, beside }) {
  if (grid.large) return grid.shape[1] * pixel;
  return size.ruler + across(grid, cell) + (beside && grid.name === "kernel" ? size.operator + across(grid, cell) : 0);
}

const highOf = ({ shape, large }, { cell, pixel }) => shape[0] * (large ? pixel : cell + GAP);

function pixelFor(grids, sizes) {
  const { width, height, size } = sizes;
  const small = grids.filter((grid) => !grid.large);
  const fixed = small.reduce((sum, grid) => sum + wideOf(grid, sizes), (grids.length - 1) * size.operator + 2 * GAP);
  const large = grids.filter((grid) => grid.large);
  if (!large.length) return sizes.beside ? 0 : LEAST_PIXEL;
  const columns = large.reduce((sum, { shape }) => sum + shape[1], 0);
  return halved(Math.min((width - fixed) / columns, height / Math.max(...large.map(({ shape }) => shape[0]))));
}

function boxOf({ large }, { cell, pixel }, x, y) {
  const pitch = large ? pixel : cell + GAP;
  return { x, y, pitchX: pitch, pitchY: pitch, cell, above: true };
}

// Room for the legend under a picture.
const below = (grid, { size }) => (grid.large ? size.caption + 2 * GAP : size.row);

function inARow(grids, sizes) {
  const { size, cell, beside } = sizes;
  const boxes = {};
  let loupe = null;
  let [left, bottom] = [GAP, 0];
  for (const grid of grids) {
    const x = left + (grid.large ? 0 : size.ruler);
    const y = size.caption + size.ruler + GAP;
    if (grid.name === "kernel") loupe = { x: beside ? left : x, y: beside ? y : y + highOf(grid, sizes) + size.row + size.caption, cell, pitch: cell + GAP };
    const shift = beside && grid.name === "kernel" ? across(grid, cell) + size.operator : 0;
    boxes[grid.name] = boxOf(grid, sizes, x + shift, grid.large ? y - size.ruler : y);
    left += wideOf(grid, sizes) + size.operator;
    const end = (grid.name === "kernel" ? loupe.y : boxes[grid.name].y) + highOf(grid, sizes);
    bottom = Math.max(bottom, end + below(grid, sizes));
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
    if (grid.name === "kernel") loupe = { x: box.x + across(grid, cell) + size.row, y: box.y, cell, pitch: cell + GAP };
    top = box.y + highOf(grid, sizes) + below(grid, sizes);
    const kernel = grid.name === "kernel" ? across(grid, cell) + size.row : 0;
    right = Math.max(right, box.x + kernel + wideOf(grid, sizes) - ruler);
  }
  return { boxes, loupe, cell, width: right + GAP, height: top };
}

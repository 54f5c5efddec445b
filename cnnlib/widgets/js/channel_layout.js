// Where the maps stand: a column for each channel, a row for each filter, their kernels in the table
// between. Pure.
import { kindOf, READINGS } from "./channels.js";
import { LETTERS } from "./scene.js";

const UNIT = 4;
const APART = { narrow: 8, wide: 20 };
const NARROW = 500;
// More rows than this stand closer together.
const MANY = 3;
const NOTE = { normal: 20, lecture: 30, crowded: 24 };
const LEAST = 20;
const LEAST_OF = { normal: 26, lecture: 34, crowded: 28 };
// With the names beside the kernels there is height for digits that are read from the last row.
const LEAST_BESIDE = { lecture: 44, crowded: 40 };
const BESIDE = 12;

const snapped = (size) => Math.floor(size / 2) * 2;
const sheet = (shape) => shape.slice(-2);
// Room for a name such as w[0,1], in lecture size.
const lengthOf = (letter, ...last) => 11 * `${letter}[${last}]`.length + 20;

export function channelLayout(scene, { width, height, size, lecture, notation = "course" }) {
  const dense = scene.sizes.inputs === 1 && scene.sizes.weights === 1;
  const crowded = scene.sizes.filters > MANY;
  const above = planOf(scene, { dense, lecture, narrow: width < NARROW });
  const kind = lecture ? (crowded ? "crowded" : "lecture") : "normal";
  const fitted = (plan, least) => {
    const across = snapped(acrossOf(plan, width) - UNIT);
    const down = snapped(((lecture ? 1 : 1.3) * height - plan.fixed.y) / plan.cells.y - UNIT);
    return { plan, cell: Math.max(Math.min(least, Math.max(LEAST, across)), Math.min(size.most, across, down)) };
  };
  const plain = fitted(above, LEAST_OF[kind]);
  const beside = lecture && !dense ? fitted(planOf(scene, { lecture, names: namesOf(scene, notation) }), LEAST_BESIDE[kind]) : plain;
  const { plan, cell } = beside.cell > plain.cell ? beside : plain;
  return placed(plan, cell);
}

function namesOf({ sizes: { channels, filters }, reading }, notation) {
  const { table, side } = READINGS[reading];
  return { weight: lengthOf(LETTERS[notation][table], filters - 1, channels - 1), output: lengthOf(LETTERS[notation][side], filters - 1) };
}

// How many cells and how many fixed pixels it takes, across and down; names: their room beside the blocks.
function planOf({ sizes, full }, { dense = false, lecture, narrow = false, names = null }) {
  const [o, w, x] = ["input", "kernel", "output"].map((grid) => sheet(full[grid].shape));
  const row = Math.max(w[0], x[0]);
  const crowded = sizes.filters > MANY;
  const note = lecture ? (crowded ? NOTE.crowded : NOTE.lecture) : NOTE.normal;
  const gap = dense ? note + UNIT : APART[narrow ? "narrow" : "wide"];
  const caption = dense || names ? 0 : note;
  const between = crowded ? UNIT : names || (dense && lecture) ? BESIDE : gap;
  const { channels, filters } = sizes;
  return {
    sizes, o, w, x, row, gap, note, caption, dense, between, names,
    cells: { y: o[0] + filters * row },
    fixed: { x: (channels + 4) * gap + (names?.output ?? 0), y: note + UNIT + filters * (caption + between) + gap },
  };
}

// How wide a column of the table is: as wide as its map, or as its kernel with the name beside it.
const columnOf = ({ o, w, names }, pitch) => Math.max(Math.max(o[1], w[1]) * pitch, (names?.weight ?? 0) + w[1] * pitch);

// The largest pitch with which everything stands in the width.
function acrossOf({ sizes: { channels }, o, w, x, names, fixed }, width) {
  const room = width - fixed.x;
  const maps = room / (channels * Math.max(o[1], w[1]) + x[1]);
  return names ? Math.min(maps, (room - channels * names.weight) / (channels * w[1] + x[1])) : maps;
}

function placed(plan, cell) {
  const { sizes, o, w, x, gap, note, caption, between, names } = plan;
  const pitch = cell + UNIT;
  const column = columnOf(plan, pitch);
  const left = (c) => gap + c * (column + gap);
  const side = left(sizes.channels) + 2 * gap + (names?.output ?? 0);
  const first = note + o[0] * pitch + gap;
  const top = (d) => first + d * (caption + plan.row * pitch + between) + caption;
  const middle = (from, all, own) => from + (all - own) / 2;
  const named = (names?.weight ?? 0) + w[1] * pitch;
  const block = {
    input: ({ c }) => ({ x: middle(left(c), column, o[1] * pitch), y: note }),
    weight: ({ c, d }) => ({ x: middle(left(c), column, named) + (names?.weight ?? 0), y: middle(top(d), plan.row * pitch, w[0] * pitch) }),
    output: ({ d }) => ({ x: side, y: middle(top(d), plan.row * pitch, x[0] * pitch) }),
  };
  const shapes = { input: o, weight: w, output: x };
  const last = top(sizes.filters - 1) + plan.row * pitch;
  // Single pixels have their names after them.
  const right = side + x[1] * pitch + (plan.dense ? 2 * note : 0);
  const frame = { left: left(0) - gap / 2, right, top: 0, bottom: last };
  return {
    ...plan, block, shapes, cell, pitch, frame,
    rowBand: (d) => ({ x: frame.left, y: top(d) - caption - between / 4, width: frame.right - frame.left + gap / 4, height: caption + plan.row * pitch + between / 2 - UNIT }),
    columnBand: (c) => ({ x: left(c) - gap / 2 + UNIT / 2, y: 0, width: column + gap - 2 * UNIT, height: last + gap / 4 }),
    corner: { x: side, y: note, width: x[1] * pitch + gap, height: o[0] * pitch },
    width: right + (plan.dense ? UNIT : gap), height: last + gap / 2,
  };
}

// Where a grid's block stands, and how many rows and columns it has.
export function blockBox(layout, grid, place) {
  const kind = kindOf(grid);
  return { ...layout.block[kind](place), shape: layout.shapes[kind] };
}

export const gridsOf = (reading) => [READINGS[reading].top, READINGS[reading].table, READINGS[reading].side];

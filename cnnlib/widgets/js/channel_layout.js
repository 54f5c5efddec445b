// Where the maps stand: a column for each channel, a row for each filter, their kernels in the table
// between. Pure.
import { kindOf, READINGS } from "./channels.js";

const UNIT = 4;
const APART = { narrow: 8, wide: 20 };
const NARROW = 500;
// More rows than this stand closer together.
const MANY = 3;
const NOTE = { normal: 20, lecture: 30, crowded: 24 };
const LEAST = 20;
const LEAST_OF = { normal: 26, lecture: 34, crowded: 28 };

const snapped = (size) => Math.floor(size / 2) * 2;
const sheet = (shape) => shape.slice(-2);

export function channelLayout(scene, { width, height, size, lecture }) {
  const dense = scene.sizes.inputs === 1 && scene.sizes.weights === 1;
  const plan = planOf(scene, dense, lecture, width < NARROW);
  const room = Math.min((width - plan.fixed.x) / plan.cells.x, ((lecture ? 1 : 1.3) * height - plan.fixed.y) / plan.cells.y);
  const least = Math.min(LEAST_OF[lecture ? (scene.sizes.filters > MANY ? "crowded" : "lecture") : "normal"], Math.max(LEAST, snapped((width - plan.fixed.x) / plan.cells.x - UNIT)));
  const cell = Math.max(least, Math.min(size.most, snapped(room - UNIT)));
  return placed(plan, cell);
}

// How many cells and how many fixed pixels it takes, across and down.
function planOf({ sizes, full }, dense, lecture, narrow) {
  const [o, w, x] = ["input", "kernel", "output"].map((grid) => sheet(full[grid].shape));
  const column = Math.max(o[1], w[1]);
  const row = Math.max(w[0], x[0]);
  const crowded = sizes.filters > MANY;
  const note = lecture ? (crowded ? NOTE.crowded : NOTE.lecture) : NOTE.normal;
  const gap = dense ? note + UNIT : APART[narrow ? "narrow" : "wide"];
  const caption = dense ? 0 : note;
  const between = crowded ? UNIT : gap;
  const { channels, filters } = sizes;
  return {
    sizes, o, w, x, column, row, gap, note, caption, dense, between,
    cells: { x: channels * column + x[1], y: o[0] + filters * row },
    fixed: { x: (channels + 4) * gap, y: note + UNIT + filters * (caption + between) + gap },
  };
}

function placed(plan, cell) {
  const { sizes, o, w, x, gap, note, caption, between } = plan;
  const pitch = cell + UNIT;
  const left = (c) => gap + c * (plan.column * pitch + gap);
  const side = left(sizes.channels) + 2 * gap;
  const first = note + o[0] * pitch + gap;
  const top = (d) => first + d * (caption + plan.row * pitch + between) + caption;
  const middle = (from, all, own) => from + ((all - own) * pitch) / 2;
  const block = {
    input: ({ c }) => ({ x: middle(left(c), plan.column, o[1]), y: note }),
    weight: ({ c, d }) => ({ x: middle(left(c), plan.column, w[1]), y: middle(top(d), plan.row, w[0]) }),
    output: ({ d }) => ({ x: side, y: middle(top(d), plan.row, x[0]) }),
  };
  const shapes = { input: o, weight: w, output: x };
  const last = top(sizes.filters - 1) + plan.row * pitch;
  const frame = { left: left(0) - gap / 2, right: side + x[1] * pitch, top: 0, bottom: last };
  return {
    ...plan, block, shapes, cell, pitch, frame,
    rowBand: (d) => ({ x: frame.left, y: top(d) - caption - between / 4, width: frame.right - frame.left + gap / 4, height: caption + plan.row * pitch + between / 2 - UNIT }),
    columnBand: (c) => ({ x: left(c) - gap / 2 + UNIT / 2, y: 0, width: plan.column * pitch + gap - 2 * UNIT, height: last + gap / 4 }),
    corner: { x: side, y: note, width: x[1] * pitch + gap, height: o[0] * pitch },
    width: side + x[1] * pitch + gap, height: last + gap / 2,
  };
}

// Where a grid's block stands, and how many rows and columns it has.
export function blockBox(layout, grid, place) {
  const kind = kindOf(grid);
  return { ...layout.block[kind](place), shape: layout.shapes[kind] };
}

export const gridsOf = (reading) => [READINGS[reading].top, READINGS[reading].table, READINGS[reading].side];

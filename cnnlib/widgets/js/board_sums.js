// What the board shows, worked out from its state. Pure.
import { MINUS, short } from "./numbers.js";

const BYTE = 127;

// Signed bytes in base64 to numbers; `top` is the size of the largest.
export function unpacked(text, top = 1) {
  const codes = atob(text);
  return Float32Array.from(codes, (code) => (top * ((code.charCodeAt(0) << 24) >> 24)) / BYTE);
}

// Every frame that can be chosen: those kept, then the present one where it is a later one.
export function framesOf({ frames, now }) {
  const last = frames.at(-1);
  return !now.layers || (last && last.epoch >= now.epoch) ? frames : [...frames, now];
}

export const frameAt = (count, position) => (position < 0 || position >= count ? count - 1 : position);

export function nearest(frames, epoch) {
  const far = frames.map((frame) => Math.abs(frame.epoch - epoch));
  return far.indexOf(Math.min(...far));
}

export const percent = (share, places = 0) => `${(100 * share).toFixed(places)} %`;

const whole = (epoch) => (Number.isInteger(epoch) ? String(epoch) : epoch.toFixed(1));

// Curves at the end of an epoch: the last point that is not later.
export function pointAt(curves, step) {
  const at = curves.at ?? [];
  let found = -1;
  for (let n = 0; n < at.length && at[n] <= step + 0.5; n++) found = n;
  return found;
}

export function readout({ curves, tests, progress }, frame) {
  const step = Math.round(frame.epoch * progress.per_epoch);
  const n = pointAt(curves, step);
  const test = tests.find(([at]) => at === step);
  const parts = [];
  if (n >= 0) parts.push(`training: loss ${said(curves.loss[n])}, ${percent(curves.accuracy[n] ?? 0)} right`);
  if (test) parts.push(`test: loss ${said(test[1])}, ${percent(test[2] ?? 0, 1)} right`);
  return `${frame.epoch ? `after epoch ${whole(frame.epoch)}` : "before training"}${parts.length ? " · " : ""}${parts.join(" · ")}`;
}

const said = (value) => (value === null || value === undefined ? "not a number" : value.toFixed(value < 0.1 ? 3 : 2));

export function timeLeft(seconds) {
  if (seconds === null || seconds === undefined) return "";
  if (seconds < 1.5) return "about 1 s left";
  return seconds < 90 ? `about ${Math.round(seconds)} s left` : `about ${Math.round(seconds / 60)} min left`;
}

export function progressLine(state, { step, steps, epoch, epochs, left }) {
  const far = `epoch ${epoch} of ${epochs}, step ${step} of ${steps}`;
  if (state === "ready") return `not started: ${epochs} epochs, ${steps} steps`;
  if (state === "running") return [far, timeLeft(left)].filter(Boolean).join(" · ");
  const words = { paused: "paused", stopped: "stopped", finished: "finished", failed: "failed" };
  return `${words[state] ?? state} · ${far}`;
}

// Round numbers for an axis from 0 to a little above the largest.
export function ceiling(values, least) {
  const most = Math.max(least, ...values.filter(Number.isFinite));
  const unit = 10 ** Math.floor(Math.log10(most));
  return [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].map((n) => n * unit).find((n) => n >= most * 0.999);
}

// The powers of ten that hold all positive numbers.
export function decades(values) {
  const sizes = values.filter((value) => Number.isFinite(value) && value > 0).map(Math.log10);
  if (!sizes.length) return [-2, 0];
  const low = Math.floor(Math.min(...sizes) + 1e-9);
  return [low, Math.max(low + 1, Math.ceil(Math.max(...sizes) - 1e-9))];
}

export const powerOfTen = (n) => (n >= -3 && n <= 3 ? String(Number((10 ** n).toPrecision(1))) : `10${superscript(n)}`);

const superscript = (n) => String(n).replace(/[-0-9]/g, (c) => (c === "-" ? "\u207b" : "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"[c]));

// How tiles of rows × columns pixels lie on a sheet: so many across, with a gap between them.
export function tiling({ count, across, rows, columns, width, gap }) {
  const down = Math.ceil(count / across);
  const pitch = width / across;
  const pixel = Math.max(1, Math.min((pitch - gap) / columns, (3 * pitch - gap) / rows));
  const high = pixel * rows + gap;
  return { across, down, pitch, pixel, high, width, height: down * high - gap };
}

// Where a pixel of a tile lies, and which pixel lies at a place.
export function placeOf(tiles, { rows, columns }, index) {
  const area = rows * columns;
  const [tile, inside] = [Math.floor(index / area), index % area];
  const x = (tile % tiles.across) * tiles.pitch + (inside % columns) * tiles.pixel;
  return { x, y: Math.floor(tile / tiles.across) * tiles.high + Math.floor(inside / columns) * tiles.pixel };
}

export function indexAt(tiles, { rows, columns, count }, x, y) {
  const column = Math.min(tiles.across - 1, Math.max(0, Math.floor(x / tiles.pitch)));
  const row = Math.min(tiles.down - 1, Math.max(0, Math.floor(y / tiles.high)));
  const tile = Math.min(count - 1, row * tiles.across + column);
  const within = (at, most) => Math.min(most - 1, Math.max(0, Math.floor(at / tiles.pixel)));
  const [i, j] = [within(y - row * tiles.high, rows), within(x - column * tiles.pitch, columns)];
  return tile * rows * columns + i * columns + j;
}

// Kernels lie with one column for each filter, and below one another the channels it reads.
export function kernelAt([filters, channels, rows, columns], index) {
  const [tile, inside] = [Math.floor(index / (rows * columns)), index % (rows * columns)];
  return { filter: tile % filters, channel: Math.floor(tile / filters), row: Math.floor(inside / columns), column: inside % columns, channels };
}

// (D, C, ...) as saved becomes (C, D, ...) as laid out.
export function byChannel(values, [filters, channels, rows, columns]) {
  const area = rows * columns;
  const laid = new Float32Array(values.length);
  for (let d = 0; d < filters; d++) {
    for (let c = 0; c < channels; c++) {
      laid.set(values.subarray((d * channels + c) * area, (d * channels + c + 1) * area), (c * filters + d) * area);
    }
  }
  return laid;
}

export function weightWords(name, shape, index, weight, gradient) {
  const { filter, channel, row, column } = kernelAt(shape, index);
  const where = `${name}: weight [${row},${column}] of filter ${filter}${shape[1] > 1 ? `, channel ${channel}` : ""}`;
  return `${where} is about ${two(weight)}${gradient === null ? "" : `; its gradient about ${two(gradient)}`}`;
}

export function mapWords(name, [, rows, columns], index, value) {
  const inside = index % (rows * columns);
  return `${name}: map ${Math.floor(index / (rows * columns))}, pixel [${Math.floor(inside / columns)},${inside % columns}] is about ${two(value)}`;
}

// One byte holds two digits, not more.
export const two = (value) => (value === 0 ? "0" : Math.abs(value) < 0.001 ? value.toExponential(0).replace(/-/g, MINUS) : short(Number(value.toPrecision(2))));

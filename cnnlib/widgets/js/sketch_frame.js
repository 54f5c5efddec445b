// From a drawing to the pixels that the network sees, framed as its training data were. Pure.
// "uci": stretched to 20 by 32 dots of a bitmap, which are counted in blocks of 4 by 4.
// "mnist": scaled to 20 of 28 pixels, its centre of mass in the middle, each pixel 4 by 4 dots.
import { ERASER, near, PEN, pieces, smooth } from "./sketch_strokes.js";

export const DOTS = 4; // per pixel and axis
const STROKE = 0.08; // radius of a stroke, in heights of the line it follows
const LEAST_STROKE = 0.02;
const STRETCH = 2; // one axis is stretched by no more than this over the other
const WIDE = { uci: 20 / 32, mnist: 20 / 28 }; // shares of the picture
const HIGH = { uci: 1, mnist: 20 / 28 };
const MIDDLE = { uci: [16.5 / 32, 0.5], mnist: [0.5, 0.5] }; // of the data on average

// The drawing's own box, ink included, and the radius of its strokes; null where there is no ink.
// However small a digit was drawn, its strokes come out as thick as the data's.
export function boxOf(lines) {
  const points = lines.flat();
  if (!points.length) return null;
  const span = (axis) => {
    const numbers = points.map((point) => point[axis]);
    return [Math.min(...numbers), Math.max(...numbers)];
  };
  const [[left, right], [top, bottom]] = [span(0), span(1)];
  const radius = Math.max(LEAST_STROKE, STROKE * Math.max(right - left, bottom - top));
  return { left: left - radius, right: right + radius, top: top - radius, bottom: bottom + radius, radius };
}

// How a place on the pad becomes one on the bitmap of so many dots.
function placing(box, framing, dots) {
  const [wide, high] = [box.right - box.left, box.bottom - box.top];
  const scale = framing === "mnist" ? evenly(wide, high) : stretched(wide, high);
  const middle = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  return { scale: scale.map((s) => s * dots), middle, at: MIDDLE[framing].map((share) => share * dots), radius: box.radius };
}

function evenly(wide, high) {
  const scale = Math.min(WIDE.mnist / wide, HIGH.mnist / high);
  return [scale, scale];
}

function stretched(wide, high) {
  const down = Math.min(HIGH.uci / high, (STRETCH * WIDE.uci) / wide);
  return [Math.min(WIDE.uci / wide, STRETCH * down), down];
}

// Dots whose middle the round pen covers, as it moves along the lines.
function bitmap(lines, { scale, middle, at, radius }, dots) {
  const inked = new Uint8Array(dots * dots);
  for (const point of lines.flat()) {
    const [x, y] = [0, 1].map((axis) => at[axis] + (point[axis] - middle[axis]) * scale[axis]);
    const [wide, high] = [radius * scale[0], radius * scale[1]];
    const range = (centre, reach) => [Math.max(0, Math.floor(centre - reach)), Math.min(dots - 1, Math.ceil(centre + reach))];
    const [[top, bottom], [left, right]] = [range(y, high), range(x, wide)];
    for (let row = top; row <= bottom; row++)
      for (let column = left; column <= right; column++)
        if (((column + 0.5 - x) / wide) ** 2 + ((row + 0.5 - y) / high) ** 2 <= 1) inked[row * dots + column] = 1;
  }
  return inked;
}

function massOf(inked, dots) {
  let [sum, x, y] = [0, 0, 0];
  inked.forEach((ink, n) => {
    sum += ink;
    x += ink * ((n % dots) + 0.5);
    y += ink * (Math.floor(n / dots) + 0.5);
  });
  return sum ? [x / sum, y / sum] : [dots / 2, dots / 2];
}

// Dots counted in blocks, 0 to 16, as shares of a full block.
export function counted(inked, side) {
  const pixels = new Float64Array(side * side);
  const dots = DOTS * side;
  inked.forEach((ink, n) => {
    const [row, column] = [Math.floor(n / dots), n % dots];
    pixels[Math.floor(row / DOTS) * side + Math.floor(column / DOTS)] += ink / DOTS ** 2;
  });
  return pixels;
}

// The pixels of what is drawn, and the box that was framed, if it was: a picture put in from
// elsewhere is framed already, so nothing moves once there is one under the drawing.
export function framed({ base, lines }, { side, framing, centred }) {
  const drawn = pieces(lines);
  const dots = DOTS * side;
  if (base || !centred) return { drawn, box: null, pixels: over(base, lines, drawn, side) };
  const box = boxOf(drawn);
  if (!box) return { drawn, box, pixels: new Float64Array(side * side) };
  const placed = placing(box, framing, dots);
  const inked = bitmap(drawn, placed, dots);
  if (framing === "uci") return { drawn, box, pixels: counted(inked, side) };
  const mass = massOf(inked, dots);
  const at = placed.at.map((middle, axis) => 2 * middle - mass[axis]);
  return { drawn, box, pixels: counted(bitmap(drawn, { ...placed, at }, dots), side) };
}

// Ink over a picture as it lies; the eraser takes away whole pixels of the picture.
function over(base, lines, drawn, side) {
  const dots = DOTS * side;
  const asItLies = { scale: [dots, dots], middle: [0, 0], at: [0, 0], radius: PEN };
  const ink = counted(bitmap(drawn, asItLies, dots), side);
  const erased = lines.filter(({ kind }) => kind === "eraser").flatMap(({ points }) => smooth(points));
  const middle = (n) => [((n % side) + 0.5) / side, (Math.floor(n / side) + 0.5) / side];
  return ink.map((value, n) => Math.max(value, base && !near(middle(n), erased, ERASER) ? base[n] : 0));
}

// What has been drawn: a history of entries, of which the first `shown` count. Pure.
// An entry is { kind: "pen" | "eraser", points: [x, y, x, y, ...] } in widths of the pad,
// { kind: "pixels", values: [...] }, or { kind: "clear" }.

export const PEN = 0.052; // radii, in widths of the pad
export const ERASER = 0.06;
export const MOST_POINTS = 6000;
const SPACING = 0.008; // between two points of a line
const PLACES = 1000;

const rounded = (value) => Math.round(Math.min(1, Math.max(0, value)) * PLACES) / PLACES;
export const pointsOf = (pairs) => pairs.flat().map(rounded);

const sizeOfEntry = ({ points = [], values = [] }) => points.length / 2 + values.length;
const sizeOfAll = (entries) => entries.reduce((sum, entry) => sum + sizeOfEntry(entry), 0);

// A new entry ends what could be done again. Where the history is too long its oldest pictures go;
// null where this one picture alone is.
export function added({ strokes, shown }, entry) {
  let kept = [...strokes.slice(0, shown), entry];
  while (sizeOfAll(kept) > MOST_POINTS) {
    const start = kept.findIndex(({ kind }, n) => n > 0 && (kind === "clear" || kind === "pixels"));
    if (start < 0) return null;
    kept = kept.slice(start);
  }
  return { strokes: kept, shown: kept.length };
}

// From the last clear or picture on: the pixels under the drawing, and the strokes over them.
export function current({ strokes, shown }) {
  const entries = strokes.slice(0, shown);
  const start = entries.findLastIndex(({ kind }) => kind === "clear" || kind === "pixels");
  return { base: entries[start]?.values ?? null, lines: entries.slice(start + 1) };
}

// A smooth line through the points: a parabola at each, from middle to middle.
export function smooth(flat) {
  const points = pairsOf(flat);
  if (points.length < 3) return dense(points);
  const middles = points.slice(1).map((point, n) => between(points[n], point, 0.5));
  const line = [points[0], middles[0]];
  for (let n = 1; n < points.length - 1; n++) line.push(...parabola(middles[n - 1], points[n], middles[n]));
  return dense([...line, points.at(-1)]);
}

const pairsOf = (flat) => Array.from({ length: flat.length / 2 }, (_, n) => [flat[2 * n], flat[2 * n + 1]]);
const between = (a, b, share) => [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
const parabola = (a, control, b) =>
  [0.25, 0.5, 0.75, 1].map((share) => between(between(a, control, share), between(control, b, share), share));

// So many points that a round pen set down at each leaves no gap.
function dense(points) {
  const line = [points[0]];
  for (const point of points.slice(1)) {
    const start = line.at(-1);
    const steps = Math.ceil(Math.hypot(point[0] - start[0], point[1] - start[1]) / SPACING);
    for (let step = 1; step <= steps; step++) line.push(between(start, point, step / steps));
  }
  return line;
}

// Pieces of line that no later eraser has taken away.
export function pieces(lines) {
  let found = [];
  for (const { kind, points } of lines) {
    const line = smooth(points);
    if (kind === "pen") found.push(line);
    else found = found.flatMap((piece) => without(piece, line));
  }
  return found;
}

function without(piece, eraser) {
  const parts = [[]];
  for (const point of piece) {
    if (!near(point, eraser, ERASER + PEN / 2)) parts.at(-1).push(point);
    else if (parts.at(-1).length) parts.push([]);
  }
  return parts.filter((part) => part.length);
}

export const near = ([x, y], points, reach) => points.some(([px, py]) => (px - x) ** 2 + (py - y) ** 2 <= reach ** 2);

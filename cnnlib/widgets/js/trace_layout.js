// How large each layer's maps are drawn: every column about equally wide, in one line or two. Pure.
const GAP = 16; // between columns, room for the ways
const BETWEEN = 5; // between maps
const NARROWEST = 100; // of a column in one line
const WIDEST = 168;
const LEAST_WIDTH = 620;
const MOST_PITCH = 22;
export const VECTOR = { normal: { number: 70, row: 24 }, lecture: { number: 88, row: 26 } };

const across = (maps) => (maps <= 1 ? 1 : maps <= 8 ? 2 : maps <= 12 ? 3 : 4);
// A layer with many maps gets more room, one picture less, so that cells stay large enough to point at.
const share = (layer) => (layer.shape[0] > 12 ? 1.3 : layer.shape[0] === 1 ? 0.85 : 1);
const isRow = (layer) => layer.shape.length === 1;

export function traceLayout(layers, width, size) {
  const room = Math.max(LEAST_WIDTH, width);
  const vector = VECTOR[size];
  const one = columnWidth(layers, room, vector);
  if (one >= NARROWEST) return { lines: [layers.map((_, n) => n)], columns: layers.map((layer) => column(layer, Math.min(one, WIDEST), vector)) };
  const cut = Math.max(1, layers.findIndex(({ kind }, n) => n > layers.length / 3 && (kind === "conv" || kind === "dense")));
  const lines = [layers.map((_, n) => n).slice(0, cut), layers.map((_, n) => n).slice(cut)];
  const both = Math.min(WIDEST, ...lines.map((line) => columnWidth(line.map((n) => layers[n]), room, vector)));
  return { lines, columns: layers.map((layer) => column(layer, both, vector)) };
}

function columnWidth(layers, room, { number }) {
  const rows = layers.filter(isRow).length;
  const left = room - (layers.length - 1) * GAP - rows * number - 12;
  return Math.floor(left / Math.max(1, layers.reduce((sum, layer) => sum + (isRow(layer) ? 0 : share(layer)), 0)));
}

// Where each cell of a layer stands, in pixels, and in which visual row: arrows walk across maps.
function column(layer, width, { number, row }) {
  if (isRow(layer)) return { cell: [number, row - 2], width: number, height: layer.size * row, at: (n) => [0, n * row], rows: layer.size, columns: 1, walk: (n) => [n, 0] };
  const [maps, rows, columns] = layer.shape;
  const wide = across(maps);
  const pitch = Math.max(4, Math.min(MOST_PITCH, Math.floor((share(layer) * width - (wide - 1) * BETWEEN) / (wide * columns))));
  const step = [rows * pitch + BETWEEN, columns * pitch + BETWEEN];
  const split = (n) => [Math.floor(n / layer.area), Math.floor((n % layer.area) / columns), n % columns];
  const walk = (n) => {
    const [map, i, j] = split(n);
    return [Math.floor(map / wide) * rows + i, (map % wide) * columns + j];
  };
  const at = (n) => {
    const [map, i, j] = split(n);
    return [(map % wide) * step[1] + j * pitch, Math.floor(map / wide) * step[0] + i * pitch];
  };
  const lines = Math.ceil(maps / wide);
  return { cell: [pitch - 1, pitch - 1], width: wide * step[1] - BETWEEN, height: lines * step[0] - BETWEEN, at, walk, rows: lines * rows, columns: Math.min(maps, wide) * columns };
}

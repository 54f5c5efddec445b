// How large each layer's maps are drawn: every column about equally wide, in one line or two. Pure.
const GAP = 16; // between columns, room for the ways
const BETWEEN = 5; // between maps
const NARROWEST = 100; // of a column in one line
const NARROWEST_FLAT = 110;
const WIDEST = 168;
const LEAST_WIDTH = 620;
const MOST_PITCH = 22;
export const VECTOR = { normal: { number: 76, row: 24 }, lecture: { number: 88, row: 26 } };

// How many maps stand side by side, and how much room a layer gets: more for many maps, so that
// cells stay large enough to point at. Flat ones serve two rows of columns on a wide page.
const TALL = { across: (maps) => (maps <= 1 ? 1 : maps <= 8 ? 2 : maps <= 12 ? 3 : 4), share: (maps) => (maps === 1 ? 0.85 : maps > 12 ? 1.3 : 1) };
const FLAT = { across: (maps) => Math.min(4, maps), share: (maps) => (maps === 1 ? 0.85 : maps > 12 ? 1.6 : maps > 2 ? 1.9 : 1) };
const isRow = (layer) => layer.shape.length === 1;

export function traceLayout(layers, width, size) {
  const room = Math.max(LEAST_WIDTH, width);
  const vector = VECTOR[size];
  const all = layers.map((_, n) => n);
  const of = (lines, style) => ({ lines, style, width: Math.min(WIDEST, ...lines.map((line) => columnWidth(line.map((n) => layers[n]), room, vector, style))) });
  const one = of([all], TALL);
  const cut = Math.max(1, layers.findIndex(({ kind }, n) => n > layers.length / 3 && (kind === "conv" || kind === "dense")));
  const flat = of([all.slice(0, cut), all.slice(cut)], FLAT);
  const { lines, style, width: wide } = one.width >= NARROWEST ? one : flat.width >= NARROWEST_FLAT ? flat : of(flat.lines, TALL);
  return { lines, columns: layers.map((layer) => column(layer, wide, vector, style)) };
}

function columnWidth(layers, room, { number }, { share }) {
  const rows = layers.filter(isRow).length;
  const left = room - (layers.length - 1) * GAP - rows * number - 12;
  return Math.floor(left / Math.max(1, layers.reduce((sum, layer) => sum + (isRow(layer) ? 0 : share(layer.shape[0])), 0)));
}

// Where each cell of a layer stands, in pixels, and in which visual row: arrows walk across maps.
function column(layer, width, { number, row }, { across, share }) {
  if (isRow(layer)) return { cell: [number, row - 2], width: number, height: layer.size * row, at: (n) => [0, n * row], rows: layer.size, columns: 1, walk: (n) => [n, 0] };
  const [maps, rows, columns] = layer.shape;
  const wide = across(maps);
  const pitch = Math.max(4, Math.min(MOST_PITCH, Math.floor((share(maps) * width - (wide - 1) * BETWEEN) / (wide * columns))));
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

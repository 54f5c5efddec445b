// Where a slide that holds too much is parted. Pure.

const PAGE = 1; // what one more page costs
const TORN = { never: 6, cell: 1.2, leads: 0.5, cells: 0 };
const SMALLER = 3; // times the part that is too much
const TOO_TALL = 50;

// How much it costs to end a page after this block.
export function tear(block, next) {
  if (block.keep) return TORN.never;
  if (block.cell === next.cell) return TORN.cell;
  return block.kind === "text" && next.kind !== "text" ? TORN.leads : TORN.cells;
}

const total = (page, size, gap) => page.reduce((sum, block) => sum + block[size], gap * (page.length - 1));

// A page that is full costs nothing; pictures may be made smaller, down to `least`, to stay with
// their words; one block alone may be too tall, two may not.
function emptiness(page, room, gap) {
  const over = total(page, "height", gap) / room - 1;
  if (over <= 0) return over ** 2;
  if (total(page, "least", gap) <= room) return SMALLER * over;
  return page.length === 1 ? TOO_TALL : Infinity;
}

// blocks: { height, least, cell, kind, keep }. Returns the first block of each
// page: of all ways to part them the one that costs least.
export function paginate(blocks, room, gap) {
  const best = [{ cost: 0, start: 0 }];
  for (let end = 1; end <= blocks.length; end += 1) {
    best[end] = { cost: Infinity, start: end - 1 };
    for (let start = end - 1; start >= 0; start -= 1) {
      const torn = start ? tear(blocks[start - 1], blocks[start]) : 0;
      const cost = best[start].cost + PAGE + torn + emptiness(blocks.slice(start, end), room, gap);
      if (cost < best[end].cost) best[end] = { cost, start };
    }
  }
  const starts = [];
  for (let end = blocks.length; end > 0; end = best[end].start) starts.unshift(best[end].start);
  return starts;
}

// Parts the slides that the notebook's marks give into pages of one screen each.
import { paginate } from "./pages.js";

const GAP = 18; // as in deck.css
const LEAST = 0.5;
const SPARSE = 0.42; // text that fills less of a page is set larger
const SMALLER = 0.8; // a widget, a table or a printed page may become that much smaller to stay with its words
const PAGE = document.createElement("section");

export const frames = async (count) => {
  for (let n = 0; n < count; n += 1) await new Promise(requestAnimationFrame);
};

function element(tag, className, ...children) {
  const made = tag === "section" ? PAGE.cloneNode() : document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

const isFolded = (block) => block.classList.contains("folded");
const kindOf = (block) => ["heading", "code", "output"].find((kind) => block.classList.contains(kind)) ?? "text";

// Before "as follows:" and after code there is no good place to part.
function keeps(block, next) {
  if (!next || kindOf(block) === "heading") return true;
  if (kindOf(block) === "code") return block.dataset.cell === next.dataset.cell;
  return /:\s*$/.test(block.textContent) && kindOf(block) === "text";
}

// What may be made smaller: a live picture, a page, a table.
const isPicture = (block) => Boolean(block.querySelector("[data-model], .page-output, .printed, img, table"));

const measured = (blocks) =>
  blocks.map((block, n) => ({
    height: block.offsetHeight,
    least: block.offsetHeight * (isPicture(block) ? SMALLER : 1),
    cell: block.dataset.cell,
    kind: kindOf(block),
    keep: keeps(block, blocks[n + 1]),
  }));

// Makes the pictures of a page smaller until all fits; widgets lay themselves out anew each time.
export async function fit(section) {
  const content = section.querySelector(".content");
  const room = parseFloat(getComputedStyle(content).maxHeight);
  const blocks = [...content.children];
  const heights = (some) => some.reduce((sum, block) => sum + block.getBoundingClientRect().height, 0);
  const over = () => heights(blocks) + GAP * (blocks.length - 1) - room;
  const chosen = blocks.some(isPicture) ? blocks.filter(isPicture) : blocks;
  let scale = 1;
  for (let tries = 0; tries < 6 && over() > 0 && scale > LEAST; tries += 1) {
    scale = Math.max(LEAST, scale * Math.min(0.99, 1 - over() / heights(chosen)));
    for (const block of chosen) block.style.zoom = scale;
    await frames(3);
  }
  if (scale < 1) for (const block of chosen) block.dataset.shrunk = scale.toFixed(2);
  if (over() > 1) section.dataset.tooTall = Math.round(over());
}

// What is folded stands behind buttons in the corner: all code of a page behind one.
function buttons(folded) {
  const code = folded.filter((block) => kindOf(block) === "code");
  const others = folded.filter((block) => kindOf(block) !== "code");
  const made = others.map((block) => button(block.dataset.label, block));
  if (code.length) made.unshift(button("Code", ...code));
  return made;
}

function button(label, ...content) {
  const details = element("details", "", element("summary", "", label), element("div", "sheet", ...content));
  details.name = "corner"; // one open at a time
  return details;
}

function foldable(block) {
  const summary = element("summary", "", "code");
  const details = element("details", "", summary, ...block.childNodes);
  details.open = true;
  block.append(details);
}

// A heading that goes on from an earlier page is said again, smaller.
function again(heading) {
  return element("p", "", ...heading.firstElementChild.cloneNode(true).childNodes);
}

function header(heading, continued, folded) {
  const made = element("header", continued ? "continued" : "");
  const small = continued || heading?.classList.contains("again");
  if (heading) made.append(small ? again(heading) : heading);
  made.append(element("nav", "", ...buttons(folded)));
  return made;
}

// The page on which a cell first shows something: there its notes belong.
const placeOf = (pages, cell) => Math.max(0, pages.findIndex((page) => page.some((block) => block.dataset.cell === cell)));

function pagesOf(blocks, starts) {
  const pages = starts.map((start, n) => blocks.slice(start, starts[n + 1]));
  return pages.length ? pages : [[]];
}

// Folded code stands on the page of what comes after it.
function withFolded(all, pages) {
  return pages.map((page, n) => {
    const last = all.indexOf(page.at(-1));
    const before = n ? all.indexOf(pages[n - 1].at(-1)) : -1;
    const end = n === pages.length - 1 ? all.length : last + 1;
    return all.slice(before + 1, end).filter(isFolded);
  });
}

function build(section, pages, folded, heading, notes) {
  return pages.map((page, n) => {
    const made = n ? element("section", "") : section;
    made.replaceChildren(header(heading, n > 0, folded[n]), element("div", "content", ...page));
    made.append(...notes.filter((note) => placeOf(pages, note.dataset.cell) === n));
    return made;
  });
}

const isSparse = (page, height, room) => page.every((block) => kindOf(block) === "text" && !isPicture(block)) && height < SPARSE * room;

// Returns its pages.
export function partSection(section) {
  const notes = [...section.querySelectorAll(":scope > aside.notes")];
  const all = [...section.querySelectorAll(":scope > .block")];
  const heading = all[0] && kindOf(all[0]) === "heading" ? all.shift() : null;
  const blocks = all.filter((block) => !isFolded(block));
  const content = element("div", "content", ...blocks);
  section.replaceChildren(header(heading, false, []), content);
  blocks.filter((block) => kindOf(block) === "code").forEach(foldable);
  const room = parseFloat(getComputedStyle(content).maxHeight);
  const sizes = measured(blocks);
  const starts = paginate(sizes, room, GAP);
  const pages = pagesOf(blocks, starts);
  const sparse = pages.map((page, n) => isSparse(page, sizes.slice(starts[n], starts[n + 1]).reduce((sum, { height }) => sum + height, 0), room));
  const built = build(section, pages, withFolded(all, pages), heading, notes);
  built.forEach((made, n) => made.classList.toggle("sparse", sparse[n]));
  section.after(...built.slice(1));
  return built;
}

export function number(sections, title) {
  sections.forEach((section, n) => {
    const place = element("span", "place", `${n + 1} / ${sections.length}`);
    const keys = element("span", "keys", "the keys are the picture's; Esc gives them back");
    section.append(element("footer", "", element("span", "", title), keys, place));
  });
}

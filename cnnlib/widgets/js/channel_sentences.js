// What the formula line says of maps and filters: the small convolutions, and their sum. Pure but for nodes.
import { indexOf } from "./arrays.js";
import { blockOf, factorsOf, groupsOf, kindOf, pairsOf, READINGS, valueAt } from "./channels.js";
import { pairAt } from "./channel_steps.js";
import { element } from "./dom.js";
import { factor, full, short } from "./numbers.js";
import { GRIDS, LETTERS } from "./scene.js";
import { tapsOf } from "./taps.js";

const CHIPS = { forward: "forward", "weight-gradient": "weight gradient", "input-gradient": "input gradient" };
const many = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

export function sentence(picture, pick) {
  const { scene, state } = picture;
  if (pick.stepping && pairAt(picture)) return pairWords(scene, state.notation, pairAt(picture), picture.at.count);
  return pick.grid === READINGS[scene.reading].result ? sumOf(scene, state.notation, pick) : use(scene, state.notation, pick);
}

const named = (notation, grid, ...index) => `${LETTERS[notation][grid]}[${index.join(",")}]`;
const symbol = (scene, notation, grid, flat) => named(notation, grid, indexOf(flat, scene.full[grid].shape));

// Each small convolution with its products, then what they add up to.
function sumOf(scene, notation, pick) {
  const { over } = READINGS[scene.reading];
  const groups = groupsOf(scene, tapsOf(scene.taps, kindOf(pick.grid), pick.index));
  const head = symbol(scene, notation, pick.grid, pick.index);
  const bias = pick.grid === "output" ? Number(scene.bias[blockOf(scene.sizes, "output", pick.index).d]) : 0;
  const parts = groups.map((group) => ({ name: nameOf(notation, over, group), terms: group.numbers.map((n) => factorsOf(scene).map((grid) => ({ role: GRIDS[grid].role, value: valueAt(scene, grid, n), symbol: symbol(scene, notation, grid, scene.taps[kindOf(grid)][n]) }))), sum: group.sum }));
  const said = { chip: `${CHIPS[scene.reading]}: sum over ${{ c: "channels", d: "filters", n: "images" }[over]}`, role: GRIDS[pick.grid].role, head, parts, bias, result: scene.full[pick.grid].values[pick.index] };
  return { text: textOf(said), nodes: () => nodesOf(said) };
}

// "c = 1, w[0,1]": which small convolution it is.
function nameOf(notation, over, { key, c, d }) {
  return over === "n" ? `image ${key}` : `${over} = ${key}, ${named(notation, "kernel", d, c)}`;
}

const products = (terms, write) => terms.map((factors) => factors.map(write).join("·")).join(" + ");

function textOf({ head, parts, bias, result }) {
  const written = parts.map(({ name, terms, sum }) => `(${name}: ${products(terms, (f) => factor(f.value))} = ${short(sum)})`);
  return `${head} = ${[...written, ...(bias ? [`b ${short(bias)}`] : [])].join(" + ")} = ${short(result)}`;
}

function nodesOf({ chip, role, head, parts, bias, result }) {
  const sums = parts.flatMap(({ sum }, n) => [n ? "+" : null, element("span", { class: "part" }, factor(sum))]).filter(Boolean);
  const total = element("span", { class: `result role-${role}`, title: full(result) }, short(result));
  return [
    element("span", { class: "reading" }, chip),
    element("span", { class: `head role-${role}` }, head),
    "=", ...(parts.length > 1 || bias ? sums : []), ...(bias ? ["+", element("span", { class: "term", title: "bias" }, factor(bias))] : []),
    ...(parts.length > 1 || bias ? ["="] : []), total,
    element("span", { class: "parts" }, ...parts.map(partNode)),
  ];
}

function partNode({ name, terms, sum }) {
  const products = terms.flatMap((factors, n) => [n ? " + " : null, termNode(factors)]).filter(Boolean);
  return element("span", { class: "small" }, element("span", { class: "name" }, name), ...products, " = ", element("span", { class: "part" }, short(sum)));
}

function termNode(factors) {
  const nodes = factors.flatMap((f, n) => [n ? "·" : null, element("span", { class: `factor role-${f.role}`, title: `${f.symbol} = ${full(f.value)}` }, factor(f.value))]);
  return element("span", { class: "term" }, ...nodes.filter(Boolean));
}

// One small convolution, and how far the sum has come.
function pairWords(scene, notation, { c, d }, count) {
  const { channels, filters, images } = scene.sizes;
  const number = `small convolution ${count} of ${pairsOf(scene).length}`;
  const [o, w, x, delta] = [["input", c], ["kernel", d, c], ["output", d], ["delta", d]].map((of) => named(notation, ...of));
  const here = { chip: number, role: GRIDS[READINGS[scene.reading].result].role };
  if (scene.reading === "forward") return { ...here, head: `${o} ⊗ ${w}`, rest: `is added to ${x}: ${c + 1} of ${many(channels, "channel")} so far` };
  if (scene.reading === "input-gradient") return { ...here, head: `(${delta} * ${w}) full`, rest: `is added to ${named(notation, "input-gradient", c)}: ${d + 1} of ${many(filters, "filter")} so far` };
  return { ...here, head: `${o} ⊗ ${delta}`, rest: `is all of ${named(notation, "weight-gradient", d, c)}${images > 1 ? `, summed over ${images} images` : ""}: no sum over channels or filters` };
}

// A cell that is no result: whose products it is in.
function use(scene, notation, { grid, index }) {
  const { c, d } = blockOf(scene.sizes, grid, index);
  const count = tapsOf(scene.taps, kindOf(grid), index).length;
  const { filters, channels } = scene.sizes;
  const at = { chip: `${GRIDS[grid].title} used`, role: GRIDS[grid].role, head: symbol(scene, notation, grid, index) };
  const of = `in ${many(count, "product")}`;
  if (kindOf(grid) === "weight") return { ...at, rest: `joins channel c = ${c} with filter d = ${d}, and no other pair: ${of}` };
  if (kindOf(grid) === "input") return { ...at, rest: `is read by ${filters === 1 ? "the only filter" : `all ${filters} filters`}, by each through a kernel of its own, w[d,${c}]: ${of}` };
  return { ...at, rest: `goes back to ${channels === 1 ? "the only channel" : `all ${channels} channels`}, to each through a kernel of its own, w[${d},c]: ${of}` };
}

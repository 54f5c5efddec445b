// One sum, three readings: chips that move from group to group, never changing their number.
import { indexOf } from "./arrays.js";
import { element, mark } from "./dom.js";
import { sheetLayout } from "./layout.js";
import { factor, short } from "./numbers.js";
import { FACTORS_OF_ALL, grouped, GROUPINGS, productOf, sumsOf } from "./readings.js";
import { GRIDS, LETTERS } from "./scene.js";
import { Stage } from "./stage.js";

const MOST_COLUMN = 108;
const MOST_CHIP = 72;
const LEAST_CHIP = 20;
const LEAST_LANE = 56;
// How wide a letter of a name and a digit of a sum are, in pixels.
const LETTER = 6.4;
const DIGIT = 10;

// What a group adds up to: its own cell times the result without it, or that result alone.
// Where that is too long for its column, a shorter name.
function nameOf(grouping, member, { leave_out, notation }, across) {
  const { own, sums } = GROUPINGS[grouping];
  const [first, result] = [own, sums].map((grid) => `${LETTERS[notation][grid]}[${member}]`);
  const names = leave_out ? [result, `[${member}]`] : [`${first}·${result}`, first, `[${member}]`];
  return names.find((name) => name.length * LETTER <= across) ?? names.at(-1);
}

export class ReadingsStage extends Stage {
  constructor(state, scene, names) {
    super(state, scene, names);
    this.groups = Object.fromEntries(Object.keys(GROUPINGS).map((name) => [name, this.#groupRow(name, scene)]));
    this.chips = scene.taps.output.map((_, n) => this.#chip(n));
    this.pool = element("div", { class: "pool" }, ...this.chips, ...Object.values(this.groups).flat());
    this.root.append(this.pool);
  }

  #chip(n) {
    return element("div", { class: "chip", "data-chip": n, "aria-hidden": "true" });
  }

  #groupRow(name, scene) {
    const { own } = GROUPINGS[name];
    return scene.arrays[own].values.map((_, index) =>
      element("div", { class: `group role-${GRIDS[own].role}`, "data-group": name, "data-member": indexOf(index, scene.arrays[own].shape), "aria-hidden": "true" },
        element("span", { class: "name" }), element("b", { class: "sum" })),
    );
  }

  arrange({ scene, width, size, height }) {
    return sheetLayout(scene, this.list, { width, size, height: height * 0.44 });
  }

  badges() {
    return new Map();
  }

  join(picture) {
    const { scene, state, width, size, height } = picture;
    const { places, heights } = grouped(scene, state.grouping);
    const scale = state.lecture ? 1.6 : 1;
    const across = Math.min(MOST_COLUMN * scale, (width - 4) / heights.length);
    // From the back of a room nobody reads nine flat chips: they stand in two lanes instead.
    const most = Math.max(...heights);
    const flat = most * (size.chip + 4) > 0.42 * height;
    const lanes = state.lecture && flat && across >= 2 * LEAST_LANE ? 2 : 1;
    const apart = (lanes - 1) * 20;
    const lane = (across - 4 - apart) / lanes;
    const chipWidth = Math.min(MOST_CHIP * scale, lane - (lanes - 1) * 4);
    const left = (width - across * heights.length) / 2;
    const tallest = Math.ceil(most / lanes);
    const down = Math.max(LEAST_CHIP, Math.min(size.chip + 4, (0.42 * height) / tallest));
    const at = (column, row, x = 0) => `translate(${left + column * across + x + 2}px, ${row * down + 2}px)`;
    this.chips.forEach((chip, n) => {
      const [row, inset] = [Math.floor(places[n].row / lanes), apart / 2 + (places[n].row % lanes) * lane];
      chip.style.transform = at(places[n].column, tallest - row - 1, inset + (lane - chipWidth) / 2);
      chip.style.width = `${chipWidth}px`;
      chip.style.height = `${down - 4}px`;
      chip.style.fontSize = `min(calc(var(--digits) * .88), ${0.62 * (down - 4)}px)`;
    });
    this.#writeChips(picture);
    this.#paintGroups(picture, (column) => at(column, tallest), across, scale);
    this.pool.style.height = `${tallest * down + 2 * size.chip + 4}px`;
  }

  #writeChips({ scene, state, lit }) {
    const grids = state.leave_out ? GROUPINGS[state.grouping].others : FACTORS_OF_ALL;
    const shown = new Set(lit.numbers);
    this.chips.forEach((chip, n) => {
      const text = short(productOf(scene, grids, n));
      if (chip.textContent !== text) chip.textContent = text;
      mark(chip, "title", this.#words(scene, grids, n));
      mark(chip, "data-lit", shown.has(n) ? "product" : null);
      for (const grid of FACTORS_OF_ALL) mark(chip, `data-without-${grid}`, grids.includes(grid) ? null : "true");
    });
  }

  #words({ arrays, taps }, grids, n) {
    return grids.map((grid) => factor(arrays[grid].values[taps[GRIDS[grid].axis][n]])).join(" · ");
  }

  #paintGroups({ scene, state, pick }, at, across, scale) {
    const sums = sumsOf(scene, state.grouping, state.leave_out);
    for (const [name, row] of Object.entries(this.groups)) {
      row.forEach((node, column) => {
        mark(node, "hidden", name !== state.grouping);
        if (name !== state.grouping) return;
        node.style.transform = at(column);
        node.style.width = `${across - 4}px`;
        node.firstChild.textContent = nameOf(name, node.dataset.member, state, across / scale);
        const text = short(sums[column]);
        node.lastChild.textContent = text;
        node.lastChild.style.fontSize = `${Math.min(1, (across / scale - 8) / (text.length * DIGIT))}em`;
        mark(node, "data-lit", GRIDS[pick.grid].axis === name && pick.index === column ? "sum" : null);
      });
    }
  }
}

// Cells that carry a word of the picture's own, a place or a count, instead of a number of the state.
import { indexOf } from "./arrays.js";
import { mark } from "./dom.js";
import { GridView } from "./grid_view.js";
import { GRIDS } from "./scene.js";

export class PlainGridView extends GridView {
  write() {}

  // say(flat) gives what stands in the cell, what is spoken, how strong its tint is, its weight's name.
  show(say) {
    this.cells.forEach((cell, flat) => {
      const { text, spoken, heat, weight } = say(flat);
      const number = cell.querySelector(".number");
      if (number.textContent !== text) number.textContent = text;
      mark(cell, "aria-label", `${GRIDS[this.name].title} ${indexOf(flat, this.shape).replace(",", " ")}: ${spoken}`);
      mark(cell, "data-weight", weight);
      mark(cell, "data-long", text.length > 2 ? text.length + 1 : null);
      mark(cell, "data-heat", heat === undefined ? null : "true");
      cell.style.setProperty("--heat", heat ?? 0);
    });
  }
}

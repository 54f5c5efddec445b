// What a person does with pointer and keys, turned into what the view can do.
import { cellAfter, meaning, opposite } from "./keys.js";

export class Gestures {
  constructor(view, root) {
    this.view = view;
    const pointed = (event) => event.pointerType !== "touch" && view.pointAt(this.#cellAt(event));
    root.addEventListener("pointerover", pointed);
    root.addEventListener("pointermove", (event) => event.target.closest("[data-trace]") && pointed(event));
    root.addEventListener("pointerleave", () => view.pointAt(null));
    root.addEventListener("click", (event) => this.#clicked(event));
    root.addEventListener("dblclick", (event) => view.edit(this.#cellAt(event)));
    root.addEventListener("focusin", (event) => this.#focused(event));
    root.addEventListener("keydown", (event) => this.#key(event));
  }

  // On a line the place decides which sample is meant.
  #cellAt(event) {
    const name = event.target.closest?.("[data-trace]")?.dataset.trace;
    return name ? { grid: name, index: this.view.grids[name].indexAt(event) } : this.cellOf(event.target);
  }

  cellOf(node) {
    const name = node.closest?.("[data-trace]")?.dataset.trace;
    if (name) return { grid: name, index: this.view.grids[name].current };
    const cell = node.closest?.("[data-grid]");
    const grid = cell && this.view.grids[cell.dataset.grid];
    return grid ? { grid: cell.dataset.grid, index: grid.cells.indexOf(cell) } : null;
  }

  #clicked(event) {
    const pick = this.#cellAt(event);
    if (!pick || event.target.matches("input")) return;
    const again = this.view.isSelected(pick);
    this.view.pause();
    this.view.select(pick);
    if (again || this.view.isHidden(pick)) this.view.edit(pick);
  }

  #focused(event) {
    const pick = this.cellOf(event.target);
    if (!pick || event.target.matches("input")) return;
    this.view.grids[pick.grid].stopAt(pick.index);
    // A pointer selects on click, so that its second click can tell that it is the second.
    if (event.target.matches(":focus-visible") && !this.view.isSelected(pick)) this.view.select(pick);
  }

  #key(event) {
    const pick = this.cellOf(event.target);
    if (event.target.matches("select, input, button, summary") && event.key !== "Escape") return;
    const act = meaning(event, Boolean(pick));
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    if (act === "move") this.#move(event.key, pick);
    else if (act === "edit") this.view.edit(pick);
    else if (act === "type") this.view.edit(pick, event.key);
    else if (act === "leave") this.view.leave();
    else this.view.act(act);
  }

  #move(key, { grid, index }) {
    const { shape, count, turned, after } = this.view.grids[grid];
    const there = after?.(key, index) ?? cellAfter(turned ? opposite(key) : key, index, shape, count);
    const next = { grid, index: there };
    this.view.select(next);
    this.view.grids[grid].focusOn(next.index);
  }
}

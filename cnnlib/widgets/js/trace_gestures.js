// Pointer and keys on the maps and on the weights below them.
const MOVES = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"]);
const STEPS = { " ": "next", ArrowRight: "next", ArrowLeft: "back", Home: "first", End: "last" };

export class TraceGestures {
  constructor(view, root) {
    this.view = view;
    root.addEventListener("pointerover", (event) => event.pointerType !== "touch" && view.pointAt(this.#pick(event.target)));
    root.addEventListener("pointerleave", () => view.pointAt(null));
    root.addEventListener("click", (event) => this.#select(event.target));
    root.addEventListener("focusin", (event) => event.target.matches(":focus-visible") && this.#select(event.target));
    root.addEventListener("keydown", (event) => this.#key(event));
  }

  #pick(node) {
    const cell = node.closest?.("[data-grid]");
    if (!cell) return null;
    const name = cell.dataset.grid;
    if (cell.dataset.weight !== undefined) return { name, index: Number(cell.dataset.weight) };
    const column = this.#column(name);
    return { name, index: column.cells.indexOf(cell) };
  }

  #column(name) {
    return this.view.columns.find(({ layer }) => layer.name === name);
  }

  #select(node) {
    const pick = this.#pick(node);
    if (!pick) return;
    this.#column(pick.name)?.stopAt(pick.index);
    const [name, index] = this.view.state.selected;
    if (name !== pick.name || index !== pick.index) this.view.select(pick);
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key, target } = event;
    if (target.matches("select, input, button, summary")) return;
    const pick = this.#pick(target);
    const act = pick && MOVES.has(key) ? () => this.#move(key, pick, target) : STEPS[key] && (() => this.view.act(STEPS[key]));
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  // The keys take over from the pointer, wherever that rests.
  #move(key, { name, index }, target) {
    this.view.hover = null;
    const column = this.#column(name);
    const next = column ? column.cells[column.after(key, index)] : this.#weightAfter(key, target);
    if (!column) this.#stopAtWeight(next);
    else column.stopAt(column.cells.indexOf(next));
    next.focus();
    this.#select(next);
  }

  #weightAfter(key, target) {
    const grid = target.closest('[role="grid"]');
    const all = [...grid.querySelectorAll('[role="gridcell"]')];
    const wide = Number(grid.style.getPropertyValue("--columns"));
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -wide, ArrowDown: wide, PageUp: -wide, PageDown: wide }[key];
    const there = key === "Home" ? 0 : key === "End" ? all.length - 1 : all.indexOf(target) + step;
    return all[there]?.matches(".pickable") ? all[there] : target;
  }

  #stopAtWeight(next) {
    for (const node of next.closest('[role="grid"]').querySelectorAll(".pickable")) node.tabIndex = node === next ? 0 : -1;
  }
}

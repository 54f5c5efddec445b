// The T check: one number, three ways.
import { element } from "./dom.js";
import { nearly, short } from "./numbers.js";
import { totals } from "./readings.js";

const WAYS = [["output", "δ · x"], ["weight", "w · ∂E/∂w"], ["input", "o · ∂E/∂o"]];

export class TotalPanel {
  constructor() {
    this.values = WAYS.map(() => element("b"));
    this.verdict = element("span", { class: "verdict" });
    const ways = WAYS.map(([, text], n) =>
      element("span", { class: "way" }, element("span", { class: "symbol" }, text), " = ", this.values[n]),
    );
    this.root = element("div", { class: "total", "data-part": "total" }, element("span", { class: "reading" }, "T check"), ...ways, this.verdict);
  }

  update(scene) {
    const sums = totals(scene);
    WAYS.forEach(([way], n) => (this.values[n].textContent = short(sums[way])));
    const same = nearly(sums.output, sums.weight) && nearly(sums.output, sums.input);
    this.verdict.textContent = same ? "✓ one number" : "✗ not the same";
  }
}

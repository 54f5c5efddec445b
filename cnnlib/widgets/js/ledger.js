// The same sums as plain text, for screen readers, print and copying.
import { element } from "./dom.js";

export function fillLedger(list, count, lineOf) {
  const lines = Array.from({ length: count }, (_, index) => lineOf(index));
  const key = lines.join("\n");
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.replaceChildren(...lines.map((line) => element("li", {}, line)));
}

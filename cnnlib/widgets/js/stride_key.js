// What the marks in the picture mean, said under it.
import { element } from "./dom.js";

const many = (count, one, more) => (count === 1 ? one : more.replace("#", count));

// Pure: the marks that a scene shows, each with a sample and words.
export function keyOf({ reading, move: { stride, padding } }, unread) {
  const back = reading === "inputs";
  const between = reading !== "forward" && stride > 1;
  return [
    between && ["pad", "0", `put in: ${many(stride - 1, "1 zero", "# zeros")} between neighbouring deltas${back ? ", and a border" : ""}`],
    back && !between && ["pad", "0", "put in: a border, so that the turned kernel reaches every input"],
    padding > 0 && !back && ["pad", "0", "padding"],
    padding > 0 && back && ["pad cropped", "", "falls on the padding: cropped"],
    unread.length > 0 && ["unread", back ? "0" : "", back ? "never read: gradient 0, and still there" : "never read"],
  ].filter(Boolean);
}

export class StrideKey {
  constructor() {
    this.root = element("ul", { class: "key", "data-part": "key" });
  }

  update(scene, unread) {
    const entries = keyOf(scene, unread);
    const said = JSON.stringify(entries);
    if (said === this.said) return;
    this.said = said;
    this.root.replaceChildren(...entries.map(([mark, text, words]) =>
      element("li", {}, element("span", { class: `sample ${mark}`, "aria-hidden": "true" }, text), words)));
  }
}

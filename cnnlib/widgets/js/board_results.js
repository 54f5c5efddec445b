// When a run has ended: which digit was read as which, and the worst mistakes.
import { picture } from "./board_sheet.js";
import { percent, unpacked } from "./board_sums.js";
import { element } from "./dom.js";

export function resultsOf(results, [rows, columns]) {
  if (!results.confusion) return [];
  const total = results.confusion.flat().reduce((sum, n) => sum + n, 0);
  const verdict = `${results.misread} of ${total} ${results.on} images misread: ${percent(results.accuracy, 1)} right, loss ${results.loss === null ? "not a number" : results.loss.toFixed(3)}`;
  return [
    element("h4", { "data-part": "verdict" }, verdict),
    element("div", { class: "ended" }, confusion(results.confusion), worst(results.worst, [rows, columns])),
  ];
}

function confusion(counts) {
  const head = element("tr", {}, element("td", { class: "corner" }, "is ↓ read as →"), ...counts.map((_, n) => element("th", { scope: "col" }, String(n))));
  const most = Math.max(1, ...counts.flatMap((row, label) => row.filter((_, read) => read !== label)));
  const cell = (count, label, read) => {
    const kind = label === read ? "right" : count ? "wrong" : "none";
    const words = `${label} read as ${read}: ${count}`;
    return element("td", { class: kind, title: words, style: kind === "wrong" ? `--share: ${count / most}` : null }, count ? String(count) : "·");
  };
  const row = (found, label) => element("tr", {}, element("th", { scope: "row" }, String(label)), ...found.map((count, read) => cell(count, label, read)));
  return element("figure", { class: "confusion" },
    element("figcaption", {}, element("b", {}, "which digit was read as which")),
    element("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "confusion matrix" }, element("table", {}, element("thead", {}, head), element("tbody", {}, ...counts.map(row)))));
}

function worst(mistakes, size) {
  const figure = ({ image, label, read, sure }) => element("figure", {},
    picture(unpacked(image), size, `digit ${label}`),
    element("figcaption", {}, element("b", {}, `${label} read as ${read}`), element("span", {}, `${read}: ${share(sure[0])}, ${label}: ${share(sure[1])}`)));
  return element("div", { class: "worst" },
    element("p", { class: "caption" }, element("b", {}, mistakes.length ? "the worst mistakes" : "no mistakes")),
    element("div", { class: "mistakes" }, ...mistakes.map(figure)));
}

const share = (value) => (value === null ? "?" : value > 0 && value < 0.01 ? "<1 %" : percent(value));

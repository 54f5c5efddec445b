// One chart over the steps of the run: lines, a cursor, and the place that is pointed at.
import { element, mark, svg } from "./dom.js";

const [WIDE, HIGH] = [300, 150];
const SIDES = { left: 40, right: 12, top: 12, bottom: 22 };
const [ACROSS, DOWN] = [WIDE - SIDES.left - SIDES.right, HIGH - SIDES.top - SIDES.bottom];

export class Chart {
  // pointed(share): somebody points at this share of the run; null when no more. chosen: clicks it.
  constructor(title, legend, { pointed, chosen }) {
    this.frame = svg("g", {});
    this.lines = svg("g", {});
    this.cursor = svg("line", { class: "cursor", y1: SIDES.top, y2: SIDES.top + DOWN });
    this.svg = svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img" }, this.frame, this.lines, this.cursor);
    const share = (event) => {
      const { left, width } = this.svg.getBoundingClientRect();
      return Math.max(0, Math.min(1, (((event.clientX - left) / width) * WIDE - SIDES.left) / ACROSS));
    };
    this.svg.addEventListener("pointermove", (event) => pointed(share(event)));
    this.svg.addEventListener("pointerleave", () => pointed(null));
    this.svg.addEventListener("click", (event) => chosen(share(event)));
    this.caption = element("figcaption", {}, element("b", {}, title), ...legend);
    this.root = element("figure", { class: "chart" }, this.caption, this.svg);
  }

  // y: from a value to a share of the height; ticks: [value, text]; lines: [{class, points, dots, end}].
  draw({ y, ticks, guide, lines, last, cursor, words }) {
    const at = (share) => SIDES.left + ACROSS * share;
    const up = (value) => SIDES.top + DOWN * (1 - Math.max(-0.02, Math.min(1.04, y(value))));
    this.#axes(ticks, guide, last, up, at);
    this.lines.replaceChildren(...lines.flatMap((line) => this.#line(line, up, at)));
    mark(this.cursor, "x1", at(cursor));
    mark(this.cursor, "x2", at(cursor));
    mark(this.svg, "aria-label", words);
  }

  #axes(ticks, guide, last, up, at) {
    const key = JSON.stringify([ticks, guide, last]);
    if (key === this.key) return;
    this.key = key;
    const rule = (value, kind) => svg("line", { class: kind, x1: SIDES.left, x2: SIDES.left + ACROSS, y1: up(value), y2: up(value) });
    const text = (x, y, anchor, words, kind = "tick") => svg("text", { class: kind, x, y, "text-anchor": anchor }, words);
    this.frame.replaceChildren(
      ...ticks.flatMap(([value, words]) => [rule(value, "rule"), text(SIDES.left - 6, up(value) + 4, "end", words)]),
      text(SIDES.left, HIGH - 6, "middle", "0"),
      text(at(1), HIGH - 6, "end", `epoch ${last}`),
      ...(guide ? [rule(guide[0], "guide"), text(at(1), up(guide[0]) + 13, "end", guide[1], "note")] : []));
  }

  #line({ kind, points, dots, end }, up, at) {
    const known = points.filter(([, value]) => Number.isFinite(value));
    const places = known.map(([share, value]) => [at(share).toFixed(1), up(value).toFixed(1)]);
    const marks = dots ? places.map(([cx, cy]) => svg("circle", { class: `dot ${kind}`, cx, cy, r: places.length > 40 ? 1.5 : 2.4 })) : [];
    const label = end && places.length ? [svg("text", { class: "end", x: Math.min(Number(places.at(-1)[0]) + 4, WIDE - 2), y: end.y(up), "text-anchor": Number(places.at(-1)[0]) > WIDE - 60 ? "end" : "start" }, end.text)] : [];
    return [svg("polyline", { class: `line ${kind}`, points: places.map((place) => place.join(",")).join(" ") }), ...marks, ...label];
  }
}

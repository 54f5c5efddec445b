// The pad itself: strokes by mouse, pen, finger or keys, drawn as lines of the page.
import { element, mark, svg } from "./dom.js";
import { ERASER, PEN } from "./sketch_strokes.js";

const UNITS = 100; // the pad's side in the picture's own units
const STEPS = 16; // where the keys' cursor can stand, per axis
const CLOSE = 0.004; // points nearer than this are one
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const HOW = "Draw here. With the keys: arrows move the cursor, space makes a dot, Shift and an arrow draw a line, E changes between pen and eraser, Control Z takes back, Delete clears.";

export class Surface {
  // acts: draw(kind, points, { done, joins }), undo(), redo(), clear(), tool(), other().
  constructor(acts) {
    this.acts = acts;
    this.cursor = [STEPS / 2 - 0.5, STEPS / 2 - 0.5].map((at) => at / STEPS);
    this.base = svg("g", { class: "base" });
    this.ink = svg("path", { class: "ink", "stroke-width": 2 * PEN * UNITS });
    this.frame = svg("rect", { class: "frame", rx: 1.5 });
    this.pointer = svg("circle", { class: "pointer" });
    this.picture = svg("svg", { viewBox: `0 0 ${UNITS} ${UNITS}`, "aria-hidden": "true" }, this.base, this.ink, this.frame, this.pointer);
    this.hello = element("div", { class: "hello", "aria-hidden": "true" }, "draw here");
    this.root = element("div", { class: "surface", tabindex: 0, role: "application", "aria-label": HOW, "data-part": "pad" }, this.picture, this.hello);
    this.#listen();
  }

  #listen() {
    const { root } = this;
    root.addEventListener("pointerdown", (event) => this.#down(event));
    root.addEventListener("pointermove", (event) => this.#move(event));
    root.addEventListener("pointerup", (event) => this.#up(event));
    root.addEventListener("pointercancel", (event) => this.#up(event));
    root.addEventListener("pointerleave", () => this.stroke || this.#point(null));
    root.addEventListener("lostpointercapture", (event) => this.#up(event));
    root.addEventListener("keydown", (event) => this.#key(event));
    root.addEventListener("focus", () => root.matches(":focus-visible") && this.#point(this.cursor));
    root.addEventListener("blur", () => this.#point(null));
  }

  // Shares of the pad's side, however large the pad is shown.
  #at({ clientX, clientY }) {
    const { left, top, width, height } = this.picture.getBoundingClientRect();
    return [(clientX - left) / width, (clientY - top) / height];
  }

  #down(event) {
    if (event.button !== 0 || this.stroke) return;
    this.root.setPointerCapture(event.pointerId);
    // A pen's other end erases.
    const kind = event.buttons & 32 ? "eraser" : this.acts.tool();
    this.stroke = { id: event.pointerId, kind, points: [this.#at(event)] };
    this.acts.draw(kind, this.stroke.points, {});
  }

  #move(event) {
    if (this.stroke?.id !== event.pointerId) return event.pointerType === "touch" || this.#point(this.#at(event));
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length ? events : [event]) this.#add(this.#at(each));
    this.#point(event.pointerType === "touch" ? null : this.#at(event));
    this.acts.draw(this.stroke.kind, this.stroke.points, {});
  }

  #add(point) {
    const before = this.stroke.points.at(-1);
    if (Math.hypot(point[0] - before[0], point[1] - before[1]) > CLOSE) this.stroke.points.push(point);
  }

  #up(event) {
    if (this.stroke?.id !== event.pointerId) return;
    const { kind, points } = this.stroke;
    this.stroke = null;
    this.acts.draw(kind, points, { done: true });
  }

  #key(event) {
    const { key, shiftKey } = event;
    const act = event.ctrlKey || event.metaKey ? this.#chord(event) : this.#plain(event);
    if (!act || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act(key, shiftKey);
  }

  #chord({ key, shiftKey }) {
    const letter = key.toLowerCase();
    if (letter === "z") return shiftKey ? this.acts.redo : this.acts.undo;
    return letter === "y" ? this.acts.redo : null;
  }

  #plain({ key }) {
    if (key in MOVES) return (arrow, draws) => this.#walk(MOVES[arrow], draws);
    if (key === " " || key === "Enter") return () => this.acts.draw(this.acts.tool(), [this.cursor], { done: true });
    if (key === "Delete" || key === "Backspace") return this.acts.clear;
    return key.toLowerCase() === "e" ? this.acts.other : null;
  }

  #walk(move, draws) {
    const from = this.cursor;
    const [least, most] = [0.5 / STEPS, 1 - 0.5 / STEPS];
    this.cursor = from.map((at, axis) => Math.min(most, Math.max(least, at + move[axis] / STEPS)));
    if (draws) this.acts.draw(this.acts.tool(), [from, this.cursor], { done: true, joins: true });
    this.#point(this.cursor);
    this.acts.moved(this.cursor.map((at) => Math.floor(at * STEPS) + 1));
  }

  // A ring of the tool's size stands where it would draw.
  #point(at) {
    this.pointed = at;
    mark(this.pointer, "visibility", at ? null : "hidden");
    if (!at) return;
    mark(this.pointer, "r", UNITS * (this.acts.tool() === "pen" ? PEN : ERASER));
    mark(this.pointer, "cx", UNITS * at[0]);
    mark(this.pointer, "cy", UNITS * at[1]);
  }

  paint({ drawn, box, base, side, kind }) {
    this.#point(this.pointed ?? null);
    mark(this.root, "data-tool", kind);
    this.hello.hidden = Boolean(drawn.length || base);
    const path = drawn.map((piece) => `M${piece.map((point) => point.map((v) => (UNITS * v).toFixed(1)).join()).join("L")}${piece.length > 1 ? "" : "h.01"}`);
    mark(this.ink, "d", path.join("") || null);
    mark(this.frame, "visibility", box ? null : "hidden");
    if (box) {
      const { left, top, right, bottom } = box;
      const place = { x: left, y: top, width: right - left, height: bottom - top };
      for (const [name, value] of Object.entries(place)) mark(this.frame, name, UNITS * value);
    }
    this.#paintBase(base, side);
  }

  #paintBase(base, side) {
    const key = base ? base.join() : "";
    if (this.base.key === key) return;
    this.base.key = key;
    const size = UNITS / side;
    const at = (n) => ({ x: (n % side) * size, y: Math.floor(n / side) * size, width: size + 0.1, height: size + 0.1 });
    this.base.replaceChildren(...(base ?? []).flatMap((value, n) => (value > 0 ? [svg("rect", { ...at(n), opacity: value })] : [])));
  }
}

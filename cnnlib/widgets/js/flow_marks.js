// Bands between grids, frames round windows and patches.
import { element, svg } from "./dom.js";

const EDGE = 3;

// The rectangle round some cells, in the board's pixels.
export function around(box, positions) {
  const at = positions.map((position) => (position.length === 1 ? [0, position[0]] : position));
  const span = (axis) => [Math.min(...at.map((p) => p[axis])), Math.max(...at.map((p) => p[axis]))];
  const [[top, bottom], [left, right]] = [span(0), span(1)];
  const low = { x: box.x + left * box.pitchX, y: box.y + top * box.pitchY };
  return { left: low.x, top: low.y, right: box.x + right * box.pitchX + box.cell, bottom: box.y + bottom * box.pitchY + box.cell };
}

// From one rectangle to another that stands further right, or below; nothing where neither is so.
export function band(from, to, role) {
  if (from.right <= to.left) return [beam(role, `M${from.right},${from.top}L${to.left},${to.top}V${to.bottom}L${from.right},${from.bottom}Z`)];
  return from.bottom <= to.top ? [bandDown(from, to, role)] : [];
}

export const bandDown = (from, to, role) =>
  beam(role, `M${from.left},${from.bottom}L${to.left},${to.top}H${to.right}L${from.right},${from.bottom}Z`);

const beam = (role, d) => svg("path", { class: `beam role-${role}`, d });

// A frame that glides from one place to the next, and is simply there when it comes.
export class Frame {
  constructor(role) {
    this.root = element("div", { class: `window role-${role}`, "aria-hidden": "true", hidden: true });
  }

  show(rectangle) {
    const { root } = this;
    if (!rectangle) return void (root.hidden = true);
    const [x, y] = [rectangle.left - EDGE, rectangle.top - EDGE];
    const [wide, high] = [rectangle.right - rectangle.left + 2 * EDGE, rectangle.bottom - rectangle.top + 2 * EDGE];
    root.classList.toggle("arrives", root.hidden);
    root.hidden = false;
    root.style.cssText = `transform:translate(${x}px,${y}px);width:${wide}px;height:${high}px`;
  }
}

// What a key means. Pure.
import { flatOf, isOn, positionOf } from "./arrays.js";

const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

// The cell an arrow, Home or End leads to; the same cell at a border.
export function cellAfter(key, flat, shape, size) {
  if (key === "Home") return 0;
  if (key === "End") return size - 1;
  const [down, right] = MOVES[key];
  const step = shape.length === 1 ? [right] : [down, right];
  const position = positionOf(flat, shape).map((p, axis) => p + step[axis]);
  return isOn(position, shape) ? flatOf(position, shape) : flat;
}

// Where a grid stands turned by half a turn, the next cell to the right is the one before.
const OPPOSITE = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft", ArrowUp: "ArrowDown", ArrowDown: "ArrowUp" };
export const opposite = (key) => OPPOSITE[key] ?? key;

const STEPS = { " ": "next", Home: "first", End: "last", ArrowRight: "next", ArrowLeft: "back" };

// On a cell arrows move the focus and space steps; elsewhere in the widget arrows step.
export function meaning(event, onCell) {
  const { key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (key === "Escape") return "leave";
  if (onCell && (key in MOVES || key === "Home" || key === "End")) return "move";
  if (onCell && (key === "Enter" || key === "F2")) return "edit";
  if (onCell && /^[-\u22120-9.]$/.test(key)) return "type";
  return STEPS[key] ?? null;
}

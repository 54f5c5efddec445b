// Choices that put another kernel in place, or other connections.
import { fromNested } from "./arrays.js";
import { choice } from "./controls.js";
import { KINDS } from "./sharing.js";
import { outputShape } from "./taps.js";

const NINTH = 1 / 9;
export const PRESETS = {
  unchanged: [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
  blur: [[NINTH, NINTH, NINTH], [NINTH, NINTH, NINTH], [NINTH, NINTH, NINTH]],
  sharpen: [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
  "upright edges": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
  "level edges": [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
  "all edges": [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
};
const OWN = "your own";
const MOST_SIZE = 4;

export const presetOf = (kernel) =>
  Object.keys(PRESETS).find((name) => JSON.stringify(PRESETS[name]) === JSON.stringify(kernel)) ?? OWN;

function presets(view) {
  const names = [...Object.keys(PRESETS), OWN];
  const put = (name) => name in PRESETS && view.set({ kernel: PRESETS[name] });
  const { root, update } = choice("kernel", names.map((name) => [name, name]), put);
  return { root, update: (state) => update(presetOf(state.kernel)) };
}

const ones = (size, axes) => (axes === 1 ? new Array(size).fill(1) : Array.from({ length: size }, () => ones(size, 1)));

// The sizes for which the window fits twice.
export function sizesOf(state) {
  const { shape } = fromNested(state.input);
  const fits = (size) => {
    const kernel = shape.map(() => size);
    const hidden = outputShape(shape, kernel, state);
    return hidden && outputShape(hidden, kernel, state);
  };
  return Array.from({ length: MOST_SIZE }, (_, n) => n + 1).filter(fits);
}

function kernelSizes(state, view) {
  const axes = fromNested(state.input).shape.length;
  const written = (shape) => shape.join(" × ");
  const own = fromNested(state.kernel).shape;
  const shapes = sizesOf(state).map((size) => new Array(axes).fill(size));
  const all = shapes.some((shape) => written(shape) === written(own)) ? shapes : [...shapes, own];
  const put = (text) => {
    const size = Number(text.split(" ")[0]);
    view.set({ kernel: text === written(own) ? view.home.kernel : ones(size, axes), selected: [] });
  };
  const { root, update } = choice("kernel size", all.map((shape) => [written(shape), written(shape)]), put);
  return { root, update: (now) => update(written(fromNested(now.kernel).shape)) };
}

function connections(view) {
  const { root, update } = choice("connections", KINDS, (kind) => view.set({ connections: kind }));
  return { root, update: (state) => update(state.connections) };
}

// The controls that a state asks for, each with its root and update(state).
export function kernelControls(state, view) {
  const make = { preset: () => presets(view), "kernel-size": () => kernelSizes(state, view), connections: () => connections(view) };
  return Object.keys(make).filter((name) => state.controls.includes(name)).map((name) => make[name]());
}

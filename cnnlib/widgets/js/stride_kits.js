// Stride, padding and dilation forward and back: the pass is a choice, the rest is settings.
import { indexOf } from "./arrays.js";
import { choice } from "./controls.js";
import { makeFormula, symbol } from "./formula.js";
import { predict } from "./hints.js";
import { GRIDS } from "./scene.js";
import { StrideStage } from "./stride_stage.js";
import { PASSES, strideScene, windowAt } from "./strides.js";
import { tapsOf } from "./taps.js";

export const strides = {
  scene: strideScene,
  stage: () => StrideStage,
  stepped: ({ reading }) => PASSES[reading].stepped,
  controls: (state, view) => (state.controls.includes("reading") ? [passes(view)] : []),
  sentence,
  predict,
};

function passes(view) {
  const options = Object.entries(PASSES).map(([name, { label }]) => [name, label]);
  const { root, update } = choice("pass", options, (reading) => view.set({ reading, position: 0, selected: [] }));
  return { root, update: (state) => update(state.reading) };
}

// What the formula line says; null leaves it to the pass's own sum.
export function sentence({ scene, state }, pick, { terms = null, masked = false } = {}) {
  const { axis } = GRIDS[pick.grid];
  if (axis === "input" && !masked && scene.unread.includes(pick.index)) return neverRead(scene, state, pick);
  if (scene.reading !== "inputs" || terms !== null) return null;
  if (pick.grid === "delta") return stamp(scene, state, pick);
  return axis === "input" ? gathered(scene, state, pick) : null;
}

function neverRead(scene, state, { grid, index }) {
  const rest = grid === "input" ? "is never read: no window reaches it" : "= 0: no window reaches this input. Its place stays";
  return { chip: "region Q is empty", role: GRIDS[grid].role, head: symbol(scene, state.notation, grid, index), rest };
}

// Where one delta goes: to the inputs that its output used, stride apart from its neighbour's.
function stamp(scene, state, { index }) {
  const { arrays, taps } = scene;
  const numbers = tapsOf(taps, "output", index);
  return {
    reading: "one stamp", bias: null, missing: 0, into: "to",
    head: { role: "delta", symbol: symbol(scene, state.notation, "delta", index) },
    terms: numbers.map((n) => [factorOf(scene, state, "delta", index), factorOf(scene, state, "kernel", taps.weight[n])]),
    targets: numbers.map((n) => `[${indexOf(taps.input[n], arrays.input.shape)}]`),
  };
}

// The zeros that were put in stand in the sum too, in grey.
function gathered(scene, state, pick) {
  const terms = windowAt(scene, pick.index).map(({ output, weight }) => {
    const zero = { role: "pad", value: 0, symbol: "0" };
    const factors = [output === null ? zero : factorOf(scene, state, "delta", output), factorOf(scene, state, "kernel", weight)];
    return Object.assign(factors, { muted: output === null });
  });
  return { ...makeFormula(scene, pick, state.notation), terms };
}

const factorOf = (scene, state, grid, index) => ({
  role: GRIDS[grid].role, value: scene.arrays[grid].values[index], symbol: symbol(scene, state.notation, grid, index),
});

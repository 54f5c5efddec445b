// Choices of the picture with channels: the reading, one pair or cell by cell, the image.
import { blockOf, channelScene, kindOf, pairsOf, READINGS } from "./channels.js";
import { choice } from "./controls.js";

const NAMES = [["forward", "forward"], ["weight-gradient", "weight gradient"], ["input-gradient", "input gradient"]];
const CELLS = "cells";

function readings(view) {
  const { root, update } = choice("reading", NAMES, (reading) => view.choose(switched(view.state, reading)));
  return { root, update: (state) => update(state.reading) };
}

// By pairs all sums are there at the last one: another reading starts from all its numbers too.
export function switched(state, reading) {
  const last = ({ sizes }) => sizes.channels * sizes.filters - 1;
  return { reading, selected: [], position: state.by === "pair" ? last(channelScene(state)) : 0 };
}

const arrows = { forward: "→", "weight-gradient": "⊗", "input-gradient": "←" };

// "o[1] → x[0]": each pair as the reading joins it.
export function pairNames(scene) {
  const [from, to] = scene.reading === "weight-gradient" ? ["o", "δ"] : scene.reading === "forward" ? ["o", "x"] : ["o", "δ"];
  return pairsOf(scene).map(({ c, d }, n) => [String(n), `${from}[${c}] ${arrows[scene.reading]} ${to}[${d}]`]);
}

function pairs(view) {
  const options = [[CELLS, "cell by cell"], ...pairNames(channelScene(view.state))];
  const put = (value) => view.choose(value === CELLS ? { by: "cell", position: 0, selected: [] } : { by: "pair", position: Number(value), selected: [] });
  const { root, update } = choice("small convolution", options, put);
  return { root, update: (state) => update(state.by === "pair" ? String(Math.min(state.position, options.length - 2)) : CELLS) };
}

function images(view) {
  const { images: count } = channelScene(view.state).sizes;
  if (count < 2) return null;
  const options = Array.from({ length: count }, (_, n) => [String(n), String(n)]);
  const { root, update } = choice("image", options, (value) => view.choose(shown(view.state, Number(value))));
  return { root, update: () => update(String(seen(view))) };
}

// The same place in another image: where steps count cells of the batch they go there too.
export function shown(state, image) {
  const scene = channelScene(state);
  const { result } = READINGS[scene.reading];
  if (state.by === "pair" || kindOf(result) === "weight") return { image, selected: [] };
  const each = scene.arrays[result].values.length / scene.sizes.images;
  return { image, selected: [], position: image * each + (state.position % each) };
}

function seen(view) {
  const { scene, focus } = view;
  if (focus.stepping && view.state.by === "pair") return scene.image;
  return blockOf(scene.sizes, focus.grid, focus.index).n ?? scene.image;
}

export function channelControls(state, view) {
  const make = { reading: () => (state.delta ? readings(view) : null), pair: () => pairs(view), image: () => images(view) };
  return Object.keys(make).filter((name) => state.controls.includes(name)).map((name) => make[name]()).filter(Boolean);
}

// What the slider counts: cells of the result, or one small convolution after the other. Pure.
import { cellsOf, pairsOf } from "./channels.js";
import { makeSteps } from "./steps.js";

export function channelSteps(scene, stepped, by) {
  if (by !== "pair") return makeSteps(scene, stepped, "cell");
  const pairs = pairsOf(scene);
  const at = (n) => ({ index: cellsOf(scene, stepped, pairs[n]).at(-1), terms: null, pair: pairs[n], count: n + 1 });
  const endOf = (index) => Math.max(0, pairs.findLastIndex((pair) => cellsOf(scene, stepped, pair).includes(index)));
  return { count: pairs.length, at, endOf, title: "small convolution" };
}

// The pair that is stepped to; null where a cell is pointed at or stepping goes by cells.
export const pairAt = ({ pick, at }) => (pick.stepping && at.pair ? at.pair : null);

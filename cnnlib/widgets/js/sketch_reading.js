// What a network makes of a drawing, and what is said of it. Pure.
import { indexOf } from "./arrays.js";
import { backward, crossEntropy, forward, softmax } from "./net.js";
import { short } from "./numbers.js";

const PUSH = 0.25; // what the pixel with the largest lever is moved by
const NUDGE = 0.1;
const BENDS = ["relu", "leaky_relu", "sigmoid", "tanh"];

// Probabilities, the class to go towards, its E and ∂E/∂o of the image; maps after each convolution.
export function reading(net, pixels, towards) {
  const outputs = forward(net, pixels);
  const p = softmax(outputs.at(-1));
  const order = p.map((_, n) => n).sort((a, b) => p[b] - p[a]);
  const target = towards ?? order[1];
  const { error, dScores } = crossEntropy(outputs.at(-1), target);
  return { p, best: order[0], target, error, lever: backward(net, outputs, dScores)[0], stages: stagesOf(net, outputs) };
}

function stagesOf(net, outputs) {
  return net.flatMap(({ kind, name, shape }, n) => {
    if (kind !== "conv") return [];
    const bent = BENDS.includes(net[n + 1]?.kind);
    return [{ name: bent ? `${name}, ${net[n + 1].name}` : name, shape, values: outputs[n + 1 + bent] }];
  });
}

// Every pixel a little against its lever: ink where E falls with ink.
export function pushed(pixels, lever) {
  const most = lever.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const moved = (value, n) => Math.min(1, Math.max(0, value - (most > 0 ? (PUSH / most) * lever[n] : 0)));
  return Array.from(pixels, (value, n) => Math.round(1000 * moved(value, n)) / 1000);
}

const likely = (p) => (p > 0.99 && p < 1 ? "over 99 %" : p < 0.01 ? "under 1 %" : `${Math.round(100 * p)} %`);

export function verdict({ p, best }, classes) {
  return Number.isFinite(p[best]) ? `It reads ${classes[best]}, ${likely(p[best])}.` : "The scores are not numbers: has the training gone wrong?";
}

// Paper can take no less ink, and full ink no more.
const canMove = (lever, pixel) => (lever < 0 ? pixel < 1 : pixel > 0);

function strongest(lever, pixels) {
  const use = (n) => (canMove(lever[n], pixels[n]) ? Math.abs(lever[n]) : 0);
  return lever.reduce((most, _, n) => (use(n) > use(most) ? n : most), 0);
}

// The pixel that could do most, or the one that is pointed at.
export function sentence({ lever, target, error, p, best }, classes, pixels, at) {
  if (!Number.isFinite(p[best])) return "";
  const side = Math.sqrt(lever.length);
  const n = at ?? strongest(lever, pixels);
  const [name, change] = [`o[${indexOf(n, [side, side])}]`, short(Math.abs(NUDGE * lever[n]))];
  const which = at === null ? `The strongest pixel, ${name} = ${short(pixels[n])},` : `The pixel ${name} = ${short(pixels[n])}`;
  const way = lever[n] < 0 ? "more" : "less";
  const here = canMove(lever[n], pixels[n]) ? "" : way === "more" ? " But it is full." : " But there is none.";
  return `For ${classes[target]}, E = −ln p = ${short(error)}. ${which} has the lever ${short(lever[n])}: ${NUDGE} ${way} ink lowers E by about ${change}.${here}`;
}

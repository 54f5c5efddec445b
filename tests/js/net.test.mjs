// The browser's networks against cnnlib.network: every output and every delta, every element.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { backward, crossEntropy, forward, makeNet, softmax } from "../../cnnlib/widgets/js/net.js";

const cases = JSON.parse(readFileSync(process.env.CNNLIB_NETS, "utf8"));

function close(found, expected, what) {
  assert.equal(found.length, expected.length, what);
  expected.forEach((value, n) => assert.ok(Math.abs(found[n] - value) <= 1e-12 * (1 + Math.abs(value)), `${what}[${n}]: ${found[n]} for ${value}`));
}

const netOf = ({ layers, weights, side }) => makeNet({ layers, weights, shape: [1, side, side] });

test("forward, every layer gives what Python's gives", () => {
  for (const one of cases) {
    const outputs = forward(netOf(one), one.image);
    one.outputs.forEach((expected, n) => close(outputs[n], expected, `${one.layers[n - 1]?.name ?? "input"} of ${one.layers.length} layers`));
  }
});

test("backward, every layer's delta is Python's, the image's too", () => {
  for (const one of cases) {
    const net = netOf(one);
    const outputs = forward(net, one.image);
    const { p, error, dScores } = crossEntropy(outputs.at(-1), one.label);
    close(p, one.p, "p");
    close([error], [one.error], "E");
    backward(net, outputs, dScores).forEach((delta, n) => close(delta, one.deltas[n], `delta ${n} of ${one.layers.length} layers`));
  }
});

test("scores of any size make probabilities, and what is no number stays none", () => {
  close(softmax([1000, 0, 1000]), [0.5, 0, 0.5], "softmax");
  assert.ok(softmax([NaN, 1]).every(Number.isNaN));
});

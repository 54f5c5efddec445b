// What the network is made of and what it sees: a digit, its probabilities, kernels, gradients, maps.
import { picture, Sheet } from "./board_sheet.js";
import { byChannel, kernelAt, mapWords, percent, unpacked, weightWords } from "./board_sums.js";
import { element, mark } from "./dom.js";

const MAPS_ACROSS = 8;

export class Gallery {
  constructor(scene, choose) {
    this.scene = scene;
    this.digits = split(unpacked(scene.digits), scene.labels.length);
    this.buttons = this.digits.map((pixels, n) => element(
      "button", { type: "button", class: "pick", "aria-label": `digit ${scene.labels[n]}`, onclick: () => choose(n) }, picture(pixels, scene.image)));
    this.bars = scene.labels.map((label) => bar(label));
    this.read = element("p", { class: "read", "data-part": "read" });
    this.words = element("p", { class: "words", "data-part": "words" });
    this.rows = scene.layers.map((layer) => this.#row(layer));
    this.root = element("div", { class: "gallery" },
      element("div", { class: "reading" },
        element("div", { class: "chooser", role: "group", "aria-label": "a digit" }, ...this.buttons), this.read,
        element("div", { class: "bars", role: "img" }, ...this.bars.map(({ root }) => root))),
      ...this.rows.map(({ root }) => root), scene.layers.length ? this.words : null);
    this.idle = scene.layers.length ? "Point at a weight. White is large, black is small; in kernels and gradients, grey is 0." : "";
  }

  #row(layer) {
    const [filters, channels, rows, columns] = layer.kernels;
    const [count, high, wide] = layer.size;
    const across = Math.min(MAPS_ACROSS, count);
    const weights = { count: filters * channels, across: filters, rows, columns };
    const pick = (kind) => (index) => this.#pick(layer, kind, index);
    const sheet = (label, role, shape, kind) => new Sheet({ label: `${layer.name}: ${label}`, role, shape, pointed: pick(kind) });
    const kernels = sheet("kernels", "kernel", weights, "weight");
    const gradients = sheet("gradients of the kernels", "gradient", weights, "weight");
    const maps = sheet("feature maps", "output", { count, across, rows: high, columns: wide }, "map");
    const plate = (title, note, { root }) => element("figure", { class: "plate-figure" }, element("figcaption", {}, element("b", {}, title), note), root);
    const root = element("div", { class: "layer", "data-layer": layer.name },
      plate(`${layer.name}: kernels`, `${channels} → ${filters} maps`, kernels), plate("their gradients", "", gradients), plate("feature maps", `after ${layer.maps}`, maps));
    return { layer, root, kernels, gradients, maps };
  }

  #pick(layer, kind, index) {
    this.picked = index === null ? null : { name: layer.name, kind, index };
    this.#paint();
  }

  // frame: the moment shown; digit: which of the ten.
  draw(frame, digit) {
    this.digit = Math.min(digit, this.digits.length - 1);
    if (frame !== this.frame) {
      this.frame = frame;
      this.values = frame.layers.map((saved, n) => unpackedLayer(saved, this.scene.layers[n]));
    }
    this.#paint();
  }

  #paint() {
    if (!this.frame) return;
    this.buttons.forEach((node, n) => mark(node, "aria-pressed", String(n === this.digit)));
    this.#paintBars(this.frame.probabilities[this.digit]);
    this.words.textContent = this.idle;
    this.rows.forEach((row, n) => this.#paintRow(row, this.values[n]));
  }

  #paintBars(shares) {
    const label = this.scene.labels[this.digit];
    const best = shares.indexOf(Math.max(...shares));
    while (this.bars.length < shares.length) this.#addBar();
    this.bars.forEach(({ root, fill, value }, n) => {
      const share = shares[n] ?? 0;
      mark(root, "data-right", n === label ? "" : null);
      mark(root, "data-best", n === best ? "" : null);
      fill.style.setProperty("--share", share);
      value.textContent = share >= 0.1 ? Math.round(100 * share) : "";
    });
    mark(this.bars[0].root.parentElement, "aria-label", shares.map((share, n) => `${n}: ${percent(share)}`).join(", "));
    this.read.replaceChildren("read as ", element("b", {}, String(best)), ` with ${percent(shares[best])}${best === label ? ", right" : `; it is ${label === 8 ? "an" : "a"} ${label}`}`);
  }

  #addBar() {
    const more = bar(this.bars.length);
    this.bars[0].root.parentElement.append(more.root);
    this.bars.push(more);
  }

  #paintRow({ layer, kernels, gradients, maps }, { weights, slopes, pictures, tops }) {
    const picked = this.picked?.name === layer.name ? this.picked : null;
    const weight = picked?.kind === "weight" ? picked.index : null;
    const shown = pictures[this.digit];
    let [map, words] = [picked?.kind === "map" ? picked.index : null, ""];
    if (weight !== null) words = weightWords(layer.name, layer.kernels, weight, weights[weight], slopes ? slopes[weight] : null);
    else if (map !== null) words = mapWords(layer.maps, layer.size, map, shown[map]);
    if (words) this.words.textContent = words;
    kernels.draw(weights, tops.weights, true, { picked: weight, words });
    gradients.draw(slopes, tops.slopes, true, { picked: weight, words });
    maps.draw(shown, tops.maps, tops.signed, { picked: map, words });
    mark(maps.root, "data-filter", weight === null ? null : kernelAt(layer.kernels, weight).filter);
  }
}

function unpackedLayer(saved, layer) {
  const laid = (text, top) => (text ? byChannel(unpacked(text, top), layer.kernels) : null);
  const maps = unpacked(saved.maps, saved.maps_top);
  const per = layer.size.reduce((product, n) => product * n, 1);
  return {
    weights: laid(saved.kernels, saved.kernels_top), slopes: laid(saved.gradients, saved.gradients_top),
    pictures: split(maps, maps.length / per),
    tops: { weights: saved.kernels_top, slopes: saved.gradients_top, maps: saved.maps_top, signed: maps.some((value) => value < 0) },
  };
}

const split = (values, count) => Array.from({ length: count }, (_, n) => values.subarray((n * values.length) / count, ((n + 1) * values.length) / count));

function bar(label) {
  const fill = element("i", {});
  const value = element("span", { class: "value" });
  return { root: element("div", { class: "bar" }, element("div", { class: "column" }, value, fill), element("span", { class: "label" }, String(label))), fill, value };
}

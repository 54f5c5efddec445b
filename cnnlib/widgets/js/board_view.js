// The board: follows the model, draws at most once per frame, keeps what a reader has chosen.
import { Charts } from "./board_charts.js";
import { Drive } from "./board_drive.js";
import { Gallery } from "./board_gallery.js";
import { resultsOf } from "./board_results.js";
import { frameAt, framesOf, nearest, readout } from "./board_sums.js";
import { button } from "./controls.js";
import { element, mark } from "./dom.js";
import { ModelView } from "./model_view.js";

const NAMES = [
  "title", "lecture", "full_speed", "state", "message", "progress", "curves", "tests", "scene",
  "frames", "now", "results", "digit", "position", "part",
];
const PARTS = [["curves", "Curves"], ["inside", "Kernels and maps"], ["mistakes", "Mistakes"]];
let views = 0;

// After a restart of the kernel nobody is there to send to: JupyterLab raises an error then.
function sent(model, message) {
  try {
    model.send(message);
    return true;
  } catch {
    return false;
  }
}

export class BoardView extends ModelView {
  constructor(model, el) {
    super(model, el, NAMES, { name: "training-board", css: "board" });
    this.name = `${Date.now()}-${(views += 1)}`;
    this.send = model.send ? (message) => sent(model, message) : null;
    this.#build();
    this.begin();
    this.send?.({ act: "watch", view: this.name });
  }

  destroy() {
    super.destroy();
    this.drive.destroy();
    this.send?.({ act: "leave", view: this.name });
  }

  #build() {
    this.title = element("div", { class: "title" });
    this.large = button("Large", () => this.set({ lecture: !this.model.get("lecture") }), { label: "Large type for projecting", pressed: "false" });
    this.drive = new Drive(this.send, (changes) => this.set(changes));
    this.charts = new Charts({ pointed: (share) => this.#point(share), chosen: (share) => this.#goto(this.#nearest(share)) });
    this.slider = element("input", { type: "range", min: 0, step: 1, "aria-label": "moment of the run", oninput: () => this.#goto(Number(this.slider.value)) });
    this.readout = element("output", { class: "readout", "data-part": "readout" });
    this.body = element("div", { class: "inside" });
    this.parts = PARTS.map(([part, words]) => button(words, () => this.set({ part }), { pressed: "false" }));
    this.results = element("div", { class: "results", "data-part": "results" });
    this.root.replaceChildren(
      element("header", {}, this.title, this.large), this.drive.root,
      element("div", { class: "parts", role: "group", "aria-label": "what is shown" }, ...this.parts), this.charts.root,
      element("div", { class: "scrub" }, element("label", { class: "moment" }, "moment ", this.slider), this.readout), this.body, this.results);
  }

  #frames() {
    return framesOf(this.state);
  }

  #nearest(share) {
    const { steps, per_epoch: perEpoch } = this.state.progress;
    return nearest(this.#frames(), (share * steps) / perEpoch);
  }

  #point(share) {
    const preview = share === null ? null : this.#nearest(share);
    if (preview === this.preview) return;
    this.preview = preview;
    this.ask();
  }

  // The last moment is "now", which goes on while the network trains.
  #goto(index) {
    this.set({ position: index >= this.#frames().length - 1 ? -1 : index });
  }

  paint() {
    this.state = Object.fromEntries(NAMES.map((name) => [name, this.model.get(name)]));
    const { title, lecture, scene, results, digit, position, part } = this.state;
    this.title.textContent = title;
    mark(this.root, "aria-label", title);
    mark(this.root, "data-size", lecture ? "lecture" : null);
    mark(this.root, "data-state", this.state.state);
    mark(this.root, "data-shows", part);
    this.parts.forEach((node, n) => mark(node, "aria-pressed", String(PARTS[n][0] === part)));
    mark(this.large, "aria-pressed", String(lecture));
    this.drive.update(this.state);
    if (scene !== this.scene) this.#enter(scene);
    if (results !== this.shown) this.#end(results, scene);
    const frames = this.#frames();
    const index = frameAt(frames.length, this.preview ?? position);
    this.charts.draw(this.state, frames[index], scene.classes);
    mark(this.slider, "max", Math.max(0, frames.length - 1));
    this.slider.value = index;
    this.slider.disabled = frames.length < 2;
    this.readout.textContent = readout(this.state, frames[index]);
    mark(this.slider, "aria-valuetext", this.readout.textContent);
    this.gallery.draw(frames[index], digit);
  }

  #enter(scene) {
    this.scene = scene;
    this.gallery = new Gallery(scene, (digit) => this.set({ digit }));
    this.body.replaceChildren(this.gallery.root);
  }

  #end(results, scene) {
    this.shown = results;
    this.results.replaceChildren(...resultsOf(results, scene.image));
  }
}

// One view of a model: drawn anew at most once per frame, and nothing listens once it is closed.
import { element, keepKeys } from "./dom.js";

export class ModelView {
  constructor(model, el, names, { name, css = name }) {
    this.model = model;
    this.names = names;
    this.root = element("section", { class: `cnnlib ${css}`, "data-cnnlib": name, role: "group" });
    keepKeys(this.root);
    el.append(this.root);
    this.ask = () => (this.asked ||= requestAnimationFrame(() => ((this.asked = 0), this.paint())));
  }

  // When all its parts are built.
  begin() {
    for (const name of this.names) this.model.on(`change:${name}`, this.ask);
    this.paint();
  }

  destroy() {
    cancelAnimationFrame(this.asked);
    for (const name of this.names) this.model.off(`change:${name}`, this.ask);
    this.root.remove();
  }

  set(changes) {
    for (const [name, value] of Object.entries(changes)) this.model.set(name, value);
    this.model.save_changes();
    this.paint();
  }
}

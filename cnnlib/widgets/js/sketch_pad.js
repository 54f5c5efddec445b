// SketchPad: draw a digit, see how a network reads it and what would change its mind.
import "./sketch_pad.css";
import { SketchView } from "./sketch_view.js";

export default {
  render({ model, el }) {
    const view = new SketchView(model, el);
    return () => view.destroy();
  },
};

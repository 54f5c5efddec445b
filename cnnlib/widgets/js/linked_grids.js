// LinkedGrids: grids of numbers joined by taps. Python holds the state; this draws it.
import "./linked_grids.css";
import { grids } from "./kits.js";
import { View } from "./view.js";

export default {
  render({ model, el }) {
    const view = new View(model, el, grids);
    return () => view.destroy();
  },
};

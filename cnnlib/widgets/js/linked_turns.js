// LinkedGrids' bundle of lesson 05: the layer as a matrix, the kernel that turns.
import "./linked_turns.css";
import { turnings } from "./turn_kits.js";
import { View } from "./view.js";

export default {
  render({ model, el }) {
    const view = new View(model, el, turnings);
    return () => view.destroy();
  },
};

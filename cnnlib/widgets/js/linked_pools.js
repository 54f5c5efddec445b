// LinkedGrids' bundle of lesson 07: what a pool lets through, and where the gradient goes back.
import "./linked_pools.css";
import { pools } from "./pool_kits.js";
import { View } from "./view.js";

export default {
  render({ model, el }) {
    const view = new View(model, el, pools);
    return () => view.destroy();
  },
};

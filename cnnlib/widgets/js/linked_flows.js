// LinkedGrids' bundle of lesson 06: delta on its way back, and wrong formulas.
import "./linked_flows.css";
import { flows } from "./flow_kits.js";
import { View } from "./view.js";

export default {
  render({ model, el }) {
    const view = new View(model, el, flows);
    return () => view.destroy();
  },
};

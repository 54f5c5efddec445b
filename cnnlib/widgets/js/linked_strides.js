// LinkedGrids' bundle of lesson 08: stride, padding and dilation, forward and back.
import "./linked_strides.css";
import { strides } from "./stride_kits.js";
import { View } from "./view.js";

export default {
  render({ model, el }) {
    const view = new View(model, el, strides);
    return () => view.destroy();
  },
};

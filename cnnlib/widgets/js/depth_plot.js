// DepthPlot: how large delta still is, layer by layer, on its way back through a deep stack.
import "./depth_plot.css";
import { DepthView } from "./depth_view.js";

export default {
  render({ model, el }) {
    const view = new DepthView(model, el);
    return () => view.destroy();
  },
};

// NetworkTrace: one picture through a whole network, forward and back.
import "./network_trace.css";
import { TraceView } from "./network_trace_view.js";

export default {
  render({ model, el }) {
    const view = new TraceView(model, el);
    return () => view.destroy();
  },
};

// Levers: one error, and for each weight how fast the error changes with it.
import "./levers.css";
import { LeversView } from "./levers_view.js";

export default {
  render({ model, el }) {
    const view = new LeversView(model, el);
    return () => view.destroy();
  },
};

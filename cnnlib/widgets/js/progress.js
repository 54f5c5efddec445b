// Progress: which questions of which lesson have been answered in this browser.
import "./progress.css";
import { ProgressView } from "./progress_view.js";

export default {
  render({ model, el }) {
    const view = new ProgressView(model, el);
    return () => view.destroy();
  },
};

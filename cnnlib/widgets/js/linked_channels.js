// LinkedGrids' bundle of lesson 09: maps in, filters, maps out.
import "./linked_channels.css";
import { channels } from "./channel_kits.js";
import { View } from "./view.js";

export default {
  render({ model, el }) {
    const view = new View(model, el, channels);
    return () => view.destroy();
  },
};

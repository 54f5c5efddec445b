// LinkedGrids' other bundle: connections, two layers, a photograph. One file cannot hold them all.
import "./linked_maps.css";
import { maps } from "./map_kits.js";
import { View } from "./view.js";

export default {
  render({ model, el }) {
    const view = new View(model, el, maps);
    return () => view.destroy();
  },
};

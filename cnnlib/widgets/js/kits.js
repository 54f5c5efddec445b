// What a bundle draws: which scene and stage a state asks for, and controls of its own. Grids of
// numbers joined by taps here; connections, two layers and photographs are another bundle's.
import * as predict from "./predict.js";
import { GROUPINGS } from "./readings.js";
import { ReadingsStage } from "./readings_stage.js";
import { makeScene } from "./scene.js";
import { linearStage } from "./stages.js";
import { TotalPanel } from "./total_panel.js";

export const grids = {
  scene: makeScene,
  stage: ({ config }, scene) => (config === "readings" ? ReadingsStage : linearStage(scene)),
  stepped: ({ config, grouping }) => (config === "readings" ? GROUPINGS[grouping].own : undefined),
  controls: () => [],
  predict,
  total: () => new TotalPanel(),
};

// What a bundle draws: which scene and stage a state asks for, and controls of its own. Grids of
// numbers joined by taps here; connections, two layers and photographs are another bundle's.
import { predict } from "./hints.js";
import { GROUPINGS } from "./readings.js";
import { ReadingsStage } from "./readings_stage.js";
import { makeScene } from "./scene.js";
import { sizesScene } from "./sizes.js";
import { SizesStage } from "./sizes_stage.js";
import { linearStage } from "./stages.js";
import { TotalPanel } from "./total_panel.js";

const SIZES = "region-q-size";
const STAGES = { readings: ReadingsStage, [SIZES]: SizesStage };
const STEPPED = { readings: ({ grouping }) => GROUPINGS[grouping].own, [SIZES]: () => "input" };

export const grids = {
  scene: (state) => (state.config === SIZES ? sizesScene : makeScene)(state),
  stage: ({ config }, scene) => STAGES[config] ?? linearStage(scene),
  stepped: (state) => STEPPED[state.config]?.(state),
  controls: () => [],
  predict,
  total: () => new TotalPanel(),
};

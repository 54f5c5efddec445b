// The pictures of what is connected to what: sharing, two layers, a kernel over a photograph.
import { kernelControls } from "./kernel_controls.js";
import { RasterStage } from "./raster_stage.js";
import { makeScene } from "./scene.js";
import { sharingScene } from "./sharing.js";
import { SharingStage } from "./sharing_stage.js";
import { twoLayersScene } from "./two_layers.js";
import { TwoLayersStage } from "./two_layers_stage.js";

const SCENES = { sharing: sharingScene, "two-layers": twoLayersScene };
const STAGES = { sharing: SharingStage, "two-layers": TwoLayersStage };

export const maps = {
  scene: (state) => (SCENES[state.config] ?? makeScene)(state),
  stage: ({ config }) => STAGES[config] ?? RasterStage,
  controls: kernelControls,
};

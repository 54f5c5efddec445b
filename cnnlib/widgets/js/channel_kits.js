// The picture of a layer with channels, filters and a batch.
import { channelControls } from "./channel_controls.js";
import { sentence } from "./channel_sentences.js";
import { ChannelStage } from "./channel_stage.js";
import { channelSteps } from "./channel_steps.js";
import { channelScene, READINGS } from "./channels.js";
import { TotalPanel } from "./total_panel.js";

class FullTotal extends TotalPanel {
  // The picture shows three grids; T needs the others too.
  update(scene) {
    super.update({ ...scene, arrays: scene.full });
  }
}

export const channels = {
  scene: channelScene,
  stage: () => ChannelStage,
  stepped: (state) => READINGS[state.delta ? state.reading : "forward"].result,
  steps: channelSteps,
  controls: channelControls,
  sentence,
  total: () => new FullTotal(),
};

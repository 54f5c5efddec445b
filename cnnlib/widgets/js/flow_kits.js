// The pictures of delta's way back: scatter and gather, and what wrong formulas make of it.
import { ComparePanel } from "./compare_panel.js";
import { flowControls } from "./flow_controls.js";
import { sentence } from "./flow_sentences.js";
import { FlowStage } from "./flow_stage.js";
import { followScene, wrongScene } from "./flows.js";
import { WrongStage } from "./wrong_stage.js";

const SCENES = { "follow-delta": followScene, "wrong-formula": wrongScene };
const STAGES = { "follow-delta": FlowStage, "wrong-formula": WrongStage };
const follows = ({ reading }) => (reading === "scatter" ? "delta" : "input-gradient");

export const flows = {
  scene: (state) => SCENES[state.config](state),
  stage: ({ config }) => STAGES[config],
  stepped: (state) => (state.config === "follow-delta" ? follows(state) : undefined),
  controls: flowControls,
  sentence,
  total: ({ config }) => (config === "wrong-formula" ? new ComparePanel() : null),
};

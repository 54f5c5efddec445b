// TrainingBoard: curves, kernels, gradients and feature maps of a network while it learns.
import "./training_board.css";
import { BoardView } from "./board_view.js";

export default {
  render({ model, el }) {
    const view = new BoardView(model, el);
    return () => view.destroy();
  },
};

// Quiz: questions with an explanation for every answer. Python holds the questions; this asks them.
import "./quiz.css";
import { QuizView } from "./quiz_view.js";

export default {
  render({ model, el }) {
    const view = new QuizView(model, el);
    return () => view.destroy();
  },
};

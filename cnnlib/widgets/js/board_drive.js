// Start, pause, stop, and how far it has come. Only these need a kernel.
import { button, toggle } from "./controls.js";
import { element, mark } from "./dom.js";
import { progressLine } from "./board_sums.js";

const QUIET = 3000; // milliseconds without news before a reader is told
const MAIN = {
  ready: ["Start", "start"], running: ["Pause", "pause"], paused: ["Go on", "resume"],
  stopped: ["Start again", "start"], finished: ["Start again", "start"], failed: ["Start again", "start"],
};
const NEWS = {
  ended: "The kernel has been restarted and knows nothing of this board. Run the cells from the top again.",
  gone: "No answer yet: the kernel is busy with another cell, or it has ended. If it has, run this cell again.",
  busy: "Waiting: another cell keeps the kernel busy, or the kernel has ended.",
  saved: "Saved while it was training.",
};

export class Drive {
  // send: to the kernel, false where it has gone; on a saved page there is none, and no button
  // that could ask for one.
  constructor(send, set) {
    this.send = send;
    this.main = button("Start", () => this.#ask(MAIN[this.state][1]));
    this.main.classList.add("main");
    this.stop = button("Stop", () => this.#ask("stop"));
    this.fast = toggle("full speed", (on) => set({ full_speed: on }));
    this.bar = element("progress", { "aria-label": "progress", max: 1, value: 0 });
    this.line = element("span", { class: "come", "data-part": "progress" });
    this.said = element("p", { class: "said", role: "status", "data-part": "message" });
    const buttons = send ? [this.main, this.stop, this.fast.root] : [];
    this.root = element("div", { class: "drive" }, ...buttons, element("div", { class: "how-far" }, this.bar, this.line), this.said);
  }

  update({ state, message, progress, full_speed: fast }) {
    this.state = state;
    this.message = message;
    this.news = "";
    this.main.textContent = MAIN[state]?.[0] ?? "Start";
    this.stop.disabled = !["running", "paused"].includes(state);
    this.fast.update(fast);
    mark(this.bar, "max", Math.max(1, progress.steps));
    mark(this.bar, "value", progress.step);
    this.line.textContent = progressLine(state, progress);
    clearTimeout(this.timer);
    if (state === "running") this.#listen("busy");
    if (state === "running" && !this.send) this.news = NEWS.saved;
    this.#say();
  }

  destroy() {
    clearTimeout(this.timer);
  }

  #ask(act) {
    if (this.send({ act })) return this.#listen("gone");
    clearTimeout(this.timer);
    this.news = NEWS.ended;
    this.#say();
  }

  // Every update ends the waiting.
  #listen(news) {
    clearTimeout(this.timer);
    if (!this.send) return;
    this.timer = setTimeout(() => {
      this.news = NEWS[news];
      this.#say();
    }, QUIET);
  }

  #say() {
    const text = [this.message, this.news].filter(Boolean).join(" ");
    if (this.said.textContent !== text) this.said.textContent = text;
  }
}

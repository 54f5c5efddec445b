// Play, pause, step.

const BEAT = 750;
const SWEEP_BEAT = 50;
const SWEEP_STEPS = 120;
const MANY = 60;

export class Player {
  // count: how many steps there are; goto: show one of them.
  constructor({ count, position, goto, stopped }) {
    Object.assign(this, { count, position, goto, stopped });
  }

  get playing() {
    return Boolean(this.timer);
  }

  act(act, value) {
    if (act === "play") return this.playing ? this.pause() : this.play();
    const [last, here] = [this.count() - 1, this.position()];
    const to = { first: 0, last, back: Math.max(0, here - 1), next: here === last ? 0 : here + 1, goto: value };
    this.pause();
    this.goto(to[act]);
  }

  play() {
    const many = this.count() > MANY;
    this.stride = many ? Math.ceil(this.count() / SWEEP_STEPS) : 1;
    this.timer = setInterval(() => this.#beat(), many ? SWEEP_BEAT : BEAT);
    this.goto(this.position() === this.count() - 1 ? 0 : this.position());
  }

  #beat() {
    const last = this.count() - 1;
    if (this.position() >= last) return this.pause();
    this.goto(Math.min(last, this.position() + this.stride));
  }

  pause() {
    if (!this.playing) return;
    clearInterval(this.timer);
    this.timer = null;
    this.stopped();
  }
}

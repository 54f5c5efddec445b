// The widget's state, read and written through the model; one write is one change for Python.

const NAMES = [
  "config", "title", "input", "kernel", "delta", "bias", "stride", "padding", "dilation",
  "grids", "position", "selected", "masked", "revealed", "guesses", "lecture", "notation",
  "controls", "editable", "seed", "by", "grouping", "leave_out", "connections",
  "reading", "activation", "below", "formula", "direction", "turn", "image", "kind", "size",
];

export const read = (model) => Object.fromEntries(NAMES.map((name) => [name, model.get(name)]));

export function write(model, changes) {
  for (const [name, value] of Object.entries(changes)) model.set(name, value);
  model.save_changes();
}

// Calls back once per frame at most, however many traits change together.
export function observe(model, changed) {
  let asked = 0;
  const ask = () => {
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      changed();
    });
  };
  for (const name of NAMES) model.on(`change:${name}`, ask);
  return () => {
    cancelAnimationFrame(asked);
    for (const name of NAMES) model.off(`change:${name}`, ask);
  };
}

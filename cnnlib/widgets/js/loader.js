// Brings saved widgets to life on a page that has no notebook: the model they talk to, and where
// they stand. No kernel, no network, no widget manager.

export class SavedModel {
  #state;
  #listeners = new Map();
  #changed = new Set();

  constructor(state) {
    this.#state = { ...state };
  }

  get = (name) => this.#state[name];

  set = (name, value) => {
    if (JSON.stringify(this.#state[name]) === JSON.stringify(value)) return;
    this.#state[name] = value;
    this.#changed.add(name);
    this.#tell(`change:${name}`);
  };

  save_changes = () => {
    if (this.#changed.size) this.#tell("change");
    this.#changed.clear();
  };

  on = (event, listener) => {
    if (!this.#listeners.has(event)) this.#listeners.set(event, new Set());
    this.#listeners.get(event).add(listener);
  };

  off = (event, listener) => {
    if (listener) this.#listeners.get(event)?.delete(listener);
    else this.#listeners.delete(event);
  };

  // How many are listening: nobody, once every view is closed.
  get audience() {
    return [...this.#listeners.values()].reduce((sum, listeners) => sum + listeners.size, 0);
  }

  #tell(event) {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) listener();
  }
}

// saved: { models: { id: { module, state } } }; every [data-model] on the page shows one of them,
// and two of them may show the same. load: how a module is had by its name, once for the page.
// models: those that are awake already, where a page wakes its places one after the other.
// Returns the models by id, and what closes every view again.
export async function wake(saved, load, root = document, models = new Map()) {
  const views = [];
  const places = root.matches?.("[data-model]") ? [root] : root.querySelectorAll("[data-model]");
  for (const place of places) {
    const id = place.dataset.model;
    const { module, state } = saved.models[id];
    if (!models.has(id)) models.set(id, new SavedModel(state));
    const { default: widget } = await load(module);
    views.push(await widget.render({ model: models.get(id), el: place }));
  }
  root.documentElement?.setAttribute("data-widgets", "awake");
  return { models, close: () => views.forEach((close) => close?.()) };
}

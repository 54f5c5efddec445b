// Buttons, slider and selects under the picture.
import { element, mark, svg } from "./dom.js";
import { outputShape } from "./taps.js";

const ICONS = {
  first: "M3 3h2v10H3zM13 3v10L6 8z",
  back: "M11 3v10L4 8z",
  play: "M4 2.5v11L13.5 8z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  next: "M5 3v10l7-5z",
  last: "M11 3h2v10h-2zM3 3v10l7-5z",
};

const icon = (name) =>
  svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: ICONS[name] }));

function iconButton(name, label, act) {
  return element("button", { type: "button", class: "icon", "aria-label": label, title: label, onclick: act }, icon(name));
}

export function stepControls(act) {
  const play = iconButton("play", "Play", () => act("play"));
  const slider = element("input", {
    type: "range", min: 0, step: 1, "aria-label": "position", oninput: () => act("goto", Number(slider.value)),
  });
  const where = element("span", { class: "where" });
  const root = element(
    "div",
    { class: "steps", role: "group", "aria-label": "step through" },
    iconButton("first", "To the first", () => act("first")),
    iconButton("back", "Back one step", () => act("back")),
    play,
    iconButton("next", "Next step", () => act("next")),
    iconButton("last", "To the last", () => act("last")),
    slider,
    where,
  );
  const update = ({ position, count, playing, title }) => {
    mark(slider, "max", count - 1);
    slider.value = position;
    where.textContent = `${title} ${position + 1} of ${count}`;
    mark(slider, "aria-valuetext", where.textContent);
    const wanted = playing ? "pause" : "play";
    if (play.dataset.shows === wanted) return;
    play.dataset.shows = wanted;
    play.replaceChildren(icon(wanted));
    mark(play, "aria-label", playing ? "Pause" : "Play");
    mark(play, "title", playing ? "Pause" : "Play");
  };
  return { root, update };
}

const MOST = { stride: 4, padding: 3, dilation: 3 };
const LEAST = { stride: 1, padding: 0, dilation: 1 };

// Only the values for which the kernel still fits are offered.
export function moveSelect(name, change) {
  const select = element("select", { onchange: () => change(Number(select.value)) });
  const root = element("label", { class: "setting" }, name, select);
  const update = (state, inputShape, kernelShape) => {
    const fits = (value) => outputShape(inputShape, kernelShape, { ...state, [name]: value });
    const values = [];
    for (let value = LEAST[name]; value <= Math.max(MOST[name], state[name]); value++) {
      if (value === state[name] || fits(value)) values.push(value);
    }
    setOptions(select, values.map((v) => [v, v]), state[name]);
  };
  return { root, update };
}

export function choice(label, options, change) {
  const select = element("select", { onchange: () => change(select.value) });
  setOptions(select, options, options[0][0]);
  const root = element("label", { class: "setting" }, label, select);
  return { root, update: (value) => (select.value = value) };
}

function setOptions(select, options, value) {
  const key = JSON.stringify(options);
  if (select.dataset.options !== key) {
    select.dataset.options = key;
    select.replaceChildren(...options.map(([v, text]) => element("option", { value: v }, String(text))));
  }
  select.value = value;
}

export function button(text, act, { label = text, pressed } = {}) {
  return element(
    "button",
    { type: "button", class: "plain", "aria-label": label === text ? null : label, title: label === text ? null : label, "aria-pressed": pressed, onclick: act },
    text,
  );
}

export function toggle(label, change) {
  const box = element("input", { type: "checkbox", onchange: () => change(box.checked) });
  const root = element("label", { class: "setting" }, box, label);
  return { root, update: (value) => (box.checked = value) };
}

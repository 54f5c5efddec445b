// Wakes the pictures of a page as they come near, opens the search, switches light and dark.
import { wake } from "../../../cnnlib/widgets/js/loader.js";

const root = document.documentElement;
const memory = document.getElementById("saved");
const saved = JSON.parse(memory.textContent);
const models = new Map();
const scripts = new Map();

function script(address) {
  if (!scripts.has(address)) {
    scripts.set(address, new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = address;
      element.onload = resolve;
      element.onerror = () => reject(new Error(`${address} did not load`));
      document.head.append(element);
    }));
  }
  return scripts.get(address);
}

async function load(name) {
  await script(memory.dataset.root + saved.modules[name]);
  return window.cnnlibModules[`m${name}`];
}

// Each place once, one after the other: a page stays quick to the touch while it wakes.
const waiting = new Set(document.querySelectorAll("[data-model]"));
let waking = Promise.resolve();
function rouse(place) {
  if (!waiting.delete(place)) return;
  near.unobserve(place);
  waking = waking
    .then(() => wake(saved, load, place, models))
    .then(() => place.toggleAttribute("data-awake", true));
}

const near = new IntersectionObserver(
  (entries) => entries.filter((entry) => entry.isIntersecting).forEach(({ target }) => rouse(target)),
  { rootMargin: "50% 0%" },
);
const whenIdle = window.requestIdleCallback ?? ((call) => setTimeout(call, 50));

// What is far away wakes when nothing else is to be done, so that print and search in page find it.
async function wakeTheRest() {
  for (const place of [...waiting]) {
    await waking;
    await new Promise((resolve) => whenIdle(resolve));
    rouse(place);
  }
  await waking;
  root.dataset.site = "awake";
}

function setTheme(button) {
  const dark = getComputedStyle(root).colorScheme === "dark" ||
    (!root.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
  button.textContent = dark ? "Light" : "Dark";
  return dark;
}

function switchTheme(button) {
  root.dataset.theme = setTheme(button) ? "light" : "dark";
  try {
    localStorage.setItem("cnnlib:theme", root.dataset.theme);
  } catch {
    // It holds for this page then.
  }
  setTheme(button);
}

const dialog = document.querySelector("dialog.s-search");
async function openSearch() {
  dialog.showModal();
  await Promise.all([script(dialog.dataset.index), script(dialog.dataset.script)]);
  window.cnnlibSearch(dialog, window.cnnlibIndex);
}

function keys(event) {
  const typing = event.target.closest?.("input, textarea, select, [data-cnnlib], dialog");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  openSearch();
}

// What is wider than its place and scrolls has to be within reach of the keyboard.
function reach() {
  for (const part of document.querySelectorAll("pre, .math.block, .s-table, .page-output, .cnn-math, article > :is(p, ul, ol)")) {
    if (part.scrollWidth > part.clientWidth) part.tabIndex = 0;
    else part.removeAttribute("tabindex");
  }
}

// Print shows what is folded, and folds it again.
let unfolded = [];
const print = {
  beforeprint: () => {
    unfolded = [...document.querySelectorAll("article details:not([open])")];
    for (const fold of unfolded) fold.open = true;
  },
  afterprint: () => {
    for (const fold of unfolded) fold.open = false;
  },
};

for (const [event, action] of Object.entries(print)) window.addEventListener(event, action);
const search = document.querySelector("[data-search]");
const theme = document.querySelector("[data-theme-switch]");
for (const button of [search, theme]) button.hidden = false;
setTheme(theme);
theme.addEventListener("click", () => switchTheme(theme));
search.addEventListener("click", openSearch);
document.addEventListener("keydown", keys);
document.addEventListener("toggle", reach, true);
window.addEventListener("resize", reach);
reach();
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
if (matchMedia("(max-width: 1179px)").matches) document.querySelector(".s-contents details")?.removeAttribute("open");
for (const place of waiting) near.observe(place);
whenIdle(wakeTheRest);

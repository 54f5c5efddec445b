// Wakes the widgets, parts the slides, starts reveal.js. No network, no kernel.
import Reveal from "reveal.js";
import Notes from "reveal.js/plugin/notes";
import { wake } from "../../../cnnlib/widgets/js/loader.js";
import { fit, frames, number, partSection } from "./layout.js";

const WIDTH = 1280;
const HEIGHT = 720;
const root = document.documentElement;

// A slide is as high as it is, whatever the window: widgets that ask for the screen get the slide.
Object.defineProperty(window, "innerHeight", { get: () => HEIGHT, configurable: true });

// reveal.js takes every section for a slide: a widget's own one becomes a div.
const make = document.createElement.bind(document);
document.createElement = (tag, ...rest) => make(tag === "section" ? "div" : tag, ...rest);

const text = (code) => URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
const saved = JSON.parse(document.getElementById("saved").textContent);
const modules = new Map();
const load = (name) => {
  if (!modules.has(name)) modules.set(name, import(text(saved.modules[name])));
  return modules.get(name);
};

const current = () => Reveal.getCurrentSlide();
const widgetAt = (event) => event.target?.closest?.("[data-model]");

function toggleCode() {
  const corner = [...current().querySelectorAll("header details")].filter((fold) => fold.querySelector(".block.code"));
  const folds = [...current().querySelectorAll(".code > details"), ...corner];
  const open = !folds.some((fold) => fold.open);
  for (const fold of folds) fold.open = open;
}

function toggleTheme() {
  root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
}

// In a widget all keys are its own, but a clicker's (page up, page down) still turn the slide and
// Escape gives the keys back.
function keysOfWidgets(event) {
  if (!widgetAt(event)) return;
  if (event.key === "PageDown" || event.key === "PageUp") {
    event.preventDefault();
    event.stopPropagation();
    document.activeElement?.blur();
    if (event.key === "PageDown") Reveal.next();
    else Reveal.prev();
  } else if (event.key === "Escape" && !event.target.matches("input:not([type=range], [type=radio])")) {
    setTimeout(() => document.activeElement?.blur());
  }
}

// What a button or a fold does with the key that presses it, the deck must not do as well.
function isForTheDeck(event) {
  if (widgetAt(event)) return false;
  return !((event.key === "Enter" || event.key === " ") && event.target?.closest?.("summary, button, a"));
}

function showOpened(event) {
  if (event.target.open && event.target.closest(".content")) event.target.scrollIntoView({ block: "nearest" });
}

function start() {
  return Reveal.initialize({
    width: WIDTH,
    height: HEIGHT,
    margin: 0,
    minScale: 0.1,
    maxScale: 4,
    center: false,
    hash: true,
    history: false,
    controls: false,
    progress: true,
    slideNumber: "c/t",
    navigationMode: "linear",
    transition: "none",
    backgroundTransition: "none",
    scrollActivationWidth: 0,
    touch: false,
    keyboardCondition: isForTheDeck,
    plugins: [Notes],
  });
}

async function open() {
  window.cnnlib = await wake(saved, load);
  await document.fonts.ready;
  await frames(3);
  const pages = [...document.querySelectorAll(".slides > section > section")].flatMap(partSection);
  await Promise.all(pages.map(fit));
  number(pages, saved.title);
  root.classList.remove("measuring");
  await start();
  Reveal.addKeyBinding({ keyCode: 67, key: "C", description: "Show or hide the code" }, toggleCode);
  Reveal.addKeyBinding({ keyCode: 68, key: "D", description: "Dark or light" }, toggleTheme);
  document.addEventListener("keydown", keysOfWidgets, true);
  document.addEventListener("toggle", showOpened, true);
  window.deck = Reveal;
  root.dataset.deck = "ready";
}

open();

// Searches the sections of the lessons and the names of the API, in the page itself.
import MiniSearch from "minisearch";

const MOST = 12;
let engine = null;

function indexed(entries) {
  const made = new MiniSearch({
    idField: "at",
    fields: ["title", "where", "text"],
    storeFields: ["title", "where", "at"],
    searchOptions: { boost: { title: 4, where: 2 }, prefix: true, fuzzy: 0.2, combineWith: "AND" },
  });
  made.addAll(entries);
  return made;
}

function row({ title, where, at }, root) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = root + at;
  const small = document.createElement("small");
  small.textContent = where;
  link.append(title, small);
  item.append(link);
  return item;
}

function show(dialog, words) {
  const found = engine.search(words).slice(0, MOST);
  dialog.querySelector(".s-results").replaceChildren(...found.map((entry) => row(entry, dialog.dataset.root)));
  const said = found.length ? `${found.length} found` : "Nothing found. Try fewer words.";
  dialog.querySelector(".s-state").textContent = words.trim() ? said : "";
}

function step(dialog, event) {
  const links = [...dialog.querySelectorAll("input, .s-results a")];
  const at = links.indexOf(document.activeElement);
  const next = links[at + ({ ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0)];
  if (!next || next === links[at]) return;
  event.preventDefault();
  next.focus();
}

window.cnnlibSearch = (dialog, entries) => {
  const input = dialog.querySelector("input");
  if (!engine) {
    engine = indexed(entries);
    input.addEventListener("input", () => show(dialog, input.value));
    input.addEventListener("keydown", (event) => event.key === "Enter" && dialog.querySelector(".s-results a")?.click());
    dialog.addEventListener("keydown", (event) => step(dialog, event));
    dialog.querySelector(".s-results").addEventListener("click", () => dialog.close());
  }
  show(dialog, input.value);
};

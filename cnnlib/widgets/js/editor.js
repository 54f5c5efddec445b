// A number typed into a cell, in place: Enter keeps it, Escape leaves everything as it was.
import { element } from "./dom.js";
import { parse } from "./numbers.js";

export function openEditor(cell, { text, select, label, keep, done }) {
  const field = element("input", {
    class: "editor",
    type: "text",
    inputmode: "text",
    "aria-label": label,
    autocomplete: "off",
    spellcheck: "false",
  });
  field.value = text;
  let open = true;
  const close = (commit) => {
    if (!open) return true;
    const value = parse(field.value);
    const wanted = commit && field.value.trim() !== "";
    if (wanted && !Number.isFinite(value)) return refuse(field);
    open = false;
    field.remove();
    if (wanted) keep(value);
    done();
    return true;
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter" && close(true)) cell.focus();
    if (event.key === "Escape" && close(false)) cell.focus();
  });
  field.addEventListener("blur", () => close(true) || close(false));
  cell.append(field);
  field.focus();
  if (select) field.select();
  return () => close(false);
}

function refuse(field) {
  field.setAttribute("aria-invalid", "true");
  field.title = "A number is expected, like 2, −1 or 0.5";
  return false;
}

// Inline markup of the questions: *x* is a letter, `code` is code, the rest is text. Pure but for
// `nodes`, which builds elements and never parses HTML.
import { element } from "./dom.js";

const MARKUP = /\*([^*\s](?:[^*]*[^*\s])?)\*|`([^`]+)`/g;

export function pieces(text) {
  const found = [];
  let from = 0;
  for (const match of text.matchAll(MARKUP)) {
    if (match.index > from) found.push({ kind: "text", text: text.slice(from, match.index) });
    found.push(match[1] ? { kind: "letter", text: match[1] } : { kind: "code", text: match[2] });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ kind: "text", text: text.slice(from) });
  return found;
}

// A grid of numbers is one thing: no line ends inside it.
const unbroken = (words) => words.replace(/\[[^\]]*\]/g, (grid) => grid.replaceAll(" ", "\u00a0"));

export const plain = (text) => pieces(text).map((piece) => piece.text).join("");

// A bare * or _ would be taken for a letter by no reader: what is no markup stays as it is.
const TAGS = { letter: ["i", { class: "symbol" }], code: ["code", {}] };

export function nodes(text) {
  return pieces(text).map(({ kind, text: words }) => {
    if (kind === "text") return unbroken(words);
    const [tag, attributes] = TAGS[kind];
    return element(tag, attributes, words);
  });
}

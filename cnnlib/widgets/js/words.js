// What a picture of connections says in words: where other pictures write a sum.
import { element } from "./dom.js";

export const wordNodes = ({ chip, role, head, rest }) => [
  element("span", { class: "reading" }, chip),
  element("span", { class: `head role-${role}` }, head),
  element("span", { class: "words" }, `${rest}.`),
];

export const wordText = ({ head, rest }) => `${head} ${rest}.`;

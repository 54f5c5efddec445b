// The formula line: which reading it is, the products with their numbers, the sum.
import { element } from "./dom.js";
import { shortResult, shownTerms, soFar } from "./formula.js";
import { factor, full } from "./numbers.js";

const colored = (role, text, extra = "") =>
  element("span", { class: `${extra} role-${role}` }, text);

function termNode(factors, target, masked, into = "in") {
  const parts = factors.flatMap((f, n) => {
    const node = masked
      ? colored(f.role, f.symbol, "factor letters")
      : colored(f.role, factor(f.value), "factor");
    node.title = masked ? f.symbol : `${f.symbol} = ${full(f.value)}`;
    return n ? ["·", node] : [node];
  });
  if (target) parts.push(element("span", { class: "into" }, ` ${into} ${target}`));
  return element("span", { class: factors.muted ? "term muted" : "term" }, ...parts);
}

function joined(nodes, by) {
  return nodes.flatMap((node, n) => (n ? [by, node] : [node]));
}

// A list of uses: the comma stays with the word before it.
function listed(nodes) {
  nodes.slice(0, -1).forEach((node) => node.append?.(","));
  return nodes;
}

export function formulaNodes(formula, masked) {
  const left = shownTerms(formula.terms.length).map((n) =>
    n === null ? "…" : termNode(formula.terms[n], formula.targets?.[n], masked, formula.into),
  );
  if (formula.bias !== null) left.push(element("span", { class: "term" }, masked ? "b" : factor(formula.bias)));
  const nothing = element("span", { class: "into" }, "no product: 0");
  const head = [
    element("span", { class: "reading" }, formula.reading),
    colored(formula.head.role, formula.head.symbol, "head"),
  ];
  const terms = left.length ? (formula.targets ? listed(left) : joined(left, "+")) : [nothing];
  if (formula.targets) return [...head, ":", ...terms];
  const result = colored(formula.result.role, masked ? "?" : shortResult(formula), "result");
  result.title = masked ? "" : full(formula.result.value);
  const after = soFar(formula) + (formula.note ?? "");
  const rest = after ? element("span", { class: "into" }, after) : "";
  const letters = formula.letters && !masked ? [...joined(formula.terms.map((term) => termNode(term, null, true)), "+"), "="] : [];
  return [...head, "=", ...letters, ...terms, "=", result, rest];
}

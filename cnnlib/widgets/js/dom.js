// The few lines of DOM building the views share.

const SVG = "http://www.w3.org/2000/svg";

export function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) {
      // As a property: pages with a strict policy refuse the attribute.
      if (name === "style") node.style.cssText = value;
      else node.setAttribute(name, value === true ? "" : value);
    }
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// Write an attribute only where it changes: painting stays within a frame on large grids.
export function mark(node, name, value) {
  if (value === null || value === undefined || value === false) {
    if (node.hasAttribute(name)) node.removeAttribute(name);
  } else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

// JupyterLab gives a key to its own shortcuts unless the focused element itself says no.
export function keepKeys(root) {
  root.addEventListener("focusin", (event) => mark(event.target, "data-lm-suppress-shortcuts", "true"));
}

// Where in a node's own pixels the pointer is, however large the node is shown: a slide is scaled.
export function pointIn(node, { clientX, clientY }) {
  const { left, top, width } = node.getBoundingClientRect();
  const scale = width / node.offsetWidth || 1;
  return { x: (clientX - left) / scale, y: (clientY - top) / scale };
}

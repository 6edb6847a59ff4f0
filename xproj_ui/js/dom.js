// @ts-check
// Small helpers. Data reaches the page through textContent and attributes only.

const SVG = "http://www.w3.org/2000/svg";

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [className]
 * @param {string} [text]
 */
export function el(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number>} attributes
 */
export function svg(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  return node;
}

/**
 * @param {string} className
 * @param {string} [text]
 * @param {string} [label]
 */
export function button(className, text, label) {
  const node = el("button", className, text);
  node.type = "button";
  if (label) {
    node.title = label;
    node.setAttribute("aria-label", label);
  }
  return node;
}

/**
 * What an element stands for, for hovering, clicking and the keyboard.
 * @template {HTMLElement | SVGElement} Node
 * @template Ref
 * @param {Node} node
 * @param {Ref} ref
 * @returns {Node & { xp: Ref }}
 */
export function mark(node, ref) {
  node.dataset.ref = "";
  return Object.assign(node, { xp: ref });
}

/**
 * The element around the one that an event came to.
 * @param {Event} event
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
export function closest(event, selector) {
  return event.target instanceof Element ? event.target.closest(selector) : null;
}

/**
 * The elements below a node that a selector means.
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export const all = (root, selector) => Array.from(root.querySelectorAll(selector));

/**
 * The first element below a node that a selector means.
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
export const first = (root, selector) => root.querySelector(selector);

/**
 * The element that the server's markup has for a component to draw in.
 * @param {ParentNode} root
 * @param {string} selector
 */
export function place(root, selector) {
  const node = first(root, selector);
  if (!node) throw new Error(`There is no ${selector} to draw in.`);
  return node;
}

/**
 * What the element under an event stands for; null where it stands for nothing.
 * @param {Event} event
 * @returns {unknown}
 */
export function refOf(event) {
  const node = /** @type {(HTMLElement & { xp?: unknown }) | null} */ (
    closest(event, "[data-ref]")
  );
  return node?.xp ?? null;
}

/**
 * The element that has the focus, inside the component.
 * @param {HTMLElement} root
 * @returns {HTMLElement | null}
 */
export function focused(root) {
  const tree = root.getRootNode();
  const node = tree instanceof ShadowRoot || tree instanceof Document ? tree.activeElement : null;
  return /** @type {HTMLElement | null} */ (node);
}

/**
 * @param {{ data: { colours: Record<string, [string, string]> } }} app
 * @param {HTMLElement | SVGElement} node
 * @param {string} label
 */
export function colour(app, node, label) {
  const shades = app.data.colours[label];
  // a label that somebody has just thought of has no colour yet
  if (shades) shaded(node, shades);
  else node.style.setProperty("--c", "var(--new-label)");
}

/**
 * @param {HTMLElement | SVGElement} node
 * @param {[string, string]} shades of one colour, on light and on dark
 */
export function shaded(node, shades) {
  node.style.setProperty("--c", `light-dark(${shades[0]}, ${shades[1]})`);
}

/**
 * A sentence of ours as nodes: what it quotes runs in its own direction, the rest in ours.
 * @param {string} text
 * @returns {(string | HTMLElement)[]}
 */
export function quoting(text) {
  return text.split(/(?<=“)([^”]+)(?=”)/).map((part, k) => (k % 2 ? el("bdi", "", part) : part));
}

/** @param {number} value */
export function decimal(value) {
  return value.toFixed(2).replace(/\.00$/, "").replace(/^0\./, ".");
}

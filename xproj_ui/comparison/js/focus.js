// @ts-check
// One tab stop for the tracks and one a column.

import { marked } from "./refs.js";

/** @import { App, Marked } from "./types" */

const ACROSS = /** @type {const} */ (["left", "right"]);
const DOWN = /** @type {const} */ (["top", "bottom"]);

/**
 * @param {App} app
 * @param {string | undefined} name
 * @returns {Marked[]}
 */
function groupOf(app, name) {
  return marked(app.root, `[data-group="${name}"]`);
}

/** @param {App} app */
export function openTabStops(app) {
  const names = new Set(marked(app.root, "[data-group]").map((n) => n.dataset.group));
  for (const name of names) {
    const group = groupOf(app, name);
    if (!group.some((node) => node.tabIndex === 0)) group[0].tabIndex = 0;
  }
}

/**
 * @param {App} app
 * @param {HTMLElement | null | undefined} node
 */
export function focusOn(app, node) {
  if (!node) return;
  for (const other of groupOf(app, node.dataset.group)) other.tabIndex = -1;
  node.tabIndex = 0;
  node.focus();
}

/**
 * The nearest element of the group in the arrow's direction, by what is on the screen; one that
 * lies straight ahead comes before one to the side.
 * @param {App} app
 * @param {Marked} node
 * @param {string} key
 */
export function neighbour(app, node, key) {
  const here = node.getBoundingClientRect();
  const across = key === "ArrowLeft" || key === "ArrowRight";
  const sign = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1;
  const [low, high] = across ? ACROSS : DOWN;
  const [sideLow, sideHigh] = across ? DOWN : ACROSS;
  let best = null;
  for (const other of groupOf(app, node.dataset.group)) {
    const there = other.getBoundingClientRect();
    const along = (sign * (there[low] + there[high] - here[low] - here[high])) / 2;
    if (other === node || along < 4) continue;
    const aside = Math.max(
      0,
      there[sideLow] - here[sideHigh] + 1,
      here[sideLow] - there[sideHigh] + 1,
    );
    const slant = Math.abs(there[sideLow] - here[sideLow]);
    const far = along + 3 * aside + slant / 100;
    if (!best || far < best.far) best = { far, other };
  }
  return best?.other;
}

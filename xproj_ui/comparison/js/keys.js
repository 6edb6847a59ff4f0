// @ts-check
// Arrows move, Enter explains, Escape closes.

import { focusOn, neighbour } from "./focus.js";
import { stopAt } from "./refs.js";
import { select } from "./why.js";

/** @import { App } from "./types" */

/**
 * @param {App} app
 * @param {KeyboardEvent} event
 */
export function onKey(app, event) {
  const node = stopAt(event);
  if (event.key === "Escape" && app.selected !== null) {
    select(app, null);
    event.preventDefault();
    return;
  }
  if (!node) return;
  if (event.key === "Enter" || event.key === " ") {
    if (node.xp.entity) select(app, node.xp.entity, true);
    event.preventDefault();
    return;
  }
  const next = event.key.startsWith("Arrow") ? neighbour(app, node, event.key) : null;
  if (!next) return;
  event.preventDefault();
  focusOn(app, next);
}

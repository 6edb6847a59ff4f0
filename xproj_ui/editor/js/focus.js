// @ts-check
// The element that stands for what is chosen has the focus.

import { all, focused } from "../../js/dom.js";
import { chosenSpan } from "./selection.js";

/** @import { App, Marked } from "./types" */

/**
 * The element that stands for what is chosen.
 * @param {App} app
 * @returns {HTMLElement | undefined}
 */
export function focusNode(app) {
  const active = /** @type {Marked | null} */ (focused(app.root));
  const { sel } = app;
  if (active?.xp?.track && active.isConnected) return active;
  const span = chosenSpan(app);
  if (span) return app.bars.find((b) => b.span === span)?.node;
  if (sel?.kind === "link") return app.tok.source[sel.source];
  if (sel?.kind === "tokens") return app.tok[sel.side][sel.head];
  return app.tok.target[0] ?? app.tok.source[0];
}

/** @param {App} app */
export function refocus(app) {
  const node = focusNode(app);
  if (node) focusOnly(app, node);
}

/**
 * @param {App} app
 * @param {HTMLElement} node
 */
export function focusOnly(app, node) {
  for (const other of all(app.parts.score, '[data-go][tabindex="0"]')) other.tabIndex = -1;
  node.tabIndex = 0;
  node.focus({ preventScroll: true });
  node.scrollIntoView({ block: "nearest", inline: "nearest" });
}

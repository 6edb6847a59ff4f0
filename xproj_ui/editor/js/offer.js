// @ts-check
// A re-projection on offer after a link has changed: a ghost to take or to leave.

import { colour, el } from "../../js/dom.js";
import { columnsOf } from "./grid.js";
import { words } from "./wording.js";

/** @import { OfferedSpan } from "../../js/payload" */
/** @import { App, Side } from "./types" */

/**
 * The offer stays in sight while the server looks whether it still holds.
 * @param {App} app
 */
export const shownOffer = (app) => (app.view.renewing ? app.data.offer : app.view.offer);

/**
 * @param {App} app
 * @param {Side} side
 * @param {number} from
 * @param {number} to
 * @returns {OfferedSpan[]}
 */
export function offered(app, side, from, to) {
  return (shownOffer(app)?.spans ?? []).filter(
    (s) => s.side === side && s.start < to && s.end > from,
  );
}

/**
 * @param {App} app
 * @param {OfferedSpan} span
 * @param {number} from
 * @param {number} to
 * @param {number} row
 */
export function ghostNode(app, span, from, to, row) {
  const [start, end] = [Math.max(span.start, from), Math.min(span.end, to)];
  const node = el("span", "eghost");
  Object.assign(node.style, {
    gridColumn: columnsOf(app, span.side, start, end, from),
    gridRow: row,
  });
  node.title = `On offer: ${span.label} over ${words(app, span.side, span.start, span.end)}`;
  colour(app, node, span.label);
  node.append(el("span", "elabel", `${span.label}?`));
  return node;
}

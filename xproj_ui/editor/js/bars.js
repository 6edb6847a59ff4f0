// @ts-check
// A label over or under its words.

import { button, colour, el, mark } from "../../js/dom.js";
import { columnsOf } from "./grid.js";
import { shownOffer } from "./offer.js";
import { live } from "./steps.js";
import { describe, MARKS } from "./wording.js";

/** @import { App, DrawnSpan } from "./types" */

/**
 * @param {App} app
 * @param {DrawnSpan} span
 * @param {number} from
 * @param {number} to
 * @param {number} tokenRow
 * @param {number} row
 */
export function barNodes(app, span, from, to, tokenRow, row) {
  const start = Math.max(span.start, from);
  const end = Math.min(span.end, to);
  const columns = columnsOf(app, span.side, start, end, from);
  const made = [];
  if (live(span)) {
    const tint = el("span", `etint ${span.status}`);
    Object.assign(tint.style, { gridColumn: columns, gridRow: tokenRow });
    colour(app, tint, span.label);
    made.push(tint);
  }
  const bar = mark(button(`ebar ${span.status}`), { side: span.side, span });
  Object.assign(bar.style, { gridColumn: columns, gridRow: row });
  bar.tabIndex = -1;
  bar.dataset.go = "";
  bar.classList.toggle("pending", Boolean(span.pending));
  bar.classList.toggle("before", start > span.start);
  bar.classList.toggle("after", end < span.end);
  bar.classList.toggle("stale", Boolean(span.stale));
  bar.classList.toggle("lost", Boolean(span.lost));
  bar.classList.toggle("leaving", Boolean(shownOffer(app)?.gone.includes(span.id)));
  bar.setAttribute("aria-label", describe(app, span));
  bar.title = describe(app, span);
  colour(app, bar, span.label);
  bar.append(el("span", "elabel", span.label));
  const marks = `${span.lost && live(span) ? "∅" : ""}${span.stale ? "!" : ""}${MARKS[span.status]}${span.note ? "…" : ""}`;
  if (marks) bar.append(el("span", "emark", marks));
  if (!app.data.read_only) {
    if (start === span.start) bar.append(grip("start"));
    if (end === span.end) bar.append(grip("end"));
  }
  app.bars.push({ node: bar, span });
  return [...made, bar];
}

/** @param {string} edge */
function grip(edge) {
  const made = el("span", `grip ${edge}`);
  made.dataset.edge = edge;
  return made;
}

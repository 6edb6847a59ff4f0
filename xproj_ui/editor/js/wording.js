// @ts-check
// What is there, in words: for titles, for screen readers and for the inspector.

import { decimal } from "../../js/dom.js";
import { covers, tokensOf } from "./forecast.js";
import { live } from "./steps.js";

/** @import { EditorPayload } from "../../js/payload" */
/** @import { Chosen, DrawnLink, DrawnSpan, Side } from "./types" */

/**
 * @param {{ data: EditorPayload }} app
 * @param {Side} side
 * @param {number} [start]
 * @param {number} [end]
 */
export function words(app, side, start, end) {
  return tokensOf(app, side).slice(start, end).join(app.data[side]?.glue);
}

/**
 * @param {Chosen} app
 * @param {DrawnSpan} span
 */
export function describe(app, span) {
  return [
    span.label,
    words(app, span.side, span.start, span.end),
    span.status,
    madeBy(span),
    ...(span.lost && live(span) ? [`landed nowhere: ${span.lost}`] : []),
    ...(span.stale ? ["the text has changed under it"] : []),
    ...(span.note ? [`note: ${span.note}`] : []),
  ].join(", ");
}

/** @param {{ by: string, origin: string, score: number | null }} thing */
export function madeBy(thing) {
  if (thing.by === "person") return thing.origin ? `by ${thing.origin}` : "by you";
  const score = thing.score === null ? "" : ` ${decimal(thing.score)}`;
  return thing.by === "import" ? `imported${score}` : `${thing.origin}${score}`;
}

/**
 * @param {Chosen} app
 * @param {DrawnLink} link
 */
export function linkText(app, link) {
  return (
    `${tokensOf(app, "source")[link.source]} – ${tokensOf(app, "target")[link.target]}, ${link.status}, ${madeBy(link)}` +
    `${link.possible ? ", possible" : ""}${link.stale ? ", the text has changed under it" : ""}${link.note ? `, note: ${link.note}` : ""}`
  );
}

/**
 * @param {Chosen} app
 * @param {Side} side
 * @param {number} i
 */
export function spoken(app, side, i) {
  const labels = app.view.spans
    .filter((s) => s.side === side && covers(s, i) && live(s))
    .map((s) => s.label);
  const other = side === "source" ? "target" : "source";
  const linked = app.view.links
    .filter((l) => l[side] === i && live(l))
    .map((l) => tokensOf(app, other)[l[other]]);
  return [
    tokensOf(app, side)[i],
    `${app.data.names[side]} word ${i + 1}`,
    ...labels,
    linked.length ? `linked with ${linked.join(", ")}` : "not linked",
  ].join(", ");
}

export const MARKS = { projected: "", accepted: "✓", corrected: "✎", rejected: "✕" };

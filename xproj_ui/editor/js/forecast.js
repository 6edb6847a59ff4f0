// @ts-check
// What the document will be once the server has taken the commands that are on their way.

import { known, named } from "./outbox.js";
import { apply, isStep, live } from "./steps.js";

/** @import { Arguments, EditorPayload, ReviewLink } from "../../js/payload" */
/** @import { Drag, Pair, Preview, ReviewDocument, Side, Status, StepOp, Traffic } from "./types" */

/** @type {Side[]} */
export const SIDES = ["source", "target"];

/**
 * @param {{ data: EditorPayload }} app
 * @param {Side} side
 * @returns {string[]}
 */
export const tokensOf = (app, side) => app.data[side]?.tokens ?? [];

/**
 * The sentence of a side that is there.
 * @param {{ data: EditorPayload }} app
 * @param {Side} side
 */
export function sentenceOf(app, side) {
  const sentence = app.data[side];
  if (!sentence) throw new Error(`There is no ${side} sentence.`);
  return sentence;
}

/**
 * @param {{ start: number, end: number }} span
 * @param {number} i
 */
export const covers = (span, i) => span.start <= i && i < span.end;

/**
 * @template {ReviewLink} Link
 * @param {{ links: Link[] }} view
 * @param {Pair} pair
 */
export const linkOf = (view, [i, j]) => view.links.find((l) => l.source === i && l.target === j);

/**
 * @param {Traffic & { drag: Drag | null }} app
 * @returns {Preview}
 */
export function preview(app) {
  const { document, answered } = foreseen(app);
  const [spans, links] = [new Set(app.data.spans), new Set(app.data.links)];
  const view = {
    spans: document.spans.map((span) => ({ ...span, lane: 0, pending: !spans.has(span) })),
    links: document.links.map((link) => ({ ...link, pending: !links.has(link) })),
    done: document.done,
    offer: document.offer,
    renewing: Boolean(app.data.offer) && !document.offer && !answered,
  };
  const { drag } = app;
  if (drag?.kind === "resize") {
    const span = view.spans.find((s) => s.id === known(app, drag.id));
    if (span) Object.assign(span, { start: drag.start, end: drag.end, pending: true });
  }
  for (const side of SIDES) lay(view.spans.filter((s) => s.side === side));
  return view;
}

/**
 * The document after all commands on their way, and whether its offer is answered by one of them.
 * One that will be refused takes those behind it with it.
 * @param {Traffic} app
 */
function foreseen(app) {
  /** @type {ReviewDocument} */
  let document = app.data;
  let answered = false;
  for (const { op, args, id, item } of app.queue) {
    if (item !== app.data.item || !isStep(op)) continue;
    const given = /** @type {Arguments[StepOp]} */ (named(app, args));
    const after = apply(document, op, given, app.data.annotator, `pending:${id}`);
    if (!after) break;
    answered ||= op === "take_offer" || op === "keep";
    document = after;
  }
  return { document, answered };
}

/**
 * A lane for each span such that spans of one lane never overlap; rejected ones outermost.
 * @param {{ start: number, end: number, status?: Status, lane: number }[]} spans
 */
export function lay(spans) {
  const order = [...spans].sort(
    (a, b) => Number(live(b)) - Number(live(a)) || a.start - b.start || b.end - a.end,
  );
  /** @type {(typeof spans)[]} */
  const lanes = [];
  for (const span of order) {
    let lane = lanes.findIndex((held) =>
      held.every((o) => o.end <= span.start || span.end <= o.start),
    );
    if (lane < 0) lane = lanes.push([]) - 1;
    lanes[lane].push(span);
    span.lane = lane;
  }
}

// @ts-check
// Moving the cursor: by words along a side, by what is on the screen up and down.

import { all } from "../../js/dom.js";
import { pullEdge } from "./edits.js";
import { focusNode, focusOnly, refocus } from "./focus.js";
import { sentenceOf } from "./forecast.js";
import { chosenLink, chosenSpan, last } from "./selection.js";

/** @import { App, Marked, Side } from "./types" */

/**
 * @param {App} app
 * @param {string} key
 * @param {boolean} shift
 * @returns {boolean}
 */
export function arrow(app, key, shift) {
  const span = chosenSpan(app);
  const { sel } = app;
  const across = key === "ArrowLeft" || key === "ArrowRight";
  if (!sel) {
    const side = app.data.target ? "target" : "source";
    stepTo(app, side, 0);
    return true;
  }
  const side = span?.side ?? (sel.kind === "tokens" ? sel.side : "source");
  const rtl = sentenceOf(app, side).dir === "rtl";
  const step = across ? ((key === "ArrowRight") !== rtl ? 1 : -1) : 0;
  if (span && shift && across) {
    if (!app.data.read_only) pullEdge(app, span, step);
    return true;
  }
  if (!across) return upOrDown(app, key);
  if (span)
    stepTo(app, side, step > 0 ? Math.min(span.end, last(app, side)) : Math.max(0, span.start - 1));
  else if (sel.kind === "link") nextLink(app, step);
  else if (sel.kind === "tokens") {
    const head = Math.max(0, Math.min(last(app, side), sel.head + step));
    app.menu = false;
    app.choose({ kind: "tokens", side, anchor: shift ? sel.anchor : head, head, range: shift });
    refocus(app);
  }
  return true;
}

/**
 * @param {App} app
 * @param {Side} side
 * @param {number} i
 */
function stepTo(app, side, i) {
  app.menu = false;
  app.choose({ kind: "tokens", side, anchor: i, head: i });
  refocus(app);
}

/**
 * @param {App} app
 * @param {string} key
 * @param {boolean} shift
 * @returns {boolean}
 */
export function toEnd(app, key, shift) {
  if (app.sel?.kind !== "tokens") return false;
  const { side, anchor } = app.sel;
  const head = key === "Home" ? 0 : last(app, side);
  app.choose({ kind: "tokens", side, anchor: shift ? anchor : head, head });
  refocus(app);
  return true;
}

/**
 * To what lies nearest above or below: a word, a label, another system's label.
 * @param {App} app
 * @param {string} key
 * @returns {boolean}
 */
function upOrDown(app, key) {
  const from = focusNode(app);
  if (!from) return false;
  const here = from.getBoundingClientRect();
  const sign = key === "ArrowDown" ? 1 : -1;
  let best = null;
  const nodes = /** @type {Marked[]} */ (all(app.parts.score, "[data-go]"));
  for (const node of nodes) {
    const there = node.getBoundingClientRect();
    const along = sign * ((there.top + there.bottom) / 2 - (here.top + here.bottom) / 2);
    if (node === from || along < 6 || node.matches(":disabled")) continue;
    const aside = Math.max(0, there.left - here.right, here.left - there.right);
    const off = Math.abs((there.left + there.right) / 2 - (here.left + here.right) / 2);
    const far = along * 2 + aside + off / 8;
    if (!best || far < best.far) best = { far, node };
  }
  if (!best) return true;
  const ref = best.node.xp;
  app.menu = false;
  if (ref.span) app.choose({ kind: "span", id: ref.span.id });
  else if (ref.track)
    app.choose({
      kind: "tokens",
      side: "target",
      anchor: ref.track.start,
      head: ref.track.end - 1,
    });
  else if (ref.side && ref.token !== undefined) {
    app.choose({ kind: "tokens", side: ref.side, anchor: ref.token, head: ref.token });
  }
  focusOnly(app, best.node);
  return true;
}

/**
 * @param {App} app
 * @param {number} step
 */
export function nextSpan(app, step) {
  const order = [...app.view.spans].sort((a, b) =>
    a.side === b.side ? a.start - b.start || b.end - a.end : a.side === "target" ? 1 : -1,
  );
  if (!order.length) return;
  const at = order.findIndex((s) => s.id === chosenSpan(app)?.id);
  const next =
    order[at < 0 ? (step > 0 ? 0 : order.length - 1) : (at + step + order.length) % order.length];
  app.menu = false;
  app.edge = "end";
  app.choose({ kind: "span", id: next.id });
  refocus(app);
}

/**
 * @param {App} app
 * @param {number} step
 */
export function nextLink(app, step) {
  const now = chosenLink(app);
  const base =
    now ??
    app.view.links.find((l) => app.sel?.kind === "tokens" && l[app.sel.side] === app.sel.head);
  const order = [...app.view.links].sort((a, b) => a.source - b.source || a.target - b.target);
  if (!order.length) return;
  const at = order.indexOf(base ?? order[0]);
  const next = order[now ? (at + step + order.length) % order.length : Math.max(0, at)];
  app.choose({ kind: "link", source: next.source, target: next.target });
  refocus(app);
}

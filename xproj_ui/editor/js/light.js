// @ts-check
// What belongs together is lit: links, counterparts, spans. Without asking the server.

import { covers, SIDES } from "./forecast.js";
import { known } from "./outbox.js";
import { chosenRef, rangeOf } from "./selection.js";
import { live } from "./steps.js";

/** @import { App, Chosen, DrawnSpan, Lit, Ref } from "./types" */

/**
 * {source: tokens, target: tokens, links, spans} around what the pointer or the cursor is on.
 * @param {Chosen} app
 * @param {Ref | null} ref
 * @returns {Lit}
 */
function around(app, ref) {
  /** @type {Lit} */
  const lit = { source: new Set(), target: new Set(), links: new Set(), spans: new Set() };
  const { spans, links } = app.view;
  if (!ref) return lit;
  if (ref.link) {
    lit.links.add(ref.link);
    lit.source.add(ref.link.source);
    lit.target.add(ref.link.target);
  } else if (ref.span) spanLight(app, ref.span, lit);
  else if (ref.side && ref.token !== undefined) {
    const { side, token, end = token + 1 } = ref;
    const other = side === "source" ? "target" : "source";
    for (let i = token; i < end; i++) {
      lit[side].add(i);
      for (const link of links.filter((l) => l[side] === i && live(l))) {
        lit.links.add(link);
        lit[other].add(link[other]);
      }
    }
  } else if (ref.track) for (let i = ref.track.start; i < ref.track.end; i++) lit.target.add(i);
  if (ref.span) return lit;
  for (const span of spans) {
    if ([...lit[span.side]].some((i) => covers(span, i))) lit.spans.add(span.id);
  }
  return lit;
}

/**
 * @param {Chosen} app
 * @param {DrawnSpan} span
 * @param {Lit} lit
 */
function spanLight(app, span, lit) {
  const other = span.side === "source" ? "target" : "source";
  const kin = app.view.spans.filter(
    (s) => s.side === other && live(s) && (s.from === span.id || span.from === s.id),
  );
  for (let i = span.start; i < span.end; i++) lit[span.side].add(i);
  for (const one of [span, ...kin]) lit.spans.add(one.id);
  for (const one of kin) for (let i = one.start; i < one.end; i++) lit[other].add(i);
  for (const link of app.view.links) {
    if (!live(link) || !covers(span, link[span.side])) continue;
    if (kin.length && !kin.some((one) => covers(one, link[other]))) continue;
    lit.links.add(link);
    lit[other].add(link[other]);
  }
}

/**
 * Classes only: nothing is drawn anew for a hover or a step of the cursor.
 * @param {App} app
 */
export function paint(app) {
  const chosen = chosenRef(app);
  const ref = app.hover ?? chosen;
  const lit = around(app, ref);
  const words = app.sel?.kind === "tokens" ? { side: app.sel.side, ...rangeOf(app.sel) } : null;
  for (const side of SIDES) {
    app.tok[side].forEach((node, i) => {
      if (!node) return;
      node.classList.toggle("sel", Boolean(words && words.side === side && covers(words, i)));
      node.classList.toggle("lit", lit[side].has(i));
      node.classList.toggle(
        "linkfrom",
        Boolean(app.linking && app.linking.side === side && covers(app.linking, i)),
      );
    });
  }
  for (const { node, span } of app.bars) {
    node.classList.toggle("chosen", app.sel?.kind === "span" && known(app, app.sel.id) === span.id);
    node.classList.toggle("lit", lit.spans.has(span.id));
  }
  app.parts.score.classList.toggle("lighting", lit.links.size > 0);
  app.parts.score.classList.toggle("hovering", Boolean(app.hover));
  app.parts.score.dataset.edge = app.edge;
  for (const rib of app.ribs) {
    const on = lit.links.has(rib.link);
    const mine =
      app.sel?.kind === "link" &&
      app.sel.source === rib.link.source &&
      app.sel.target === rib.link.target;
    rib.line.classList.toggle("on", on || mine);
    rib.line.classList.toggle("chosen", mine);
    rib.full?.classList.toggle("on", on || mine);
  }
}

// @ts-check
// What is chosen: words, a label or a link.

import { linkOf, tokensOf } from "./forecast.js";
import { known } from "./outbox.js";
import { live } from "./steps.js";

/** @import { Chosen, Ref, Side, TokenSelection } from "./types" */

/** @param {TokenSelection} sel */
export function rangeOf(sel) {
  return { start: Math.min(sel.anchor, sel.head), end: Math.max(sel.anchor, sel.head) + 1 };
}

/** @param {Chosen} app */
export function chosenSpan(app) {
  const id = app.sel?.kind === "span" ? known(app, app.sel.id) : undefined;
  return app.view.spans.find((s) => s.id === id);
}

/** @param {Chosen} app */
export function chosenLink(app) {
  return app.sel?.kind === "link" ? linkOf(app.view, [app.sel.source, app.sel.target]) : undefined;
}

/**
 * What is chosen, as something that can be lit.
 * @param {Chosen} app
 * @returns {Ref | null}
 */
export function chosenRef(app) {
  const { sel } = app;
  if (!sel) return null;
  if (sel.kind === "span") return { span: chosenSpan(app) };
  if (sel.kind === "link") return { link: chosenLink(app) };
  const { start, end } = rangeOf(sel);
  return { side: sel.side, token: start, end };
}

/**
 * Both ends of a link that was only chosen by its ribbon.
 * @param {Chosen} app
 * @param {number} source
 * @param {number} target
 */
export function linkAt(app, source, target) {
  const link = linkOf(app.view, [source, target]);
  return link && live(link) ? link : undefined;
}

/** @param {Chosen} app */
export const unchecked = (app) => app.view.spans.filter((s) => s.status === "projected");

/**
 * @param {Chosen} app
 * @param {Side} side
 */
export const last = (app, side) => tokensOf(app, side).length - 1;

/**
 * What is chosen may have gone.
 * @param {Chosen} app
 */
export function keepChoice(app) {
  const { sel } = app;
  if (!sel) return;
  if (sel.kind === "span" && sel.id.startsWith("pending:")) sel.id = known(app, sel.id);
  const gone =
    (sel.kind === "span" && !chosenSpan(app)) ||
    (sel.kind === "link" && !chosenLink(app)) ||
    (sel.kind === "tokens" && Math.max(sel.anchor, sel.head) > last(app, sel.side));
  if (gone) app.sel = null;
}

// @ts-check
// What somebody wants done with what is chosen, as commands.

import { tokensOf } from "./forecast.js";
import { command } from "./outbox.js";
import { chosenLink, chosenSpan, linkAt, rangeOf, unchecked } from "./selection.js";
import { live } from "./steps.js";
import { words } from "./wording.js";

/** @import { TrackSpan } from "../../js/payload" */
/** @import { App, DrawnSpan, Pair, Side, Status, Step, Words } from "./types" */

/**
 * The label goes to the chosen span, or makes a span of the chosen words.
 * @param {App} app
 * @param {string} label
 */
export function giveLabel(app, label) {
  const { sel } = app;
  const span = chosenSpan(app);
  if (span) {
    if (span.label !== label) command(app, "relabel", { id: span.id, label });
    else if (span.status !== "accepted" && span.by !== "person") judge(app, "accepted");
  } else if (sel?.kind === "tokens") {
    const { start, end } = rangeOf(sel);
    const twin = app.view.spans.find(
      (s) => s.side === sel.side && s.start === start && s.end === end && s.label === label,
    );
    if (twin) {
      app.sel = { kind: "span", id: twin.id };
      if (!live(twin)) return judge(app, "accepted");
    } else {
      const id = command(app, "add_span", { side: sel.side, start, end, label });
      if (id) app.sel = { kind: "span", id: `pending:${id}` };
    }
  } else return;
  app.menu = false;
  app.draw();
  app.refocus();
}

/**
 * @param {App} app
 * @param {Status} status
 */
export function judge(app, status) {
  const span = chosenSpan(app);
  const link = chosenLink(app);
  if (span) command(app, "set_status", { spans: [span.id], links: [], status });
  else if (link)
    command(app, "set_status", { spans: [], links: [[link.source, link.target]], status });
}

/** @param {App} app */
export function remove(app) {
  const span = chosenSpan(app);
  const link = chosenLink(app);
  if (span && live(span)) {
    const { side, start } = span;
    command(app, "delete_span", { id: span.id });
    app.choose({ kind: "tokens", side, anchor: start, head: start });
  } else if (link && live(link)) {
    command(app, "unlink", { source: link.source, target: link.target });
    app.choose({ kind: "tokens", side: "source", anchor: link.source, head: link.source });
  }
}

/** @param {App} app */
export function acceptAll(app) {
  const spans = unchecked(app).map((s) => s.id);
  const links = app.view.links
    .filter((l) => l.status === "projected")
    .map((l) => /** @type {Pair} */ ([l.source, l.target]));
  if (spans.length + links.length) command(app, "set_status", { spans, links, status: "accepted" });
}

/**
 * Link every chosen word with one on the other side; unlink if all of them are linked.
 * @param {App} app
 * @param {Words} from
 * @param {Side} side
 * @param {number} i
 */
export function toggleLink(app, from, side, i) {
  const pairs = [];
  for (let k = from.start; k < from.end; k++) pairs.push(side === "target" ? [k, i] : [i, k]);
  const there = pairs.filter(([s, t]) => linkAt(app, s, t));
  if (there.length === pairs.length)
    for (const [source, target] of pairs) command(app, "unlink", { source, target });
  else
    for (const [source, target] of pairs) {
      if (!linkAt(app, source, target)) command(app, "link", { source, target, possible: false });
    }
  app.say(
    `${there.length === pairs.length ? "Unlinked" : "Linked"} ${words(app, from.side, from.start, from.end)} and ${tokensOf(app, side)[i]}`,
  );
}

/**
 * A sure link becomes a possible one, and a possible one sure. While linking, the words under
 * the cursor are linked so; of a word with several links, the first is chosen to begin with.
 * @param {App} app
 */
export function possibleOrSure(app) {
  const { sel, linking } = app;
  if (app.data.read_only || !sel || sel.kind === "span") return;
  if (sel.kind === "link") return setLink(app, sel.source, sel.target);
  if (linking) {
    if (sel.side === linking.side) return;
    for (let k = linking.start; k < linking.end; k++) {
      if (sel.side === "target") setLink(app, k, sel.head);
      else setLink(app, sel.head, k);
    }
    return;
  }
  const { start, end } = rangeOf(sel);
  const links = app.view.links.filter((l) => live(l) && start <= l[sel.side] && l[sel.side] < end);
  if (links.length === 1) setLink(app, links[0].source, links[0].target);
  else if (links.length) {
    app.choose({ kind: "link", source: links[0].source, target: links[0].target });
    app.refocus();
  }
}

/**
 * @param {App} app
 * @param {number} source
 * @param {number} target
 */
export function setLink(app, source, target) {
  const possible = !linkAt(app, source, target)?.possible;
  command(app, "link", { source, target, possible });
  app.say(
    `${possible ? "Only a possible link" : "A sure link"}: ${tokensOf(app, "source")[source]} and ${tokensOf(app, "target")[target]}`,
  );
}

/**
 * @param {App} app
 * @param {TrackSpan} span
 */
export function adopt(app, span) {
  const { start, end, label } = span;
  if (app.data.read_only) return;
  app.choose({ kind: "tokens", side: "target", anchor: start, head: end - 1 });
  giveLabel(app, label);
}

/**
 * @param {App} app
 * @param {DrawnSpan} span
 * @param {number} step
 */
export function pullEdge(app, span, step) {
  const made =
    app.edge === "start"
      ? { start: span.start + step, end: span.end }
      : { start: span.start, end: span.end + step };
  if (made.start < 0 || made.end > tokensOf(app, span.side).length || made.start >= made.end)
    return;
  app.menu = false;
  command(app, "resize", { id: span.id, ...made });
}

/**
 * @param {App} app
 * @param {Step} to
 */
export function go(app, to) {
  if (app.data.place?.[to]) command(app, "go", { to });
}

/**
 * Done and on to the next, in one go: the next sentence comes with the confirmation.
 * @param {App} app
 */
export function finish(app) {
  command(app, "done", app.data.place?.next ? { done: true, go: "next" } : { done: true });
}

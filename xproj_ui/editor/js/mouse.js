// @ts-check
// Pointer: drag or click-click over words, click labels, pull their edges, click pairs to link.

import { closest, refOf } from "../../js/dom.js";
import { ACTS } from "./acts.js";
import { adopt, giveLabel, toggleLink } from "./edits.js";
import { refocus } from "./focus.js";
import { preview } from "./forecast.js";
import { paint } from "./light.js";
import { command, known } from "./outbox.js";
import { openText } from "./retext.js";
import { rangeOf } from "./selection.js";

/** @import { App, Drag, Ref, Side, Words } from "./types" */

/**
 * @param {App} app
 * @param {PointerEvent} event
 */
export function pressed(app, event) {
  if (event.button !== 0 || app.data.read_only) return;
  const ref = refAt(event);
  const edge = closest(event, ".grip")?.dataset.edge;
  if (edge && ref?.span) {
    app.drag = {
      kind: "resize",
      id: ref.span.id,
      side: ref.span.side,
      edge,
      start: ref.span.start,
      end: ref.span.end,
    };
    app.root.setPointerCapture(event.pointerId);
    event.preventDefault();
  } else if (ref?.side && ref.token !== undefined && event.pointerType !== "touch") {
    app.drag = { kind: "words", side: ref.side, from: ref.token, head: ref.token };
    app.root.setPointerCapture(event.pointerId);
    event.preventDefault();
  } else if (ref?.span && event.pointerType !== "touch") {
    // what was pressed counts, even if the page moves under the pointer before it is let go
    app.drag = { kind: "press", id: ref.span.id };
  }
}

/**
 * @param {App} app
 * @param {PointerEvent} event
 */
export function moved(app, event) {
  const { drag } = app;
  if (!drag || drag.kind === "press") {
    if (event.pointerType === "touch") return;
    hoverOver(app, refAt(event));
    return;
  }
  const i = nearestWord(app, drag.side, event.clientX, event.clientY);
  if (drag.kind === "words") {
    if (i === drag.head) return;
    drag.head = i;
    app.menu = false;
    app.choose({ kind: "tokens", side: drag.side, anchor: drag.from, head: i });
    return;
  }
  const [start, end] =
    drag.edge === "start"
      ? [Math.min(i, drag.end - 1), drag.end]
      : [drag.start, Math.max(i + 1, drag.start + 1)];
  if (start === drag.start && end === drag.end) return;
  Object.assign(drag, { start, end });
  app.draw();
}

/**
 * @param {App} app
 * @param {PointerEvent} event
 */
export function released(app, event) {
  const { drag } = app;
  if (!drag) return;
  app.drag = null;
  app.swallow = true;
  setTimeout(() => {
    app.swallow = false;
  });
  if (drag.kind === "press") return pickSpan(app, drag.id);
  if (drag.kind === "resize") return resized(app, drag);
  if (drag.head === drag.from) wordClicked(app, drag.side, drag.from, event.shiftKey);
  else {
    app.menu = true;
    app.choose({
      kind: "tokens",
      side: drag.side,
      anchor: drag.from,
      head: drag.head,
      range: true,
    });
  }
  refocus(app);
}

/**
 * @param {App} app
 * @param {Extract<Drag, { kind: 'resize' }>} drag
 */
function resized(app, drag) {
  const old = preview(app).spans.find((s) => s.id === known(app, drag.id));
  app.sel = { kind: "span", id: drag.id };
  app.menu = false;
  if (old && (old.start !== drag.start || old.end !== drag.end))
    command(app, "resize", { id: drag.id, start: drag.start, end: drag.end });
  else {
    app.menu = true;
    app.draw();
  }
  refocus(app);
}

/**
 * @param {App} app
 * @param {Side} side
 * @param {number} x
 * @param {number} y
 */
function nearestWord(app, side, x, y) {
  const far = app.tok[side].map((node) => {
    if (!node) return Infinity;
    const r = node.getBoundingClientRect();
    return Math.max(0, r.left - x, x - r.right) + 4 * Math.max(0, r.top - y, y - r.bottom);
  });
  return far.indexOf(Math.min(...far));
}

/**
 * @param {App} app
 * @param {Ref | null} ref
 */
export function hoverOver(app, ref) {
  if (app.hover === ref) return;
  app.hover = ref;
  paint(app);
}

/**
 * A second word on the same side makes a range, one on the other side a link.
 * @param {App} app
 * @param {Side} side
 * @param {number} i
 * @param {boolean} shift
 */
function wordClicked(app, side, i, shift) {
  if (app.linking) return linkWord(app, app.linking, side, i);
  const { sel } = app;
  const tokens = sel?.kind === "tokens" && app.menu;
  if (tokens && sel.side !== side) {
    toggleLink(app, { side: sel.side, ...rangeOf(sel) }, side, i);
    app.menu = true;
    return app.draw();
  }
  if (tokens && sel.anchor === i && sel.head === i) {
    app.menu = false;
    return app.choose(null);
  }
  const extend = sel?.kind === "tokens" && sel.side === side && ((app.menu && !sel.range) || shift);
  app.menu = true;
  app.choose({ kind: "tokens", side, anchor: extend ? sel.anchor : i, head: i, range: extend });
}

/**
 * @param {App} app
 * @param {Words} from
 * @param {Side} side
 * @param {number} i
 */
function linkWord(app, from, side, i) {
  if (side === from.side) {
    app.linking = { side, start: i, end: i + 1 };
    return app.choose({ kind: "tokens", side, anchor: i, head: i });
  }
  toggleLink(app, from, side, i);
  return app.choose({ kind: "tokens", side, anchor: i, head: i });
}

/**
 * @param {App} app
 * @param {MouseEvent} event
 */
export function clicked(app, event) {
  if (app.swallow) return;
  const pressed = closest(
    event,
    "[data-act], [data-retext], [data-label], [data-span], [data-link]",
  );
  if (pressed) return buttonClicked(app, pressed.dataset);
  const ref = refAt(event);
  if (ref?.track) return adopt(app, ref.track);
  if (ref?.span) return pickSpan(app, ref.span.id);
  if (ref?.link)
    return app.choose({ kind: "link", source: ref.link.source, target: ref.link.target });
  if (ref?.side && ref.token !== undefined) {
    wordClicked(app, ref.side, ref.token, event.shiftKey);
    return refocus(app);
  }
  if (closest(event, ".staves")) {
    app.linking = null;
    app.menu = false;
    app.choose(null);
  }
}

/**
 * A button, or a chip that stands for a label or a link.
 * @param {App} app
 * @param {DOMStringMap} chosen
 */
function buttonClicked(app, { act, retext, label, span, link }) {
  if (act) return ACTS[/** @type {keyof typeof ACTS} */ (act)](app);
  if (retext) return openText(app, retext === "source" ? "source" : "target");
  if (label) return giveLabel(app, label);
  if (span) return pickSpan(app, span);
  const [source, target] = (link ?? "").split("-").map(Number);
  return app.choose({ kind: "link", source, target });
}

/**
 * @param {Event} event
 * @returns {Ref | null}
 */
const refAt = (event) => /** @type {Ref | null} */ (refOf(event));

/**
 * @param {App} app
 * @param {string} id
 */
function pickSpan(app, id) {
  app.linking = null;
  app.menu = true;
  app.edge = "end";
  app.choose({ kind: "span", id });
  refocus(app);
}

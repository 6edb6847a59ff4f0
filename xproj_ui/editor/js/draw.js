// @ts-check
// Drawing a payload, and again what a command, a choice or an answer of the server's changes.

import { focused } from "../../js/dom.js";
import { endGuess, guessing, lookAhead } from "./ahead.js";
import { drawBar } from "./bar.js";
import { refocus } from "./focus.js";
import { preview } from "./forecast.js";
import { drawInspector } from "./inspector.js";
import { paint } from "./light.js";
import { drawMenu } from "./menu.js";
import { drawNotice } from "./notice.js";
import { send, settle } from "./outbox.js";
import { drawText } from "./retext.js";
import { reviveUnsent } from "./revive.js";
import { drawScore } from "./score.js";
import { chosenLink, chosenSpan, keepChoice } from "./selection.js";
import { describe, linkText } from "./wording.js";

/** @import { EditorPayload } from "../../js/payload" */
/** @import { App, Selection } from "./types" */

/**
 * @param {App} app
 * @param {EditorPayload} data
 */
export function update(app, data) {
  if (app.served.item !== data.item) app.problem = null;
  app.served = data;
  remember(data);
  settle(app);
  if (app.fresh && !data.read_only) reviveUnsent(app, data);
  if (guessing(app)) drawBar(app);
  else {
    endGuess(app);
    show(app, data);
    lookAhead(app);
  }
  send(app);
}

/**
 * A payload of the server's, or what it sent ahead.
 * @param {App} app
 * @param {EditorPayload} data
 */
export function show(app, data) {
  const was = app.data;
  const other = app.fresh || data.item !== was.item || (was.read_only && !data.read_only);
  app.data = data;
  app.fresh = false;
  if (other) {
    Object.assign(app, {
      sel: null,
      menu: false,
      linking: null,
      hover: null,
      drag: null,
      retext: null,
      measure: null,
    });
    app.view = preview(app);
    beginAt(app);
    drawText(app);
  }
  app.draw();
  const free = document.activeElement === document.body || focused(app.root);
  if (other && !data.read_only && free) refocus(app);
}

/**
 * The name that somebody typed is there again when they come back.
 * @param {EditorPayload} data
 */
function remember({ cookie, annotator }) {
  if (!cookie || !annotator) return;
  const pair = `${cookie}=${encodeURIComponent(annotator)}`;
  if (!document.cookie.split("; ").includes(pair))
    // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the cookie store
    document.cookie = `${pair}; path=/; max-age=31536000; samesite=lax`;
}

/**
 * A new sentence begins at its first label that nobody has looked at.
 * @param {App} app
 */
function beginAt(app) {
  if (app.data.read_only) return;
  const open = app.view.spans.filter((s) => s.status === "projected" || s.stale);
  const span = open.find((s) => s.side === "target") ?? open[0];
  const side = app.data.target ? "target" : "source";
  app.sel = span ? { kind: "span", id: span.id } : { kind: "tokens", side, anchor: 0, head: 0 };
}

/** @param {App} app */
export function draw(app) {
  const active = focused(app.root);
  const inScore = active && app.parts.score.contains(active) && !active.matches("input");
  app.view = preview(app);
  keepChoice(app);
  app.root.classList.toggle("reading", app.data.read_only);
  drawBar(app);
  drawNotice(app);
  drawScore(app);
  drawInspector(app);
  drawMenu(app);
  paint(app);
  if (inScore) refocus(app);
}

/**
 * @param {App} app
 * @param {Selection | null} sel
 */
export function choose(app, sel) {
  app.sel = sel;
  if (sel?.kind !== "tokens") app.linking = null;
  drawInspector(app);
  drawMenu(app);
  paint(app);
  const [span, link] = [chosenSpan(app), chosenLink(app)];
  if (span) app.say(describe(app, span));
  if (link) app.say(linkText(app, link));
}

/**
 * @param {App} app
 * @param {string} text
 * @returns {null}
 */
export function say(app, text) {
  app.parts.live.textContent = text;
  return null;
}

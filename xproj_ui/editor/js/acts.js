// @ts-check
// What buttons and keys do, by name.

import { focused } from "../../js/dom.js";
import { toggleTracks } from "./compare.js";
import {
  acceptAll,
  adopt,
  finish,
  go,
  judge,
  possibleOrSure,
  remove,
  toggleLink,
} from "./edits.js";
import { refocus } from "./focus.js";
import { covers, tokensOf } from "./forecast.js";
import { openHelp } from "./help.js";
import { askLabel } from "./menu.js";
import { command } from "./outbox.js";
import { openText } from "./retext.js";
import { chosenSpan, rangeOf } from "./selection.js";
import { live } from "./steps.js";

/** @import { App, Marked, Selection, Side } from "./types" */

/** @satisfies {Record<string, (app: App) => unknown>} */
export const ACTS = {
  accept: (app) => {
    app.menu = false;
    judge(app, "accepted");
  },
  reject: (app) => {
    app.menu = false;
    judge(app, "rejected");
  },
  delete: (app) => remove(app),
  label: (app) => {
    app.menu = !app.menu;
    app.draw();
  },
  link: (app) => beginLink(app),
  possible: (app) => possibleOrSure(app),
  "end-link": (app) => stepBack(app),
  "own-label": (app) => askLabel(app),
  "accept-all": (app) => acceptAll(app),
  undo: (app) => app.data.can_undo && command(app, "undo", {}),
  redo: (app) => app.data.can_redo && command(app, "redo", {}),
  take: (app) => command(app, "take_offer", {}),
  keep: (app) => command(app, "keep", {}),
  load: (app) => command(app, "load", {}),
  done: (app) => finish(app),
  undone: (app) => command(app, "done", { done: false }),
  next: (app) => go(app, "next"),
  previous: (app) => go(app, "previous"),
  retext: (app) => openText(app, sideOf(app)),
  help: (app) => openHelp(app),
  tracks: (app) => toggleTracks(app),
};

/** @param {App} app */
export function enter(app) {
  if (app.data.conflict) return ACTS.load(app);
  if (app.linking && app.sel?.kind === "tokens" && app.sel.side !== app.linking.side) {
    toggleLink(app, app.linking, app.sel.side, app.sel.head);
    return app.draw();
  }
  const focus = /** @type {Marked | null} */ (focused(app.root));
  if (focus?.xp?.track) return adopt(app, focus.xp.track);
  if (app.data.read_only) return false;
  app.menu = !app.menu;
  return app.draw();
}

/** @param {App} app */
export function stepBack(app) {
  if (app.linking) {
    const { side, start, end } = app.linking;
    app.linking = null;
    app.choose({ kind: "tokens", side, anchor: start, head: end - 1 });
    return refocus(app);
  }
  if (app.menu) {
    app.menu = false;
    return app.draw();
  }
  if (!app.sel) return false;
  const { side, i } = cursorOf(app, app.sel);
  app.choose({ kind: "tokens", side, anchor: i, head: i });
  return refocus(app);
}

/**
 * The word that the cursor is on when only words are chosen.
 * @param {App} app
 * @param {Selection} sel
 * @returns {{ side: Side, i: number }}
 */
function cursorOf(app, sel) {
  if (sel.kind === "tokens") return { side: sel.side, i: sel.head };
  if (sel.kind === "link") return { side: "source", i: sel.source };
  const span = chosenSpan(app);
  return span ? { side: span.side, i: span.start } : { side: "target", i: 0 };
}

/**
 * The side whose text is meant.
 * @param {App} app
 */
function sideOf(app) {
  const { sel } = app;
  return chosenSpan(app)?.side ?? (sel?.kind === "tokens" ? sel.side : "target");
}

/** @param {App} app */
export function beginLink(app) {
  const span = chosenSpan(app);
  const from =
    span ?? (app.sel?.kind === "tokens" ? { side: app.sel.side, ...rangeOf(app.sel) } : null);
  if (!from || !app.data.source || !app.data.target || app.data.read_only) return;
  app.linking = { side: from.side, start: from.start, end: from.end };
  app.menu = false;
  const other = from.side === "source" ? "target" : "source";
  const partner = app.view.links.find((l) => live(l) && covers(from, l[from.side]));
  const share = from.start / Math.max(1, tokensOf(app, from.side).length - 1);
  const i = partner ? partner[other] : Math.round(share * (tokensOf(app, other).length - 1));
  app.choose({ kind: "tokens", side: other, anchor: i, head: i });
  refocus(app);
}

// @ts-check
// What was typed while the server was away is kept in this tab and sent when it is back.

import { isEdit } from "./ahead.js";

/** @import { EditorPayload } from "../../js/payload" */
/** @import { Traffic } from "./types" */

const KEPT = "xproj-unsent";

const PATIENT = 3;

/**
 * The commands that are still on their way, for the page that comes after this one.
 * @param {Traffic} app
 */
export function keepUnsent(app) {
  const edits = app.queue.filter(isEdit);
  const queue = edits.filter((entry) => entry.item === edits[0].item);
  try {
    if (!queue.length) sessionStorage.removeItem(KEPT);
    else {
      const { session, count, made } = app;
      const more = queue.length < edits.length;
      sessionStorage.setItem(KEPT, JSON.stringify({ session, count, made, queue, more }));
    }
  } catch {
    /* a browser may forbid it */
  }
}

/**
 * Ids stay the same, so that what had arrived after all is not carried out twice.
 * @param {Traffic} app
 * @param {EditorPayload} data
 */
export function reviveUnsent(app, data) {
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    sessionStorage.removeItem(KEPT);
  } catch {
    /* nothing of ours */
  }
  if (!kept || !Array.isArray(kept.queue)) return;
  const here = kept.queue[0]?.item === data.item;
  if (!here || kept.more) app.problem = "What you did last, on another sentence, was not saved.";
  if (!here) return;
  const { session, count, made, queue } = kept;
  Object.assign(app, { session, count, made, queue });
}

/**
 * A server that was started again does not know this page: only a reload makes it known.
 * @param {Traffic} app
 */
export async function reloadIfBack(app) {
  if (app.tries < PATIENT) return;
  const path = location.pathname.replace(/\/+$/, "");
  for (const base of [path.slice(0, path.lastIndexOf("/")), path, ""]) {
    const answer = await fetch(`${base}/_stcore/health`).catch(() => null);
    if (!answer?.ok || !app.flight) continue;
    keepUnsent(app);
    app.leaving = true;
    location.reload();
    return;
  }
}

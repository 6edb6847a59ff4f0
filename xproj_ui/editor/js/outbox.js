// @ts-check
// Commands wait in line: one travels at a time, each with the revision that came back before it.
// Up to the colon an id names the window that the command comes from.

import { ANY, isEdit, leavingItem, lookAhead } from "./ahead.js";
import { reloadIfBack } from "./revive.js";

/** @import { Commands, Entry, Op, Traffic } from "./types" */

const PATIENCE = 6000;

/**
 * Arguments with the ids that the server has given to new spans meanwhile.
 * @template {object} Args
 * @param {{ made: Record<string, string> }} app
 * @param {Args} args
 * @returns {Args}
 */
export function named(app, args) {
  const made = { ...args };
  if ("id" in made && typeof made.id === "string") made.id = known(app, made.id);
  if ("span" in made && typeof made.span === "string") made.span = known(app, made.span);
  if ("spans" in made && Array.isArray(made.spans)) {
    made.spans = made.spans.map((id) => known(app, id));
  }
  return made;
}

/**
 * The id of a span, also of one that the server had not named yet when it was chosen.
 * @param {{ made: Record<string, string> }} app
 * @param {string} id
 * @returns {string}
 */
export function known(app, id) {
  return id.startsWith("pending:") ? (app.made[id.slice(8)] ?? id) : id;
}

/**
 * @template {Op} K
 * @param {Traffic} app
 * @param {K} op
 * @param {Commands[K]} args
 * @returns {string | null}
 */
export function command(app, op, args) {
  if (app.data.conflict && op !== "load" && op !== "go")
    return app.say("Load the other version first.");
  if (op !== "go" && (leavingItem(app) || (app.data.read_only && op !== "load"))) return null;
  const item = leavingItem(app) ? ANY : app.data.item;
  const base = app.guess ? app.data.revision : null;
  const id = `${app.session}:${++app.count}`;
  const entry = /** @type {Entry} */ ({ id, op, args, item, base });
  app.queue.push(entry);
  app.problem = null;
  app.told = null;
  if (!lookAhead(app)) app.draw();
  send(app);
  return entry.id;
}

/** @param {Traffic} app */
export function send(app) {
  const entry = app.queue[0];
  if (entry?.item === ANY) entry.item = app.served.item;
  if (app.flight || !entry || entry.item !== app.served.item) return;
  app.tries = 0;
  // on a guess: the revision that was seen; else commands build on each other
  const base = entry.base ?? app.served.revision;
  app.flight = {
    id: entry.id,
    item: entry.item,
    base_revision: base,
    op: entry.op,
    args: named(app, entry.args),
  };
  post(app);
}

/**
 * Sent again with the same id if nothing comes back: the server takes an id only once.
 * @param {Traffic} app
 */
function post(app) {
  clearTimeout(app.timer);
  if (++app.tries > 1) app.drawBar();
  reloadIfBack(app);
  app.trigger("command", app.flight);
  app.timer = setTimeout(() => app.flight && app.root.isConnected && post(app), PATIENCE);
}

/**
 * What came back: the command in flight was taken, or it was not and those behind it fall too.
 * @param {Traffic} app
 */
export function settle(app) {
  const { ack, conflict } = app.served;
  app.unsaved = conflict ? Math.max(app.unsaved, app.queue.filter(isEdit).length) : 0;
  if (!ack || ack.id !== app.flight?.id) return;
  clearTimeout(app.timer);
  app.queue.shift();
  app.flight = null;
  if (ack.ok) {
    if (ack.made) app.made[ack.id] = ack.made;
    app.problem = null;
    app.told = ack.told || null;
    app.lastSaved = ack.at || app.lastSaved;
    return;
  }
  app.problem = ack.problem || null;
  if (app.problem && app.queue.some(isEdit))
    app.problem += " What you did after it was not saved either.";
  app.queue = [];
}

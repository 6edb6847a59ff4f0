// @ts-check
// The next sentence is drawn at once, from what the server sent ahead with this one. Until the
// server has opened it too it is a guess: what is done on it waits, under its own name and
// revision, and is never sent for another sentence.

/** @import { Entry, Step, Traffic } from "./types" */

/**
 * @param {Entry} entry
 * @returns {Step | undefined}
 */
function leaves(entry) {
  if (entry.op === "go") return entry.args.to;
  return entry.op === "done" ? entry.args.go : undefined;
}

/** @param {Entry} entry */
export const isEdit = (entry) => entry.op !== "go" && entry.op !== "load";

// A second step before the first has led anywhere is one from wherever that leads.
export const ANY = "any";

/**
 * @param {Traffic} app
 * @param {Entry} entry
 */
const leavesShown = (app, entry) =>
  leaves(entry) && (entry.item === app.data.item || entry.item === ANY);

/**
 * True while the sentence that is shown is being left, and the next one is not there yet.
 * @param {Traffic} app
 */
export const leavingItem = (app) => app.queue.some((entry) => leavesShown(app, entry));

/**
 * Draw what the first step away from the shown sentence leads to, if it was sent ahead.
 * @param {Traffic} app
 */
export function lookAhead(app) {
  if (app.guess) return false;
  const step = app.queue.find((entry) => leavesShown(app, entry));
  if (step) step.item = app.data.item;
  const to = step && leaves(step);
  const next = to && app.data.ahead?.[to];
  if (!step || !next) return false;
  app.guess = { item: next.item, by: step.id };
  // which steps there are from it is not known before it is opened
  const place = next.place && { ...next.place, previous: true, next: true };
  app.show({ ...app.data, ...next, place, ahead: null, ack: null, conflict: null });
  return true;
}

/**
 * The step that led to the guess has not been answered yet.
 * @param {Traffic} app
 */
export const guessing = (app) =>
  Boolean(app.guess) && app.queue.some((entry) => entry.id === app.guess?.by);

/**
 * The server has answered. What waits for another sentence than the one it opened is void.
 * @param {Traffic} app
 */
export function endGuess(app) {
  app.guess = null;
  /** @param {Entry} entry */
  const stays = (entry) =>
    [app.served.item, ANY].includes(entry.item) || entry.id === app.flight?.id;
  const lost = app.queue.filter((entry) => !stays(entry));
  app.queue = app.queue.filter(stays);
  if (lost.some(isEdit)) {
    app.problem =
      "Another sentence than the one you saw has been opened; what you did last was not saved.";
  }
}

// @ts-check
// Everything by keyboard alone. Letters are those of the key's place on non-Latin keyboards.

import { closest, first, focused } from "../../js/dom.js";
import { ACTS, beginLink, enter, stepBack } from "./acts.js";
import { acceptAll, finish, giveLabel, go, remove } from "./edits.js";
import { refocus } from "./focus.js";
import { openHelp } from "./help.js";
import { arrow, nextLink, nextSpan, toEnd } from "./move.js";

/** @import { App } from "./types" */

/** @param {KeyboardEvent} event */
function keyName(event) {
  if (/^[a-z]$/i.test(event.key)) return event.key.toLowerCase();
  if (/^Key[A-Z]$/.test(event.code) && event.key.length === 1) return event.code[3].toLowerCase();
  if (/^[0-9]$/.test(event.key)) return event.key;
  if (/^Digit[0-9]$/.test(event.code) && !event.shiftKey) return event.code[5];
  return event.key;
}

/**
 * @param {App} app
 * @param {KeyboardEvent} event
 */
export function onKey(app, event) {
  const field = closest(event, "input, textarea, select, dialog");
  if (field) {
    if (event.key === "Escape" && field.matches(".enote")) refocus(app);
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.blur();
    event.stopPropagation();
    return;
  }
  const key = keyName(event);
  const mod = event.ctrlKey || event.metaKey;
  if (event.altKey) return;
  const handled = mod ? withCtrl(app, key, event.shiftKey) : plainKey(app, key, event);
  if (!handled) return;
  event.preventDefault();
  event.stopPropagation();
}

/**
 * @param {App} app
 * @param {string} key
 * @param {boolean} shift
 * @returns {boolean}
 */
function withCtrl(app, key, shift) {
  if (key === "z") ACTS[shift ? "redo" : "undo"](app);
  else if (key === "y") ACTS.redo(app);
  else if (key === "Enter") finish(app);
  else return false;
  return true;
}

/**
 * @param {App} app
 * @param {string} key
 * @param {KeyboardEvent} event
 * @returns {boolean}
 */
function plainKey(app, key, event) {
  const pressing = focused(app.root)?.matches("button:not([data-go])");
  if (pressing && (key === "Enter" || key === " ")) return false;
  if (/^[1-9]$/.test(key)) {
    const label = app.data.labels[Number(key) - 1];
    if (label && !app.data.read_only) giveLabel(app, label);
    return Boolean(label);
  }
  if (key.startsWith("Arrow")) return arrow(app, key, event.shiftKey);
  if (key === "Home" || key === "End") return toEnd(app, key, event.shiftKey);
  const act = KEYS[key];
  // letters that mean nothing here are not the page's shortcuts either
  if (!act)
    return /^[a-z]$/.test(key) && event.target instanceof Node && app.root.contains(event.target);
  if (app.data.read_only && !READING.has(key)) return false;
  return act(app, event.shiftKey) !== false;
}

const READING = new Set(["Escape", "s", "k", "n", "p", "?"]);

/** @type {Record<string, (app: App, shift: boolean) => unknown>} */
const KEYS = {
  Enter: (app) => enter(app),
  " ": (app) => enter(app),
  Escape: (app) => stepBack(app),
  Delete: (app) => remove(app),
  Backspace: (app) => remove(app),
  a: (app, shift) => (shift ? acceptAll(app) : ACTS.accept(app)),
  r: (app) => ACTS.reject(app),
  s: (app, shift) => nextSpan(app, shift ? -1 : 1),
  k: (app, shift) => nextLink(app, shift ? -1 : 1),
  l: (app) => (app.linking ? enter(app) : beginLink(app)),
  u: (app) => ACTS.possible(app),
  e: (app) => {
    app.edge = app.edge === "start" ? "end" : "start";
    app.draw();
    refocus(app);
  },
  m: (app) => {
    first(app.root, ".enote")?.focus();
  },
  t: (app) => ACTS.retext(app),
  d: (app) => finish(app),
  n: (app) => go(app, "next"),
  p: (app) => go(app, "previous"),
  y: (app) => (app.view.offer ? ACTS.take(app) : false),
  x: (app) => (app.view.offer ? ACTS.keep(app) : false),
  "?": (app) => openHelp(app),
};

// @ts-check
// The line above the sentence: where we are, what is saved, undo, redo, done, next.

import { button, el, first, focused } from "../../js/dom.js";
import { isEdit } from "./ahead.js";
import { tracksShown } from "./compare.js";
import { NARROW } from "./grid.js";

/** @import { App } from "./types" */

/** @param {App} app */
export function drawBar(app) {
  const { bar } = app.parts;
  const { place, read_only: fixed } = app.data;
  const focus = focused(app.root)?.dataset.act;
  bar.replaceChildren();
  bar.hidden = fixed && !place;
  if (place)
    bar.append(
      control("‹", "previous", "Previous sentence (P)", !place.previous),
      el("span", "eplace", place.text),
      control("›", "next", "Next sentence (N)", !place.next),
    );
  if (fixed) return;
  bar.append(saved(app), el("span", "espring"));
  bar.append(
    control("↶", "undo", "Undo (Ctrl+Z)", !app.data.can_undo),
    control("↷", "redo", "Redo (Ctrl+Shift+Z)", !app.data.can_redo),
  );
  const narrow = app.parts.score.clientWidth < NARROW;
  if (app.data.tracks.length) bar.append(tracksSwitch(app, narrow));
  if (narrow) bar.append(control("✎", "retext", "Edit the text (T)"));
  bar.append(control("?", "help", "Keys (?)"));
  const done = button(
    `ebutton ${app.view.done ? "isdone" : "primary"}`,
    app.view.done ? "✓ Done" : "Done",
  );
  done.dataset.act = app.view.done ? "undone" : "done";
  done.title = app.view.done ? "Open it again" : "Done, and on to the next sentence (D)";
  if (!app.view.done) done.append(el("kbd", "", "D"));
  bar.append(done);
  if (focus) first(bar, `[data-act="${focus}"]`)?.focus();
}

/**
 * @param {string} text
 * @param {string} act
 * @param {string} label
 * @param {boolean} [off]
 */
function control(text, act, label, off) {
  const made = button("econtrol", text, label);
  made.dataset.act = act;
  made.disabled = Boolean(off);
  return made;
}

/**
 * Gold and other systems' labels: on a narrow screen they are hidden until they are asked for.
 * @param {App} app
 * @param {boolean} narrow
 */
function tracksSwitch(app, narrow) {
  const titles = app.data.tracks.map((track) => track.title).join(", ");
  const made = button("eswitch");
  made.dataset.act = "tracks";
  made.setAttribute("role", "switch");
  made.setAttribute("aria-checked", String(tracksShown(app)));
  made.title = `Labels to compare with: ${titles}`;
  made.append(el("span", "eknob"), narrow ? "Compare with " : "Compare");
  if (narrow) made.append(el("bdi", "etitles", titles));
  return made;
}

/** @param {App} app */
export function saved(app) {
  const made = el("span", "esaved");
  if (app.data.conflict || app.problem) made.append(el("span", "bad", "Not saved"));
  else if (app.tries > 1 && app.queue.length)
    made.append(el("span", "bad", "No answer from the server yet, trying again …"));
  else if (app.queue.some(isEdit)) made.append(el("span", "esaving", "Saving …"));
  else if (app.queue.length) made.append(el("span", "esaving", "Opening …"));
  else if (!app.data.saved && app.lastSaved) made.textContent = `Last saved ${app.lastSaved}`;
  else if (app.data.saved)
    made.textContent = `Saved ${app.data.saved}${app.told ? ` · ${app.told}` : ""}`;
  return made;
}

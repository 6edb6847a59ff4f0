// @ts-check
// The labels to choose from, right beside what is chosen. Numbers choose, so do clicks.

import { button, colour, el } from "../../js/dom.js";
import { giveLabel } from "./edits.js";
import { refocus } from "./focus.js";
import { covers } from "./forecast.js";
import { chosenSpan, rangeOf } from "./selection.js";

/** @import { App, DrawnSpan, Marked, Side } from "./types" */

/** @param {App} app */
export function drawMenu(app) {
  const { menu } = app.parts;
  const span = chosenSpan(app);
  const tokens = app.sel?.kind === "tokens" ? { side: app.sel.side, ...rangeOf(app.sel) } : null;
  const chosen = span ?? tokens;
  menu.hidden = app.data.read_only || !app.menu || !chosen || Boolean(app.linking);
  menu.replaceChildren();
  if (menu.hidden || !chosen) return;
  app.data.labels.forEach((label, k) => menu.append(labelChoice(app, label, k, span)));
  menu.append(ownLabel());
  if (span) {
    menu.append(el("span", "esep"));
    menu.append(action("✓", "accept", "Accept (A)"), action("✕", "delete", "Delete (Del)"));
  }
  const { side, start, end } = chosen;
  const nodes = app.tok[side].slice(start, end).filter((node) => node !== undefined);
  placeMenu(app, menu, side, nodes, span);
}

/**
 * @param {App} app
 * @param {string} label
 * @param {number} k
 * @param {DrawnSpan | undefined} span
 */
function labelChoice(app, label, k, span) {
  const made = button("echoice", undefined, `${label}${k < 9 ? ` (${k + 1})` : ""}`);
  made.dataset.label = label;
  colour(app, made, label);
  if (k < 9) made.append(el("kbd", "", String(k + 1)));
  made.append(el("span", "badge", label));
  made.setAttribute("aria-pressed", String(span?.label === label));
  return made;
}

function ownLabel() {
  const made = button("echoice own", "+", "Another label");
  made.dataset.act = "own-label";
  return made;
}

/**
 * @param {string} text
 * @param {string} act
 * @param {string} label
 */
function action(text, act, label) {
  const made = button("eact", text, label);
  made.dataset.act = act;
  return made;
}

/**
 * Over a source line, under a target line: never over the gap where links are.
 * @param {App} app
 * @param {HTMLElement} menu
 * @param {Side} side
 * @param {Marked[]} nodes
 * @param {DrawnSpan | undefined} span
 */
function placeMenu(app, menu, side, nodes, span) {
  if (!nodes.length) {
    menu.hidden = true;
    return;
  }
  const origin = (menu.parentElement ?? app.root).getBoundingClientRect();
  const first = nodes[nodes.length - 1].getBoundingClientRect();
  // of the bars of the same line, those that hang on these words
  const bars = app.bars
    .filter(
      (b) =>
        b.node.parentElement === nodes[nodes.length - 1].parentElement &&
        (b.span === span || nodes.some((n) => covers(b.span, n.xp.token ?? -1))),
    )
    .map((b) => b.node.getBoundingClientRect());
  const rects = [first, ...bars];
  const middle = (first.left + first.right) / 2 - origin.left;
  const half = menu.offsetWidth / 2;
  menu.style.left = `${Math.max(0, Math.min(origin.width - 2 * half, middle - half))}px`;
  const over = side === "source" && Boolean(app.data.target);
  const y = over
    ? Math.min(...rects.map((r) => r.top)) - origin.top - menu.offsetHeight - 6
    : Math.max(...rects.map((r) => r.bottom)) - origin.top + 6;
  menu.style.top = `${y}px`;
}

/** @param {App} app */
export function askLabel(app) {
  const { menu } = app.parts;
  const field = el("input", "eown");
  field.placeholder = "new label";
  field.setAttribute("aria-label", "New label");
  field.maxLength = 40;
  field.onkeydown = (event) => {
    if (event.key === "Enter" && field.value.trim()) giveLabel(app, field.value.trim());
    if (event.key === "Escape") {
      drawMenu(app);
      refocus(app);
    }
    event.stopPropagation();
  };
  menu.querySelector(".own")?.replaceWith(field);
  field.focus();
}

// @ts-check
// Typing over a whole sentence. Words that stay keep their labels and links.

import { button, el } from "../../js/dom.js";
import { refocus } from "./focus.js";
import { sentenceOf } from "./forecast.js";
import { command } from "./outbox.js";

/** @import { App, Side } from "./types" */

/**
 * @param {App} app
 * @param {Side} side
 */
export function openText(app, side) {
  if (app.data.read_only || !app.data[side]) return;
  app.retext = side;
  drawText(app);
  app.parts.text.querySelector("textarea")?.focus();
}

/** @param {App} app */
export function drawText(app) {
  const { text } = app.parts;
  text.replaceChildren();
  text.hidden = !app.retext;
  if (!app.retext) return;
  const side = app.retext;
  const label = el(
    "label",
    "quiet",
    `${app.data.names[side]}: words that stay keep their labels and links, the rest is marked for a second look.`,
  );
  const field = el("textarea", "efield");
  const sentence = sentenceOf(app, side);
  field.dir = sentence.dir;
  field.lang = sentence.language;
  field.value = sentence.text;
  const before = field.value;
  field.rows = Math.min(8, 2 + Math.floor(field.value.length / 110));
  label.append(field);
  const keep = button("ebutton primary", "Save the text");
  keep.append(el("kbd", "", "Ctrl+Enter"));
  const leave = button("ebutton", "Cancel");
  leave.append(el("kbd", "", "Esc"));
  const close = () => {
    app.retext = null;
    drawText(app);
    refocus(app);
  };
  keep.onclick = () => {
    const typed = field.value;
    close();
    if (typed.trim() && typed !== before) command(app, "retext", { side, text: typed });
  };
  leave.onclick = close;
  field.onkeydown = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) keep.click();
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const row = el("div", "erow");
  row.append(keep, leave);
  text.append(label, row);
}

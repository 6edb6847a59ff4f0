// @ts-check
// What is chosen: where it comes from, whether somebody has looked at it, and a note.

import { button, colour, decimal, el, focused } from "../../js/dom.js";
import { tokensOf } from "./forecast.js";
import { command } from "./outbox.js";
import { chosenLink, chosenSpan, rangeOf, unchecked } from "./selection.js";
import { live } from "./steps.js";
import { describe, linkText, MARKS, madeBy, words } from "./wording.js";

/** @import { App, DrawnLink, DrawnSpan, TokenSelection, Words } from "./types" */

/** @param {App} app */
export function drawInspector(app) {
  const { inspector } = app.parts;
  const writing = inspector.querySelector("textarea");
  if (writing && writing === focused(app.root)) return;
  inspector.replaceChildren();
  const span = chosenSpan(app);
  const link = chosenLink(app);
  if (app.linking) inspector.append(...linkHint(app, app.linking));
  else if (span) thing(app, inspector, span, spanHead(app, span));
  else if (link) thing(app, inspector, link, linkHead(app, link));
  else if (app.sel?.kind === "tokens") inspector.append(...tokensInfo(app, app.sel));
  // on other pages than Review nobody checks anything
  else if (app.data.place || !app.data.read_only) inspector.append(summary(app));
}

/**
 * @param {App} app
 * @param {Words} from
 */
function linkHint(app, from) {
  const { side, start, end } = from;
  const hint = el("p", "ehint");
  hint.append(
    "Linking ",
    el("bdi", "ewords", words(app, side, start, end)),
    ": choose a word on the other side to link or unlink it.",
  );
  const row = el("div", "erow");
  row.append(keyed("Only possible", "possible", "U"), keyed("Enough", "end-link", "Esc"));
  return [hint, row];
}

/**
 * A button with its key.
 * @param {string} text
 * @param {string} act
 * @param {string} key
 */
function keyed(text, act, key) {
  const made = button("ebutton", text);
  made.dataset.act = act;
  made.append(el("kbd", "", key));
  return made;
}

/**
 * @param {App} app
 * @param {DrawnSpan} span
 */
function spanHead(app, span) {
  const head = el("p", "ehead");
  const badge = el("span", "badge", span.label);
  colour(app, badge, span.label);
  head.append(badge, " ", el("bdi", "ewords", words(app, span.side, span.start, span.end)));
  const from = span.from && app.view.spans.find((s) => s.id === span.from);
  const origin = el(
    "span",
    "quiet",
    ` ${span.by === "method" ? "projected by " : ""}${madeBy(span)}`,
  );
  if (from) origin.append(", from ", el("bdi", "", words(app, from.side, from.start, from.end)));
  head.append(origin);
  return head;
}

/**
 * @param {App} app
 * @param {DrawnLink} link
 */
function linkHead(app, link) {
  const head = el("p", "ehead");
  head.append(
    el("bdi", "ewords", tokensOf(app, "source")[link.source]),
    " – ",
    el("bdi", "ewords", tokensOf(app, "target")[link.target]),
    el(
      "span",
      "quiet",
      ` ${link.possible ? "possible link" : "link"}, ${link.by === "method" ? "found by " : ""}${madeBy(link)}`,
    ),
  );
  return head;
}

/**
 * @param {App} app
 * @param {HTMLElement} into
 * @param {DrawnSpan | DrawnLink} one
 * @param {HTMLElement} head
 */
export function thing(app, into, one, head) {
  const status = el(
    "span",
    `estatus ${one.status}`,
    `${MARKS[one.status]} ${one.status === "projected" ? "not checked" : one.status}`.trim(),
  );
  head.append(" ", status);
  const span = "id" in one ? one : null;
  const link = "id" in one ? null : one;
  if (span?.lost && live(span)) {
    head.append(" ", el("span", "bad", `landed nowhere: ${span.lost}`));
  }
  if (one.stale) head.append(" ", el("span", "bad", "! the text has changed under it"));
  into.append(head);
  if (app.data.read_only) {
    if (one.note) into.append(el("p", "quiet", one.note));
    return;
  }
  const row = el("div", "erow");
  /**
   * @param {string} text
   * @param {string} act
   * @param {string} key
   * @param {boolean} [off]
   */
  const add = (text, act, key, off) => {
    const made = keyed(text, act, key);
    made.disabled = Boolean(off);
    row.append(made);
  };
  add("Accept", "accept", "A", one.status === "accepted");
  add("Reject", "reject", "R", one.status === "rejected");
  if (link) add(link.possible && live(link) ? "Make it sure" : "Only possible", "possible", "U");
  else add("Label", "label", "Enter");
  add(link ? "Unlink" : "Delete", "delete", "Del", !live(one));
  if (unchecked(app).length) add("Accept all", "accept-all", "⇧A");
  const note = el("textarea", "enote");
  note.rows = 1;
  note.dir = "auto";
  note.value = one.note ?? "";
  note.placeholder = "Note (M)";
  note.setAttribute("aria-label", "Note");
  note.onchange = () => {
    if (note.value === one.note) return;
    if (span) command(app, "note", { span: span.id, text: note.value });
    if (link) command(app, "note", { link: [link.source, link.target], text: note.value });
  };
  row.append(note);
  into.append(row);
}

/**
 * @param {App} app
 * @param {TokenSelection} sel
 */
function tokensInfo(app, sel) {
  const { side } = sel;
  const { start, end } = rangeOf(sel);
  const other = side === "source" ? "target" : "source";
  const head = el("p", "ehead");
  head.append(
    el("bdi", "ewords", words(app, side, start, end)),
    el(
      "span",
      "quiet",
      end - start > 1
        ? ` ${end - start} words`
        : ` word ${start + 1} of ${tokensOf(app, side).length}`,
    ),
  );
  const row = el("div", "erow");
  for (const span of app.view.spans.filter(
    (s) => s.side === side && s.start < end && start < s.end,
  )) {
    const chip = button("echip", `${span.label} ${MARKS[span.status]}`.trim(), describe(app, span));
    chip.dataset.span = span.id;
    colour(app, chip, span.label);
    row.append(chip);
  }
  for (const link of app.view.links.filter((l) => start <= l[side] && l[side] < end)) {
    const chip = button("echip link", undefined, linkText(app, link));
    chip.classList.toggle("off", !live(link));
    chip.classList.toggle("possible", link.possible);
    chip.dataset.link = `${link.source}-${link.target}`;
    chip.append("↔ ", el("bdi", "", tokensOf(app, other)[link[other]]));
    if (link.score !== null && link.score !== undefined)
      chip.append(el("span", "quiet", ` ${decimal(link.score)}`));
    row.append(chip);
  }
  if (!app.data.read_only && app.data.source && app.data.target)
    row.append(keyed("Link", "link", "L"));
  return [head, row];
}

/** @param {App} app */
function summary(app) {
  const row = el("div", "erow");
  const open = unchecked(app).length;
  const all = app.view.spans.filter(live).length;
  const text = all ? `${all - open} of ${all} labels checked.` : "No labels yet.";
  row.append(el("span", "quiet", text));
  if (!app.data.read_only)
    row.append(el("span", "quiet", "Click or drag over words to label them; ? lists the keys."));
  if (open && !app.data.read_only) row.append(keyed("Accept all", "accept-all", "⇧A"));
  return row;
}

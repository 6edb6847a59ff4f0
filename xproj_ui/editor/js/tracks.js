// @ts-check
// Another system's labels, under the target.

import { button, colour, el, mark } from "../../js/dom.js";
import { lay } from "./forecast.js";
import { column, columnsOf } from "./grid.js";
import { live } from "./steps.js";
import { words } from "./wording.js";

/** @import { ReviewTrack, TrackSpan } from "../../js/payload" */
/** @import { App } from "./types" */

/**
 * Another system's labels: a click takes one over.
 * @param {App} app
 * @param {HTMLElement} node
 * @param {string[]} rows
 * @param {ReviewTrack} track
 * @param {number} from
 * @param {number} to
 * @param {boolean} narrow
 */
export function drawTrack(app, node, rows, track, from, to, narrow) {
  const spans = track.spans
    .filter((s) => s.start < to && s.end > from)
    .map((s) => ({ ...s, lane: 0 }));
  if (narrow && !spans.length) return;
  lay(spans);
  const lanes = Math.max(1, ...spans.map((s) => s.lane + 1));
  const name = el("span", narrow ? "ecaption" : "ename quiet");
  name.append(el("bdi", "", track.title));
  name.title = track.title;
  if (narrow) {
    rows.push("auto");
    name.style.gridRow = String(rows.length);
  } else name.style.gridRow = `${rows.length + 1} / span ${lanes}`;
  const top = rows.length + 1;
  for (let k = 0; k < lanes; k++) rows.push("var(--lane)");
  node.append(name);
  for (let i = from; i < to; i++) {
    const cell = el("span", "ecell");
    Object.assign(cell.style, {
      gridColumn: column(app, "target", i, from),
      gridRow: `${top} / span ${lanes}`,
    });
    node.append(cell);
  }
  for (const span of spans) node.append(trackBar(app, track, span, from, to, top + span.lane));
}

/**
 * @param {App} app
 * @param {ReviewTrack} track
 * @param {TrackSpan} span
 * @param {number} from
 * @param {number} to
 * @param {number} row
 */
function trackBar(app, track, span, from, to, row) {
  const same = app.view.spans.some(
    (s) =>
      s.side === "target" &&
      live(s) &&
      s.start === span.start &&
      s.end === span.end &&
      s.label === span.label,
  );
  const label = `${span.label}, ${words(app, "target", span.start, span.end)}, ${track.title}${same ? "" : ": take it over"}`;
  const made = mark(button("etrack", undefined, label), { track: span });
  const [start, end] = [Math.max(span.start, from), Math.min(span.end, to)];
  Object.assign(made.style, {
    gridColumn: columnsOf(app, "target", start, end, from),
    gridRow: row,
  });
  made.classList.toggle("same", same);
  made.tabIndex = -1;
  made.dataset.go = "";
  made.disabled = app.data.read_only;
  colour(app, made, span.label);
  made.append(el("span", "elabel", span.label));
  return made;
}

// @ts-check
// Both sentences like two staves of music: a line of the source over its line of the target,
// links in between, spans on the outer sides, the other systems' labels underneath.

import { button, el, mark, svg } from "../../js/dom.js";
import { barNodes } from "./bars.js";
import { tracksShown } from "./compare.js";
import { SIDES, sentenceOf, tokensOf } from "./forecast.js";
import { column, NARROW } from "./grid.js";
import { drawLinks } from "./links.js";
import { lineBreaks, measured, wordNode } from "./measure.js";
import { ghostNode, offered } from "./offer.js";
import { live } from "./steps.js";
import { drawTrack } from "./tracks.js";
import { spoken } from "./wording.js";

/** @import { ReviewTrack } from "../../js/payload" */
/** @import { App, Side } from "./types" */

/** @param {App} app */
export function drawScore(app) {
  const { score } = app.parts;
  const width = score.clientWidth;
  if (!width) return;
  const narrow = width < NARROW;
  const shown = tracksShown(app) ? app.data.tracks : [];
  const names = narrow ? 0 : 116;
  const widths = measured(app, width - names);
  app.lines = lineBreaks(app, widths, width - names);
  app.tok = { source: [], target: [] };
  app.bars = [];
  score.style.setProperty("--names", `${names}px`);
  const rtl = SIDES.some((side) => app.data[side]?.dir === "rtl");
  /**
   * @param {Side} side
   * @param {number} from
   * @param {number} to
   */
  const wide = (side, from, to) => widths[side].slice(from, to).reduce((sum, w) => sum + w, 0);
  const block =
    names +
    Math.max(
      ...app.lines.map(([a, b, c, d]) => Math.max(wide("source", a, b), wide("target", c, d))),
    );
  const overlay = svg("svg", { class: "eribs", "aria-hidden": "true" });
  const systems = app.lines.map(([a, b, c, d], k) => {
    const system = el("div", "system");
    if (rtl) system.style.inlineSize = `${block}px`;
    if (app.data.source)
      system.append(line(app, "source", a, b, widths.source, k === 0, narrow, []));
    if (app.data.source && app.data.target) system.append(el("div", "gap"));
    if (app.data.target)
      system.append(line(app, "target", c, d, widths.target, k === 0, narrow, shown));
    return system;
  });
  score.replaceChildren(overlay, ...systems);
  drawLinks(app, overlay);
}

/**
 * @param {App} app
 * @param {Side} side
 * @param {number} from
 * @param {number} to
 * @param {number[]} widths
 * @param {boolean} first
 * @param {boolean} narrow
 * @param {ReviewTrack[]} tracks
 */
export function line(app, side, from, to, widths, first, narrow, tracks) {
  const node = el("div", `eline ${side}`);
  node.dir = sentenceOf(app, side).dir;
  // names stand on the left, whichever way the line runs
  const columns = widths.slice(from, to).map((w) => `${w}px`);
  const rtl = node.dir === "rtl";
  node.style.gridTemplateColumns = (
    rtl ? [...columns, "1fr", "var(--names)"] : ["var(--names)", ...columns]
  ).join(" ");
  node.style.setProperty("--first", String(rtl ? columns.length + 2 : 1));
  const spans = app.view.spans.filter((s) => s.side === side && s.start < to && s.end > from);
  const lanes = spans.reduce((n, s) => Math.max(n, s.lane + 1), 0);
  const ghosts = offered(app, side, from, to);
  node.style.setProperty("--tint", `${Math.min(15, 48 / Math.max(1, lanes)).toFixed(1)}%`);
  const extra = ghosts.length ? 1 : 0;
  const tokenRow = side === "source" ? lanes + extra + 1 : 1;
  /** @param {number} lane */
  const laneRow = (lane) => (side === "source" ? lanes + extra - lane : lane + 2);
  const heights = Array(lanes + extra).fill("var(--lane)");
  const rows = side === "source" ? [...heights, "auto"] : ["auto", ...heights];
  if (first && !narrow) node.append(sideName(app, side, tokenRow));
  for (let i = from; i < to; i++)
    node.append(tokenNode(app, side, i, column(app, side, i, from), tokenRow));
  for (const span of spans)
    node.append(...barNodes(app, span, from, to, tokenRow, laneRow(span.lane)));
  for (const ghost of ghosts) node.append(ghostNode(app, ghost, from, to, laneRow(lanes)));
  for (const track of tracks) drawTrack(app, node, rows, track, from, to, narrow);
  node.style.gridTemplateRows = rows.join(" ");
  return node;
}

/**
 * @param {App} app
 * @param {Side} side
 * @param {number} row
 * @returns {HTMLElement}
 */
function sideName(app, side, row) {
  const name = el("span", "ename");
  name.append(el("bdi", "", app.data.names[side]));
  name.style.gridRow = String(row);
  if (!app.data.read_only) name.append(pencil(app, side));
  return name;
}

/**
 * @param {App} app
 * @param {Side} side
 */
export function pencil(app, side) {
  const made = button("epencil", "✎", `Edit the ${app.data.names[side]} text (T)`);
  made.dataset.retext = side;
  return made;
}

/**
 * @param {App} app
 * @param {Side} side
 * @param {number} i
 * @param {number} at
 * @param {number} row
 */
function tokenNode(app, side, i, at, row) {
  const node = mark(wordNode(app, side, tokensOf(app, side)[i]), { side, token: i });
  node.style.gridColumn = String(at);
  node.style.gridRow = String(row);
  node.tabIndex = -1;
  node.dataset.go = "";
  node.setAttribute("role", "button");
  node.setAttribute("aria-label", spoken(app, side, i));
  if (app.view.links.some((l) => l[side] === i && l.stale && live(l)))
    node.classList.add("stalelink");
  app.tok[side][i] = node;
  return node;
}

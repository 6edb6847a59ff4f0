// @ts-check
// Where boxes and ribbons go, once the tokens are on the screen.

import { all } from "../../js/dom.js";

/** @import { App, Edges } from "./types" */

/**
 * How far an outer box stands out over the one inside it, in px.
 * @param {number} lanes
 */
export function pitch(lanes) {
  return lanes < 2 ? 0 : Math.max(2, Math.min(4, 16 / (lanes - 1)));
}

/**
 * Smaller type and gaps in strands whose words would be cut short otherwise.
 * @param {App} app
 */
export function tighten(app) {
  const strands = all(app.root, ".strand");
  for (const strand of strands) strand.classList.remove("tight");
  const crowded = strands.filter((strand) =>
    all(strand, ".w").some((word) => word.scrollWidth > word.clientWidth),
  );
  for (const strand of crowded) strand.classList.add("tight");
}

/**
 * Where the tokens are; gives what then places boxes and ribbons, so that the columns can all
 * be read before any is written.
 * @param {App} app
 * @param {number} c
 * @param {HTMLElement} box
 */
export function placing(app, c, box) {
  const origin = box.getBoundingClientRect();
  if (!origin.width) return () => {};
  const rects = app.rows[c].map((tokens) =>
    tokens.map((token) => {
      const r = token.getBoundingClientRect();
      return {
        left: r.left - origin.left,
        right: r.right - origin.left,
        top: r.top - origin.top,
        bottom: r.bottom - origin.top,
      };
    }),
  );
  return () => place(app, c, rects);
}

/**
 * @param {App} app
 * @param {number} c
 * @param {Edges[][]} rects
 */
function place(app, c, rects) {
  const column = app.data.columns[c];
  const edges = rects.map((row) => row.map((r) => ({ left: r.left, right: r.right })));
  column.rows.forEach((row, r) =>
    row.spans.forEach((span, s) => {
      const mine = rects[r].slice(span.start, span.end);
      const out = (row.lanes - 1 - span.lane) * pitch(row.lanes);
      const left = Math.min(...mine.map((m) => m.left)) - out;
      const right = Math.max(...mine.map((m) => m.right)) + out;
      const top = mine[0].top + 1 - Math.min(out, 2);
      const bottom = mine[mine.length - 1].bottom - 1 + Math.min(out, 2);
      const style = app.boxes[c][r][s].style;
      style.left = `${left}px`;
      style.top = `${top}px`;
      style.width = `${right - left}px`;
      style.height = `${bottom - top}px`;
      for (const edge of edges[r].slice(span.start, span.end)) {
        edge.left = Math.min(edge.left, left);
        edge.right = Math.max(edge.right, right);
      }
    }),
  );
  /**
   * @param {number} r
   * @param {[number, number]} words
   */
  const middle = (r, [from, to]) => (rects[r][from].top + rects[r][to - 1].bottom) / 2;
  for (const rib of app.ribbons[c]) {
    const x1 = edges[rib.hop][rib.from[0]].right + 2;
    const x2 = edges[rib.hop + 1][rib.to[0]].left - 2;
    const y1 = middle(rib.hop, rib.from);
    const y2 = middle(rib.hop + 1, rib.to);
    const mx = (x1 + x2) / 2;
    const d = `M${x1} ${y1}C${mx} ${y1} ${mx} ${y2} ${x2} ${y2}`;
    rib.line.setAttribute("d", d);
    rib.hit?.setAttribute("d", d);
  }
}

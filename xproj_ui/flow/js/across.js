// @ts-check
// From left to right: stages along the top, what was lost below the stage that it did not reach.

import { svg } from "../../js/dom.js";
import { canvas, group, label } from "./paper.js";

/** @import { App } from "./types" */

const BAR = 12;

const SLOT = 40; // pixels that a label needs

const TALL = 260; // of all gold entities

/**
 * @param {App} app
 * @param {number} width
 */
export function across(app, width) {
  const { parts, total } = app;
  const columns = Math.max(...parts.map((p) => p.column)) + 1;
  const step = (width - BAR - 96) / Math.max(1, columns - 1);
  const unit = TALL / total;
  /** @type {{ x: number, y: number, tall: number }[]} */
  const places = [];
  const low = new Array(columns).fill(0);
  parts.forEach((part, k) => {
    const y = low[part.column];
    const tall = Math.max(1.5, part.count * unit);
    places[k] = { x: step * part.column, y, tall };
    low[part.column] = y + Math.max(tall + 12, part.colours ? SLOT : tall + 20);
  });
  const paper = canvas(app, width, Math.max(...low) + 8);
  const leaves = new Array(columns).fill(0); // how much of a stage has gone on so far
  /**
   * @param {number} k
   * @param {number} from
   */
  const go = (k, from) => {
    const part = parts[k];
    const start = places[parts.findIndex((p) => !p.colours && p.column === from)];
    const end = places[k];
    const y = start.y + leaves[from];
    const thick = part.count * unit;
    leaves[from] += thick;
    return ribbon(start.x + BAR, y, end.x, end.y, Math.max(1, thick));
  };
  const ways = parts.map((part, k) => (part.column ? go(k, part.column - 1) : null));
  parts.forEach((part, k) => {
    const { x, y, tall } = places[k];
    const shape = group(app, paper, k);
    if (ways[k]) shape.append(svg("path", { d: ways[k], class: "way" }));
    shape.append(svg("rect", { x, y, width: BAR, height: tall, class: "bar" }));
    const end = part.column === columns - 1;
    // over the stream that goes on, or beside a loss, as far as the next column
    label(
      app,
      k,
      x + BAR + 6,
      part.colours ? y + tall / 2 : y + Math.min(tall / 2, 24),
      end ? 92 : step - BAR - 14,
    );
  });
}

/**
 * @param {number} x1
 * @param {number} y1
 * @param {number} x2
 * @param {number} y2
 * @param {number} thick
 */
function ribbon(x1, y1, x2, y2, thick) {
  const middle = (x1 + x2) / 2;
  return (
    `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}v${thick}` +
    `C${middle} ${y2 + thick} ${middle} ${y1 + thick} ${x1} ${y1 + thick}Z`
  );
}

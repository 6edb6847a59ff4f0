// @ts-check
// From top to bottom, for narrow screens: the stream on the left, losses leaving to the right.

import { svg } from "../../js/dom.js";
import { canvas, group, label } from "./paper.js";

/** @import { App } from "./types" */

const WIDE = 96; // pixels of all gold entities

const STAGE = 34;

const LOSS = 34;

/**
 * @param {App} app
 * @param {number} width
 */
export function down(app, width) {
  const { parts, total } = app;
  const unit = WIDE / total;
  const columns = Math.max(...parts.map((p) => p.column)) + 1;
  /** @type {{ k: number, y: number }[]} */
  const rows = [];
  let y = 0;
  for (let column = 0; column < columns; column++) {
    parts.forEach((part, k) => {
      if (part.column === column && part.colours) {
        y += LOSS;
        rows.push({ k, y: y - LOSS / 2 });
      }
    });
    parts.forEach((part, k) => {
      if (part.column === column && !part.colours) {
        y += STAGE;
        rows.push({ k, y: y - STAGE / 2 });
      }
    });
  }
  const paper = canvas(app, width, y + 8);
  let right = 0; // of the stream, in pixels
  let top = 0;
  for (const row of rows) {
    const part = parts[row.k];
    const shape = group(app, paper, row.k);
    const thick = Math.max(1.5, part.count * unit);
    if (part.colours) {
      const bend = 26;
      const from = right - part.count * unit;
      shape.append(
        svg("path", {
          class: "way",
          d:
            `M${from} ${top}C${from} ${row.y} ${from + bend} ${row.y} ${WIDE + bend} ` +
            `${row.y - thick / 2}v${thick}C${from} ${row.y + thick} ${from} ${row.y} ${from} ${top}Z`,
        }),
      );
      paper.prepend(
        svg("rect", { x: 0, y: top, width: right, height: row.y - top, class: "stem" }),
      );
      top = row.y;
      right = Math.max(0, from);
      shape.append(
        svg("rect", {
          x: WIDE + bend,
          y: row.y - Math.max(3, thick / 2),
          width: 6,
          height: Math.max(6, thick),
          class: "bar",
        }),
      );
      label(app, row.k, WIDE + bend + 14, row.y, width - WIDE - bend - 16);
    } else {
      paper.prepend(
        svg("rect", { x: 0, y: top, width: right || thick, height: row.y - top, class: "stem" }),
      );
      right = part.count * unit;
      top = row.y;
      shape.append(
        svg("rect", { x: 0, y: row.y - 4, width: Math.max(2, thick), height: 8, class: "bar" }),
      );
      label(app, row.k, WIDE + 14, row.y, width - WIDE - 16);
    }
  }
}

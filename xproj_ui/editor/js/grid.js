// @ts-check
// Where things stand in the grid of a line.

import { sentenceOf } from "./forecast.js";

/** @import { App, Side } from "./types" */

export const NARROW = 560;

/**
 * The grid's column of a word in a line that begins at `from`.
 * @param {App} app
 * @param {Side} side
 * @param {number} i
 * @param {number} from
 */
export function column(app, side, i, from) {
  return i - from + (sentenceOf(app, side).dir === "rtl" ? 1 : 2);
}

/**
 * @param {App} app
 * @param {Side} side
 * @param {number} start
 * @param {number} end
 * @param {number} from
 */
export const columnsOf = (app, side, start, end, from) =>
  `${column(app, side, start, from)} / ${column(app, side, end, from)}`;

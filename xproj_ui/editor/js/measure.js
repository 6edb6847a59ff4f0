// @ts-check
// How wide the words are, and where both sentences are broken into lines.

import { el } from "../../js/dom.js";
import { pairsOfLines } from "./breaks.js";
import { SIDES, sentenceOf, tokensOf } from "./forecast.js";
import { live } from "./steps.js";

/** @import { App, Side } from "./types" */

/**
 * Widths of the words alone, and then with room for the labels over them.
 * @param {App} app
 * @param {number} room
 * @returns {Record<Side, number[]>}
 */
export function measured(app, room) {
  const key = JSON.stringify([room, app.data.source?.tokens, app.data.target?.tokens]);
  if (app.measure?.key !== key) {
    const probe = el("div", "eprobe");
    const nodes = SIDES.map((side) => tokensOf(app, side).map((text) => wordNode(app, side, text)));
    probe.append(...nodes.flat());
    app.parts.score.append(probe);
    const found = nodes.map((row) =>
      row.map((node) => Math.min(room, Math.ceil(node.getBoundingClientRect().width))),
    );
    probe.remove();
    app.measure = { key, source: found[0], target: found[1] };
    app.breaks = [];
  }
  const made = { source: [...app.measure.source], target: [...app.measure.target] };
  for (const side of SIDES) {
    const tracks = side === "target" ? app.data.tracks.flatMap((t) => t.spans) : [];
    for (const span of [...app.view.spans.filter((s) => s.side === side), ...tracks]) {
      const wanted = Math.min(room, span.label.length * 7.4 + ("status" in span ? 26 : 16));
      const has = made[side].slice(span.start, span.end).reduce((sum, w) => sum + w, 0);
      if (has < wanted && span.end <= made[side].length) made[side][span.end - 1] += wanted - has;
    }
  }
  return made;
}

/**
 * Lines stay where they are while words can still fit: nothing jumps under the pointer.
 * @param {App} app
 * @param {Record<Side, number[]>} widths
 * @param {number} room
 */
export function lineBreaks(app, widths, room) {
  const fits = app.breaks.every((p) =>
    SIDES.every((side, k) => {
      const [from, to] = [p[2 * k], p[2 * k + 1]];
      return to - from < 2 || widths[side].slice(from, to).reduce((sum, w) => sum + w, 0) <= room;
    }),
  );
  if (!fits || !app.breaks.length)
    app.breaks = pairsOfLines(widths.source, widths.target, app.view.links.filter(live), room);
  return app.breaks;
}

/**
 * @param {App} app
 * @param {Side} side
 * @param {string} text
 */
export function wordNode(app, side, text) {
  const node = el("span", "etok");
  const word = el("span", "ew", text);
  word.dir = sentenceOf(app, side).dir;
  word.lang = sentenceOf(app, side).language;
  node.append(word);
  return node;
}

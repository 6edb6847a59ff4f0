// @ts-check
// Links as ribbons. Those within a pair of lines are drawn quietly; those that leave it show
// only where they begin, until one of their words is looked at.

import { colour, mark, svg } from "../../js/dom.js";
import { covers } from "./forecast.js";
import { live } from "./steps.js";
import { linkText } from "./wording.js";

/** @import { App, Chosen, DrawnLink, Marked, Rib, Side } from "./types" */

/**
 * @param {App} app
 * @param {SVGSVGElement} overlay
 */
export function drawLinks(app, overlay) {
  const origin = app.parts.score.getBoundingClientRect();
  overlay.setAttribute("width", String(origin.width));
  overlay.setAttribute("height", String(origin.height));
  /** @param {Marked | undefined} node */
  const at = (node) => {
    if (!node) return null;
    const r = node.getBoundingClientRect();
    return {
      x: (r.left + r.right) / 2 - origin.left,
      top: r.top - origin.top,
      bottom: r.bottom - origin.top,
    };
  };
  const rects = { source: app.tok.source.map(at), target: app.tok.target.map(at) };
  /** @type {Record<Side, number[]>} */
  const pairOf = { source: [], target: [] };
  app.lines.forEach(([a, b, c, d], k) => {
    for (let i = a; i < b; i++) pairOf.source[i] = k;
    for (let j = c; j < d; j++) pairOf.target[j] = k;
  });
  app.ribs = [];
  const shapes = [];
  for (const link of app.view.links) {
    const [s, t] = [rects.source[link.source], rects.target[link.target]];
    if (!s || !t) continue;
    const near = pairOf.source[link.source] === pairOf.target[link.target];
    /** @type {Rib} */
    const rib = { link, line: ribbonLine(app, link) };
    const whole = curve(s.x, s.bottom + 1, t.x, t.top - 1);
    const lean = Math.sign(t.x - s.x) * 5;
    const stubs = `M${s.x} ${s.bottom + 1}l${lean} 9M${t.x} ${t.top - 1}l${-lean} -9`;
    rib.line.setAttribute("d", near ? whole : stubs);
    if (!near) {
      rib.line.classList.add("stub");
      rib.full = ribbonLine(app, link);
      rib.full.classList.add("far");
      rib.full.setAttribute("d", whole);
      shapes.push(rib.full);
    }
    const hit = mark(svg("path", { class: "ehit", d: near ? whole : stubs }), { link });
    const title = svg("title", {});
    title.textContent = linkText(app, link);
    hit.append(title);
    shapes.push(rib.line, hit);
    app.ribs.push(rib);
  }
  overlay.replaceChildren(...shapes);
}

/**
 * @param {number} x1
 * @param {number} y1
 * @param {number} x2
 * @param {number} y2
 */
function curve(x1, y1, x2, y2) {
  const bend = Math.max(14, Math.abs(y2 - y1) * 0.5);
  return `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
}

/**
 * @param {App} app
 * @param {DrawnLink} link
 */
function ribbonLine(app, link) {
  const line = svg("path", { class: `erib ${link.status}` });
  line.style.strokeWidth = (1 + 2.6 * (link.score ?? 1)).toFixed(2);
  line.classList.toggle("possible", link.possible);
  line.classList.toggle("pending", link.pending);
  line.classList.toggle("stale", link.stale);
  const label = sharedLabel(app, link);
  if (label) {
    colour(app, line, label);
    line.classList.add("same");
  }
  return line;
}

/**
 * The label of the spans at both ends, if it is one.
 * @param {Chosen} app
 * @param {DrawnLink} link
 */
function sharedLabel(app, link) {
  const here = app.view.spans
    .filter((s) => s.side === "source" && live(s) && covers(s, link.source))
    .map((s) => s.label);
  return app.view.spans.find(
    (s) => s.side === "target" && live(s) && covers(s, link.target) && here.includes(s.label),
  )?.label;
}

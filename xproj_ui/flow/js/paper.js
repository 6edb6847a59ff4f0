// @ts-check
// What a flow is drawn on, and with.

import { el, svg } from "../../js/dom.js";

/** @import { App } from "./types" */

/**
 * @param {App} app
 * @param {number} wide
 * @param {number} tall
 */
export function canvas(app, wide, tall) {
  const node = svg("svg", { width: wide, height: tall, viewBox: `0 0 ${wide} ${tall}` });
  app.root.style.height = `${tall}px`;
  app.root.append(node);
  return node;
}

/**
 * @param {App} app
 * @param {SVGSVGElement} canvas
 * @param {number} k
 */
export function group(app, canvas, k) {
  const part = app.parts[k];
  const share = ((100 * part.count) / app.total).toFixed(1);
  const said =
    `${part.colours ? "Lost: " : ""}${part.name}, ${part.count} gold entities, ` +
    `${share} per cent. Show their sentences.`;
  const node = svg("g", {
    role: "button",
    tabindex: "0",
    "aria-label": said,
    "data-part": k,
    class: part.colours ? "part loss" : "part stage",
  });
  if (part.colours) {
    node.style.setProperty("--c", `light-dark(${part.colours[0]}, ${part.colours[1]})`);
  }
  const title = svg("title", {});
  title.textContent = `${part.name}: ${part.count.toLocaleString("en")} (${share} %)`;
  node.append(title);
  canvas.append(node);
  return node;
}

/**
 * @param {App} app
 * @param {number} k
 * @param {number} x
 * @param {number} y
 * @param {number} wide
 */
export function label(app, k, x, y, wide) {
  const part = app.parts[k];
  const node = el("div", part.colours ? "label loss" : "label stage");
  node.dataset.part = String(k);
  node.append(el("span", "name", part.name), " ", el("b", "", part.count.toLocaleString("en")));
  Object.assign(node.style, { left: `${x}px`, top: `${y}px`, maxWidth: `${wide}px` });
  app.root.append(node);
}

// @ts-check
// The legend, and which view is drawn.

import { button, colour, el, first, focused } from "../../js/dom.js";

/** @import { App } from "./types" */

/** The choice that holds. */
export const PRESSED = '[aria-pressed="true"]';

/** @param {App} app */
export function drawBar(app) {
  const legend = el("div", "legend");
  for (const label of Object.keys(app.data.colours)) {
    const badge = el("span", "badge", label);
    colour(app, badge, label);
    legend.append(badge);
  }
  const heat = app.view === "heat";
  legend.append(
    el("span", "hint", heat ? "fuller: stronger; outlined: link" : "thicker: stronger link"),
  );
  const group = el("div", "picker");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "View");
  for (const [view, name] of [
    ["ribbons", "Ribbons"],
    ["heat", "Heat map"],
  ]) {
    const choice = button("choice", name);
    choice.dataset.view = view;
    choice.setAttribute("aria-pressed", String(app.view === view));
    group.append(choice);
  }
  const inside = app.parts.bar.contains(focused(app.root));
  app.parts.bar.hidden = !app.data.columns.some((c) => c.rows.length);
  app.parts.bar.replaceChildren(legend, group);
  if (inside) first(group, PRESSED)?.focus();
}

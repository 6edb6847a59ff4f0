// @ts-check
// Lighting up what belongs together, in every row and track.

import { heatPair, pointAt } from "./matrix.js";
import { range, seedsOf, spread } from "./reach.js";
import { marked } from "./refs.js";

/** @import { App, Lit, Ref } from "./types" */

/**
 * @param {App} app
 * @param {Ref} ref
 * @param {{ clientX: number, clientY: number }} event
 */
export function light(app, ref, event) {
  if (app.ref === ref && !ref.heat) return;
  app.ref = ref;
  const pair = ref.heat ? heatPair(ref.heat, event) : null;
  if (ref.heat && !pair) return dark(app);
  if (ref.heat && pair) pointAt(app, ref.heat, pair);
  const seeds = seedsOf(app, ref, pair);
  if (!seeds) return dark(app);
  const key = JSON.stringify(seeds.map((s) => s?.map((row) => [...row]) ?? null));
  if (app.lit === key) return;
  app.lit = key;
  const lit = spread(app, seeds, ref);
  app.root.classList.add("lit");
  show(app, lit, ref);
}

/** @param {App} app */
export function dark(app) {
  app.ref = null;
  if (app.lit === null) return;
  app.lit = null;
  app.root.classList.remove("lit");
  for (const node of app.root.querySelectorAll(".on, .at, .kin"))
    node.classList.remove("on", "at", "kin");
  for (const { node, help } of app.readouts.filter(Boolean)) node.textContent = help;
  for (const node of app.root.querySelectorAll(".cursor"))
    node.setAttribute("visibility", "hidden");
}

/**
 * @param {App} app
 * @param {Lit} lit
 * @param {Ref} ref
 */
function show(app, lit, ref) {
  app.rows.forEach((rows, c) =>
    rows.forEach((tokens, r) =>
      tokens?.forEach((node, i) => {
        node.classList.remove("kin");
        node.classList.toggle("on", Boolean(lit.columns[c]?.[r].has(i)));
        node.classList.toggle(
          "at",
          node.xp === ref || Boolean(ref.column === c && ref.row === r && ref.token === i),
        );
      }),
    ),
  );
  app.boxes.forEach((rows, c) =>
    rows.forEach((boxes, r) =>
      boxes?.forEach((node) => {
        const tokens = node.xp.span ? range(node.xp.span.start, node.xp.span.end) : [];
        const on = tokens.some((i) => lit.columns[c]?.[r].has(i));
        node.classList.toggle("on", on);
        if (on) tokens.forEach((i) => app.rows[c][r][i].classList.add("kin"));
        node.classList.toggle("at", Boolean(ref.entity) && node.xp.entity === ref.entity);
      }),
    ),
  );
  app.ribbons.forEach((ribbons, c) =>
    ribbons.forEach((rib) => {
      const on =
        range(...rib.from).some((i) => lit.columns[c]?.[rib.hop].has(i)) &&
        range(...rib.to).some((i) => lit.columns[c]?.[rib.hop + 1].has(i));
      rib.line.classList.toggle("on", on);
    }),
  );
  for (const node of app.lines ? marked(app.lines) : []) {
    const { token = -1, span, entity } = node.xp;
    const on = span
      ? range(span.start, span.end).some((i) => lit.target.has(i))
      : lit.target.has(token);
    node.classList.toggle("on", on);
    node.classList.toggle("at", node.xp === ref || Boolean(entity && entity === ref.entity));
  }
}

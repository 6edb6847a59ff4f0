// @ts-check
// The steps that an entity went through, the failed one marked, and what each method made of it.

import { button, el, mark, quoting, shaded } from "../../js/dom.js";

/** @import { StageView, WhyView } from "../../js/payload" */
/** @import { App } from "./types" */

/** A sign for each state, so that it is not told by colour alone. */
const SIGNS = { done: "✓", failed: "✕", open: "…", absent: "–" };
const SAID = { done: "", failed: "went wrong here", open: "", absent: "" };

/**
 * translate · tag · link · place
 * @param {App} app
 * @param {WhyView} why
 */
export function strip(app, why) {
  const list = el("ol", "strip");
  list.setAttribute("aria-label", "The steps that it went through");
  for (const stage of why.stages) list.append(stageOf(app, stage));
  return list;
}

/**
 * @param {App} app
 * @param {StageView} stage
 */
function stageOf(app, stage) {
  const item = el("li", `stage ${stage.state}`);
  item.dataset.step = stage.step;
  const name = el("span", "stagename");
  const sign = el("span", "sign", SIGNS[stage.state]);
  sign.setAttribute("aria-hidden", "true");
  name.append(sign, ` ${stage.name}`);
  item.append(name);
  if (SAID[stage.state]) item.append(el("b", "fault", SAID[stage.state]));
  const did = el("span", "did");
  did.append(...quoting(stage.text));
  item.append(did);
  if (stage.state === "failed") shaded(item, app.data.step_colours[stage.step]);
  return item;
}

/** @param {WhyView} why */
export function outcomesOf(why) {
  const list = el("ul", "outcomes");
  list.setAttribute("aria-label", "What each method made of the gold entity");
  for (const outcome of why.outcomes) {
    const item = el("li");
    const here = outcome.entity === why.id;
    const text = `${outcome.title}: ${outcome.text}`;
    const sign = outcome.right ? "✓" : "✕";
    if (here) item.append(el("b", "", `${sign} ${text}`));
    else item.append(mark(button("other", `${sign} ${text}`), { entity: outcome.entity }));
    list.append(item);
  }
  return list;
}

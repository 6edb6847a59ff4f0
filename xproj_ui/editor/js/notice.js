// @ts-check
// What has to be said beside the sentence: an offer, a conflict, a problem.

import { button, el } from "../../js/dom.js";
import { shownOffer } from "./offer.js";

/** @import { Conflict, ReviewOffer } from "../../js/payload" */
/** @import { App } from "./types" */

/** @param {App} app */
export function drawNotice(app) {
  app.parts.notice.replaceChildren();
  if (app.data.conflict) drawConflict(app, app.data.conflict);
  else if (app.problem) {
    const row = el("div", "enotice bad", app.problem);
    row.setAttribute("role", "alert");
    app.parts.notice.append(row);
  }
  const offer = shownOffer(app);
  if (offer && !app.data.read_only) drawOffer(app, offer);
}

/**
 * @param {App} app
 * @param {ReviewOffer} offer
 */
function drawOffer(app, offer) {
  const { notice } = app.parts;
  const row = el("div", "enotice offer");
  const text = el("p", "");
  text.append(el("b", "", "With these links the labels would change. "), offer.messages.join(" "));
  const take = button("ebutton primary", "Take it");
  take.dataset.act = "take";
  take.append(el("kbd", "", "Y"));
  const keep = button("ebutton", "Keep as it is");
  keep.dataset.act = "keep";
  keep.append(el("kbd", "", "X"));
  take.disabled = keep.disabled = app.view.renewing;
  row.append(text, take, keep);
  notice.append(row);
}

/**
 * @param {App} app
 * @param {Conflict} conflict
 */
function drawConflict(app, conflict) {
  const row = el("div", "enotice bad");
  row.setAttribute("role", "alert");
  const lost = app.unsaved
    ? ` Your last ${app.unsaved === 1 ? "change was" : `${app.unsaved} changes were`} not saved.`
    : "";
  const text = el("p", "");
  text.append(
    el("bdi", "ewords", conflict.by),
    ` changed this sentence at ${conflict.at}.${lost} Nothing was overwritten.`,
  );
  const load = button("ebutton primary", "Load their version");
  load.dataset.act = "load";
  row.append(text, load);
  app.parts.notice.append(row);
}

// @ts-check
// Gold and other systems' labels: on a narrow screen they are hidden until they are asked for.

import { NARROW } from "./grid.js";

/** @import { App } from "./types" */

const TRACKS = "xproj-compare";

/** @param {App} app */
export const tracksShown = (app) => app.tracks ?? app.parts.score.clientWidth >= NARROW;

/**
 * The choice holds for the next visit too.
 * @param {App} app
 */
export function toggleTracks(app) {
  app.tracks = !tracksShown(app);
  try {
    localStorage.setItem(TRACKS, app.tracks ? "1" : "0");
  } catch {
    /* a browser may forbid it */
  }
  app.draw();
}

export function tracksChosen() {
  try {
    const chosen = localStorage.getItem(TRACKS);
    return chosen === null ? undefined : chosen === "1";
  } catch {
    return undefined;
  }
}

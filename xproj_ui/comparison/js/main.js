// @ts-check
// Called by Streamlit with every new payload, on the same root: draws what changed.

import { closest, el, first, place } from "../../js/dom.js";
import { adoptTheme } from "../../js/theme.js";
import { drawBar, PRESSED } from "./bar.js";
import { openTabStops } from "./focus.js";
import { onKey } from "./keys.js";
import { dark, light } from "./light.js";
import { tighten } from "./place.js";
import { refAt, stopAt } from "./refs.js";
import { drawBody, drawColumn } from "./strand.js";
import { drawTracks, layTracks } from "./tracks.js";
import { drawWhy, findWhy, markChosen, select, tell } from "./why.js";

/** @import { Payload } from "../../js/payload" */
/** @import { Component } from "../../js/streamlit" */
/** @import { App, View } from "./types" */

/** @type {WeakMap<HTMLElement, App>} */
const apps = new WeakMap();

/** @param {Component<Payload>} component */
export default function (component) {
  const root = place(component.parentElement, ".xp");
  const app = apps.get(root) ?? mount(root, component);
  apps.set(root, app);
  app.state = component.setStateValue;
  app.trigger = component.setTriggerValue;
  update(app, component.data);
  return () => {
    app.observer.disconnect();
    app.listening.abort();
    root.replaceChildren();
    apps.delete(root);
  };
}

/**
 * @param {HTMLElement} root
 * @param {Component<Payload>} component
 */
function mount(root, component) {
  let width = 0;
  /** @type {App} */
  const app = {
    root,
    data: component.data,
    digest: null,
    view: "ribbons",
    selected: null,
    lit: null,
    ref: null,
    matrix: {},
    told: { view: [], selected: [] },
    heard: {},
    ahead: false,
    parts: {
      tracks: el("section", "card tracks"),
      bar: el("div", "bar-top"),
      columns: el("div", "columns"),
      why: el("section", "card why"),
    },
    watch: el("div", "watch"),
    lines: null,
    laid: null,
    rows: [],
    boxes: [],
    ribbons: [],
    places: [],
    bodies: [],
    readouts: [],
    listening: new AbortController(),
    observer: new ResizeObserver(() => {
      if (root.clientWidth === width) return;
      width = root.clientWidth;
      arrange(app);
    }),
    state: component.setStateValue,
    trigger: component.setTriggerValue,
  };
  app.parts.why.setAttribute("aria-live", "polite");
  app.parts.why.hidden = true;
  root.replaceChildren(app.watch, ...Object.values(app.parts));
  listen(app);
  adoptTheme(app);
  app.observer.observe(root);
  document.fonts?.ready.then(() => arrange(app, true));
  return app;
}

/** @param {App} app */
function listen(app) {
  /**
   * @template {keyof HTMLElementEventMap} Type
   * @param {Type} type
   * @param {(event: HTMLElementEventMap[Type]) => void} handler
   */
  const on = (type, handler) =>
    app.root.addEventListener(type, handler, { signal: app.listening.signal });
  on("pointermove", (event) => hovered(app, event));
  on("pointerleave", () => dark(app));
  on("pointerover", (event) => lookAhead(app, event));
  on("focusin", (event) => {
    lookAhead(app, event);
    onFocus(app, event);
  });
  on("focusout", () => dark(app));
  on("click", (event) => clicked(app, event));
  on("keydown", (event) => onKey(app, event));
  // the watch's colour is the page's, with a transition: its start tells of a new theme
  on("transitionrun", (event) => event.target === app.watch && adoptTheme(app));
}

/**
 * @param {App} app
 * @param {Payload} data
 */
function update(app, data) {
  const fresh = data.digest !== app.digest;
  const arrived = !fresh && app.data.closed && !data.closed;
  app.data = data;
  app.digest = data.digest;
  const view = heard(app, "view", data.view);
  const selected = heard(app, "selected", data.selected);
  const turned = view !== undefined && view !== app.view;
  if (view !== undefined) app.view = view;
  if (selected !== undefined) app.selected = selected;
  if (fresh) draw(app);
  else if (turned || (arrived && app.view === "heat")) drawBodies(app);
  if (fresh || selected !== undefined) drawWhy(app);
}

/**
 * A value from Python counts unless it repeats itself or echoes what we told it.
 * @template {string | null} Value
 * @param {App} app
 * @param {string} key
 * @param {Value} value
 */
function heard(app, key, value) {
  const told = app.told[key].indexOf(value);
  const repeated = key in app.heard && app.heard[key] === value;
  app.heard[key] = value;
  if (told >= 0) {
    app.told[key].splice(0, told + 1);
    return undefined;
  }
  return repeated ? undefined : value;
}

/** @param {App} app */
function draw(app) {
  const { columns } = app.data;
  dark(app);
  Object.assign(app, {
    rows: columns.map(() => []),
    ribbons: columns.map(() => []),
    boxes: columns.map(() => []),
    places: [],
    bodies: [],
    readouts: [],
  });
  if (app.selected !== null && !findWhy(app, app.selected)) app.selected = null;
  drawTracks(app);
  drawBar(app);
  app.parts.columns.dataset.n = String(columns.length);
  app.parts.columns.replaceChildren(...columns.map((_, c) => drawColumn(app, c)));
  arrange(app, true);
}

/** @param {App} app */
function drawBodies(app) {
  dark(app);
  app.readouts = [];
  drawBar(app);
  app.bodies.forEach((body, c) => body && drawBody(app, c));
  arrange(app);
  drawWhy(app);
}

/**
 * @param {App} app
 * @param {boolean} [again]
 */
function arrange(app, again) {
  if (again && app.lines) app.laid = null;
  layTracks(app);
  tighten(app);
  for (const write of app.places.map((read) => read?.())) write?.();
  openTabStops(app);
  markChosen(app);
}

/**
 * @param {App} app
 * @param {PointerEvent} event
 */
function hovered(app, event) {
  if (event.pointerType === "touch") return;
  const ref = refAt(event);
  if (ref) light(app, ref, event);
  else dark(app);
}

/**
 * @param {App} app
 * @param {FocusEvent} event
 */
function onFocus(app, event) {
  const node = stopAt(event);
  // no heat map among these: there is no place under a pointer to look at
  if (node?.matches(":focus-visible")) light(app, node.xp, { clientX: 0, clientY: 0 });
}

/**
 * @param {App} app
 * @param {MouseEvent} event
 */
function clicked(app, event) {
  const choice = closest(event, ".choice");
  if (choice?.dataset.view) return turn(app, choice.dataset.view === "heat" ? "heat" : "ribbons");
  if (choice) {
    const c = Number(choice.dataset.column);
    app.matrix[app.data.columns[c].method] = Number(choice.dataset.matrix);
    drawBody(app, c);
    arrange(app);
    first(app.bodies[c], PRESSED)?.focus();
    return;
  }
  if (closest(event, ".close")) return select(app, null);
  const pencil = closest(event, ".pencil");
  if (pencil)
    return app.trigger("edit", { slot: pencil.dataset.slot, method: pencil.dataset.method });
  const ref = refAt(event);
  if (ref?.entity) select(app, ref.entity, true);
  else if (ref) light(app, ref, event);
  else dark(app);
}

/**
 * Have the matrices sent while the hand is still on its way to the button that shows them.
 * @param {App} app
 * @param {Event} event
 */
function lookAhead(app, event) {
  if (app.ahead || !app.data.closed || closest(event, "[data-view]")?.dataset.view !== "heat")
    return;
  app.ahead = true;
  app.state("ahead", true);
}

/**
 * @param {App} app
 * @param {View} view
 */
function turn(app, view) {
  if (view === app.view) return;
  if (view !== "heat" && app.ahead) {
    app.ahead = false;
    app.state("ahead", false);
  }
  app.view = view;
  if (view === "heat" && app.data.closed)
    drawBar(app); // the matrices are on their way
  else drawBodies(app);
  first(app.parts.bar, PRESSED)?.focus();
  tell(app, "view", view);
}

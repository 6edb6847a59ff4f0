// @ts-check
// Called by Streamlit with every new payload, on the same root: draws what changed.

import { el, place } from "../../js/dom.js";
import { adoptTheme } from "../../js/theme.js";
import { isEdit } from "./ahead.js";
import { drawBar } from "./bar.js";
import { tracksChosen } from "./compare.js";
import { choose, draw, say, show, update } from "./draw.js";
import { refocus } from "./focus.js";
import { onKey } from "./keys.js";
import { clicked, hoverOver, moved, pressed, released } from "./mouse.js";
import { keepUnsent } from "./revive.js";

/** @import { EditorPayload } from "../../js/payload" */
/** @import { Component } from "../../js/streamlit" */
/** @import { App } from "./types" */

/** @type {WeakMap<HTMLElement, App>} */
const apps = new WeakMap();

/** @param {Component<EditorPayload>} component */
export default function (component) {
  const root = place(component.parentElement, ".xp");
  const app = apps.get(root) ?? mount(root, component);
  apps.set(root, app);
  app.trigger = component.setTriggerValue;
  update(app, component.data);
  return () => {
    clearTimeout(app.timer);
    app.observer.disconnect();
    app.listening.abort();
    root.replaceChildren();
    apps.delete(root);
  };
}

/**
 * @param {HTMLElement} root
 * @param {Component<EditorPayload>} component
 */
function mount(root, component) {
  const app = newApp(root, component);
  const { parts } = app;
  parts.live.setAttribute("aria-live", "polite");
  parts.menu.setAttribute("role", "group");
  parts.menu.setAttribute("aria-label", "Labels");
  parts.score.setAttribute("role", "group");
  const card = el("section", "card editor");
  card.append(
    parts.bar,
    parts.text,
    parts.score,
    parts.notice,
    parts.inspector,
    parts.menu,
    parts.live,
  );
  root.replaceChildren(app.watch, card, parts.help);
  listen(app);
  adoptTheme(app);
  app.observer.observe(root);
  document.fonts?.ready.then(() => {
    app.measure = null;
    app.draw();
  });
  return app;
}

/**
 * @param {HTMLElement} root
 * @param {Component<EditorPayload>} component
 * @returns {App}
 */
function newApp(root, { data, setTriggerValue }) {
  let width = 0;
  /** @type {App} */
  const app = {
    root,
    parts: {
      bar: el("div", "ebar-top"),
      notice: el("div", "enotices"),
      text: el("div", "etext"),
      score: el("div", "staves"),
      inspector: el("div", "einspector"),
      menu: el("div", "emenu"),
      help: el("dialog", "card ehelp"),
      live: el("div", "elive"),
    },
    data,
    served: data,
    fresh: true,
    view: { spans: [], links: [], done: false, offer: null, renewing: false },
    guess: null,
    queue: [],
    flight: null,
    made: {},
    count: 0,
    session: Math.random().toString(36).slice(2, 10),
    unsaved: 0,
    problem: null,
    told: null,
    lastSaved: null,
    tries: 0,
    leaving: false,
    trigger: setTriggerValue,
    sel: null,
    menu: false,
    edge: "end",
    linking: null,
    hover: null,
    drag: null,
    swallow: false,
    retext: null,
    tracks: tracksChosen(),
    tok: { source: [], target: [] },
    bars: [],
    ribs: [],
    lines: [],
    breaks: [],
    measure: null,
    listening: new AbortController(),
    observer: new ResizeObserver(() => {
      if (root.clientWidth === width) return;
      width = root.clientWidth;
      app.draw();
    }),
    watch: el("div", "watch"),
    draw: () => draw(app),
    drawBar: () => drawBar(app),
    show: (next) => show(app, next),
    choose: (sel) => choose(app, sel),
    refocus: () => refocus(app),
    say: (text) => say(app, text),
  };
  return app;
}

/** @param {App} app */
function listen(app) {
  const { root } = app;
  const { signal } = app.listening;
  /**
   * @template {keyof HTMLElementEventMap} Type
   * @param {Type} type
   * @param {(event: HTMLElementEventMap[Type]) => void} handler
   */
  const on = (type, handler) => root.addEventListener(type, handler, { signal });
  on("pointerdown", (event) => pressed(app, event));
  on("pointermove", (event) => moved(app, event));
  on("pointerup", (event) => released(app, event));
  on("pointercancel", () => {
    app.drag = null;
    app.draw();
  });
  on("pointerleave", () => app.drag || hoverOver(app, null));
  on("click", (event) => clicked(app, event));
  on("keydown", (event) => onKey(app, event));
  on("transitionrun", (event) => event.target === app.watch && adoptTheme(app));
  // keys also work while nothing on the page has the focus
  const unfocused = (/** @type {KeyboardEvent} */ event) => {
    if (document.activeElement !== document.body || event.key === " ") return;
    if (!app.data.read_only) onKey(app, event);
  };
  document.addEventListener("keydown", unfocused, { signal });
  const leave = (/** @type {BeforeUnloadEvent} */ event) => {
    if (app.queue.some(isEdit) && !app.leaving) event.preventDefault();
  };
  window.addEventListener("beforeunload", leave, { signal });
  window.addEventListener("pagehide", () => keepUnsent(app), { signal });
}

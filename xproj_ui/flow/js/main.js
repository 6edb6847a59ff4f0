// @ts-check
// The flow, drawn across or down as the width allows.

import { all, closest, focused, place } from "../../js/dom.js";
import { adoptTheme } from "../../js/theme.js";
import { across } from "./across.js";
import { down } from "./down.js";

/** @import { Part } from "../../js/payload" */
/** @import { Component } from "../../js/streamlit" */
/** @import { App } from "./types" */

const NARROW = 720;

/** @type {WeakMap<HTMLElement, ResizeObserver>} */
const observers = new WeakMap();

/** @param {App} app */
function draw(app) {
  const width = Math.floor(app.root.getBoundingClientRect().width);
  if (!width) return;
  const part = focused(app.root)?.dataset.part;
  app.root.replaceChildren();
  adoptTheme(app);
  (width < NARROW ? down : across)(app, width);
  if (part !== undefined) all(app.root, `g[data-part="${part}"]`)[0]?.focus();
}

/** @param {Component<{ parts: Part[] }>} component */
export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const root = place(parentElement, ".flow");
  const app = { root, parts: data.parts, total: data.parts[0]?.count || 1 };
  /** @param {Event} event */
  const pick = (event) => {
    const part = closest(event, "[data-part]");
    if (part) setTriggerValue("pick", Number(part.dataset.part));
  };
  root.onclick = pick;
  root.onkeydown = (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      pick(event);
    }
  };
  // a label lights up with its stream
  /** @param {PointerEvent} event */
  const light = (event) => {
    const k =
      event.type === "pointerover" ? closest(event, "[data-part]")?.dataset.part : undefined;
    for (const node of all(root, "[data-part]")) {
      node.classList.toggle("lit", node.dataset.part === k);
    }
  };
  root.onpointerover = light;
  root.onpointerout = light;
  draw(app);
  observers.get(root)?.disconnect();
  let last = root.getBoundingClientRect().width;
  const observer = new ResizeObserver(() => {
    const now = root.getBoundingClientRect().width;
    if (Math.abs(now - last) >= 1) {
      last = now;
      draw(app);
    }
  });
  observer.observe(root);
  observers.set(root, observer);
  return () => observer.disconnect();
}

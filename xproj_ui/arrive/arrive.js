// @ts-check
// Streamlit keeps the place on the page when something appears far below it.

const GROWING = 2500; // milliseconds in which something may still be drawn

/** @import { Component } from "../js/streamlit" */

/**
 * What is known of a place: how often somebody has asked for it, where they came from, and what
 * lets go of the page.
 * @typedef {{ times: number, from?: number, free?: () => void }} Place
 * @type {WeakMap<Element, Place>}
 */
const places = new WeakMap();

/**
 * The page, and not the box of a line's height that a component stands in.
 * @param {Element} node
 * @returns {Element}
 */
function scroller(node) {
  /** @type {Element | null} */
  let one = node;
  while (one) {
    const scrolls = /(auto|scroll)/.test(getComputedStyle(one).overflowY);
    if (scrolls && one.clientHeight > innerHeight / 2) return one;
    /** @type {Node} */
    const tree = one.getRootNode();
    one = one.parentElement ?? (tree instanceof ShadowRoot ? tree.host : null);
  }
  return document.scrollingElement ?? document.documentElement;
}

const HANDS = ["wheel", "touchmove", "keydown", "mousedown"];

/**
 * Do `go` now and whenever the page grows or shrinks, until it has settled or the reader scrolls.
 * @param {Element} page
 * @param {() => void} go
 */
function hold(page, go) {
  const grown = new ResizeObserver(go);
  for (const part of page.children) grown.observe(part);
  const free = () => {
    grown.disconnect();
    for (const event of HANDS) page.removeEventListener(event, free);
  };
  for (const event of HANDS) page.addEventListener(event, free, { passive: true });
  setTimeout(free, GROWING);
  go();
  return free;
}

/** @param {Component<{ times: number }>} component */
export default function (component) {
  const { parentElement, data } = component;
  const here = /** @type {HTMLElement} */ (parentElement.querySelector(".arrive"));
  const page = scroller(here);
  const place = places.get(here) ?? { times: 0 };
  places.set(here, place);
  if (data.times > place.times) {
    place.from ??= page.scrollTop;
    place.free?.();
    place.free = hold(page, () => here.scrollIntoView({ block: "start", behavior: "auto" }));
  }
  place.times = data.times;
  return () => {
    place.free?.();
    const top = place.from;
    if (top !== undefined) hold(page, () => page.scrollTo({ top, behavior: "auto" }));
  };
}

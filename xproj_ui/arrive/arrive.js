// Streamlit keeps the place on the page when something appears far below it.

const GROWING = 2500; // milliseconds in which something may still be drawn

// The page, and not the box of a line's height that a component stands in.
function scroller(node) {
  for (let one = node; one; one = one.parentElement ?? one.getRootNode().host) {
    const scrolls = /(auto|scroll)/.test(getComputedStyle(one).overflowY);
    if (scrolls && one.clientHeight > innerHeight / 2) return one;
  }
  return document.scrollingElement;
}

const HANDS = ["wheel", "touchmove", "keydown", "mousedown"];

// Do `go` now and whenever the page grows or shrinks, until it has settled or the reader scrolls.
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

export default function (component) {
  const { parentElement, data } = component;
  const here = parentElement.querySelector(".arrive");
  const page = scroller(here);
  if (data.times > (here.times ?? 0)) {
    here.from ??= page.scrollTop;
    here.free?.();
    here.free = hold(page, () => here.scrollIntoView({ block: "start", behavior: "auto" }));
  }
  here.times = data.times;
  return () => {
    here.free?.();
    const top = here.from;
    if (top !== undefined) hold(page, () => page.scrollTo({ top, behavior: "auto" }));
  };
}

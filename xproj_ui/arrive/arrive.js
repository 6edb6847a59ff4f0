// Streamlit keeps the place on the page when something appears far below it.

const GROWING = 2500; // milliseconds in which what stands here may still be drawn

function scroller(node) {
  for (let one = node; one; one = one.parentElement ?? one.getRootNode().host) {
    if (/(auto|scroll)/.test(getComputedStyle(one).overflowY)) return one;
  }
  return document.scrollingElement;
}

// Until everything is there, or until the reader scrolls, keep `here` at the top.
function hold(here, page) {
  const go = () => here.scrollIntoView({ block: "start", behavior: "auto" });
  const grown = new ResizeObserver(go);
  for (const part of page.children) grown.observe(part);
  const free = () => {
    grown.disconnect();
    for (const event of ["wheel", "touchmove", "keydown", "mousedown"]) {
      page.removeEventListener(event, free);
    }
  };
  for (const event of ["wheel", "touchmove", "keydown", "mousedown"]) {
    page.addEventListener(event, free, { passive: true });
  }
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
    here.free = hold(here, page);
  }
  here.times = data.times;
  return () => {
    here.free?.();
    if (here.from !== undefined) page.scrollTo({ top: here.from, behavior: "auto" });
  };
}

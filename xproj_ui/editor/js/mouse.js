// Pointer: drag or click-click over words, click labels, pull their edges, click pairs to link.

function pressed(app, event) {
  if (event.button !== 0 || app.data.read_only) return;
  const ref = refOf(event);
  const edge = event.target.closest?.(".grip")?.dataset.edge;
  if (edge && ref?.span) {
    app.drag = { kind: "resize", id: ref.span.id, side: ref.span.side, edge, start: ref.span.start, end: ref.span.end };
    app.root.setPointerCapture(event.pointerId);
    event.preventDefault();
  } else if (ref?.token !== undefined && event.pointerType !== "touch") {
    app.drag = { kind: "words", side: ref.side, from: ref.token, head: ref.token };
    app.root.setPointerCapture(event.pointerId);
    event.preventDefault();
  } else if (ref?.span && event.pointerType !== "touch") {
    // what was pressed counts, even if the page moves under the pointer before it is let go
    app.drag = { kind: "press", id: ref.span.id };
  }
}

function moved(app, event) {
  const { drag } = app;
  if (!drag || drag.kind === "press") {
    if (event.pointerType === "touch") return;
    hoverOver(app, refOf(event));
    return;
  }
  const i = nearestWord(app, drag.side, event.clientX, event.clientY);
  if (drag.kind === "words") {
    if (i === drag.head) return;
    drag.head = i;
    app.menu = false;
    choose(app, { kind: "tokens", side: drag.side, anchor: drag.from, head: i });
    return;
  }
  const [start, end] = drag.edge === "start" ? [Math.min(i, drag.end - 1), drag.end] : [drag.start, Math.max(i + 1, drag.start + 1)];
  if (start === drag.start && end === drag.end) return;
  Object.assign(drag, { start, end });
  draw(app);
}

function released(app, event) {
  const { drag } = app;
  if (!drag) return;
  app.drag = null;
  app.swallow = true;
  setTimeout(() => { app.swallow = false; });
  if (drag.kind === "press") return pickSpan(app, drag.id);
  if (drag.kind === "resize") return resized(app, drag);
  if (drag.head === drag.from) wordClicked(app, drag.side, drag.from, event.shiftKey);
  else {
    app.menu = true;
    choose(app, { kind: "tokens", side: drag.side, anchor: drag.from, head: drag.head, range: true });
  }
  refocus(app);
}

function resized(app, drag) {
  const old = app.data.spans.find((s) => s.id === known(app, drag.id));
  app.sel = { kind: "span", id: drag.id };
  app.menu = false;
  if (old && (old.start !== drag.start || old.end !== drag.end)) command(app, "resize", { id: drag.id, start: drag.start, end: drag.end });
  else {
    app.menu = true;
    draw(app);
  }
  refocus(app);
}

function nearestWord(app, side, x, y) {
  let best = null;
  app.tok[side].forEach((node, i) => {
    if (!node) return;
    const r = node.getBoundingClientRect();
    const far = Math.max(0, r.left - x, x - r.right) + 4 * Math.max(0, r.top - y, y - r.bottom);
    if (!best || far < best.far) best = { far, i };
  });
  return best.i;
}

function hoverOver(app, ref) {
  if (app.hover === ref) return;
  app.hover = ref;
  paint(app);
}

// A second word on the same side makes a range, one on the other side a link.
function wordClicked(app, side, i, shift) {
  if (app.linking) return linkWord(app, side, i);
  const { sel } = app;
  const tokens = sel?.kind === "tokens" && app.menu;
  if (tokens && sel.side !== side) {
    toggleLink(app, { side: sel.side, ...rangeOf(sel) }, side, i);
    app.menu = true;
    return draw(app);
  }
  if (tokens && sel.anchor === i && sel.head === i) {
    app.menu = false;
    return choose(app, null);
  }
  const extend = sel?.kind === "tokens" && sel.side === side && ((app.menu && !sel.range) || shift);
  app.menu = true;
  choose(app, { kind: "tokens", side, anchor: extend ? sel.anchor : i, head: i, range: extend });
}

function linkWord(app, side, i) {
  if (side === app.linking.side) {
    app.linking = { side, start: i, end: i + 1 };
    return choose(app, { kind: "tokens", side, anchor: i, head: i });
  }
  toggleLink(app, app.linking, side, i);
  return choose(app, { kind: "tokens", side, anchor: i, head: i });
}

function clicked(app, event) {
  if (app.swallow) return;
  const at = (selector) => event.target.closest?.(selector);
  const act = at("[data-act]");
  if (act) return ACTS[act.dataset.act](app);
  const pencil = at("[data-retext]");
  if (pencil) return openText(app, pencil.dataset.retext);
  const label = at("[data-label]");
  if (label) return giveLabel(app, label.dataset.label);
  const chip = at("[data-span]");
  if (chip) return pickSpan(app, chip.dataset.span);
  const linked = at("[data-link]");
  if (linked) {
    const [source, target] = linked.dataset.link.split("-").map(Number);
    return choose(app, { kind: "link", source, target });
  }
  const ref = refOf(event);
  if (ref?.track) return adopt(app, ref.track);
  if (ref?.span) return pickSpan(app, ref.span.id);
  if (ref?.link) return choose(app, { kind: "link", source: ref.link.source, target: ref.link.target });
  if (ref?.token !== undefined) {
    wordClicked(app, ref.side, ref.token, event.shiftKey);
    return refocus(app);
  }
  if (at(".staves")) {
    app.linking = null;
    app.menu = false;
    choose(app, null);
  }
}

function pickSpan(app, id) {
  app.linking = null;
  app.menu = true;
  app.edge = "end";
  choose(app, { kind: "span", id });
  refocus(app);
}

function adopt(app, span) {
  const { start, end, label } = span;
  if (app.data.read_only) return;
  choose(app, { kind: "tokens", side: "target", anchor: start, head: end - 1 });
  giveLabel(app, label);
}

const ACTS = {
  accept: (app) => { app.menu = false; judge(app, "accepted"); },
  reject: (app) => { app.menu = false; judge(app, "rejected"); },
  delete: (app) => remove(app),
  label: (app) => { app.menu = !app.menu; draw(app); },
  link: (app) => beginLink(app),
  possible: (app) => possibleOrSure(app),
  "end-link": (app) => escape(app),
  "own-label": (app) => askLabel(app),
  "accept-all": (app) => acceptAll(app),
  undo: (app) => app.data.can_undo && command(app, "undo", {}),
  redo: (app) => app.data.can_redo && command(app, "redo", {}),
  take: (app) => command(app, "take_offer", {}),
  keep: (app) => command(app, "keep", {}),
  load: (app) => command(app, "load", {}),
  done: (app) => finish(app),
  undone: (app) => command(app, "done", { done: false }),
  next: (app) => go(app, "next"),
  previous: (app) => go(app, "previous"),
  retext: (app) => openText(app, chosenSpan(app)?.side ?? app.sel?.side ?? "target"),
  help: (app) => openHelp(app),
  tracks: (app) => toggleTracks(app),
};

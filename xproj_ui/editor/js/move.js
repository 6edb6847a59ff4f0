// Moving the cursor: by words along a side, by what is on the screen up and down.

function arrow(app, key, shift) {
  const span = chosenSpan(app);
  const { sel } = app;
  const across = key === "ArrowLeft" || key === "ArrowRight";
  if (!sel) {
    const side = app.data.target ? "target" : "source";
    stepTo(app, side, 0);
    return true;
  }
  const side = span?.side ?? (sel.kind === "link" ? "source" : sel.side);
  const rtl = app.data[side].dir === "rtl";
  const step = across ? ((key === "ArrowRight") !== rtl ? 1 : -1) : 0;
  if (span && shift && across) {
    if (!app.data.read_only) pullEdge(app, span, step);
    return true;
  }
  if (!across) return upOrDown(app, key);
  if (span) stepTo(app, side, step > 0 ? Math.min(span.end, last(app, side)) : Math.max(0, span.start - 1));
  else if (sel.kind === "link") nextLink(app, step);
  else {
    const head = Math.max(0, Math.min(last(app, side), sel.head + step));
    app.menu = false;
    choose(app, { kind: "tokens", side, anchor: shift ? sel.anchor : head, head, range: shift });
    refocus(app);
  }
  return true;
}

const last = (app, side) => tokensOf(app, side).length - 1;

function stepTo(app, side, i) {
  app.menu = false;
  choose(app, { kind: "tokens", side, anchor: i, head: i });
  refocus(app);
}

function toEnd(app, key, shift) {
  if (app.sel?.kind !== "tokens") return false;
  const { side, anchor } = app.sel;
  const head = key === "Home" ? 0 : last(app, side);
  choose(app, { kind: "tokens", side, anchor: shift ? anchor : head, head });
  refocus(app);
  return true;
}

function pullEdge(app, span, step) {
  const made = app.edge === "start" ? { start: span.start + step, end: span.end } : { start: span.start, end: span.end + step };
  if (made.start < 0 || made.end > tokensOf(app, span.side).length || made.start >= made.end) return;
  app.menu = false;
  command(app, "resize", { id: span.id, ...made });
}

// To what lies nearest above or below: a word, a label, another system's label.
function upOrDown(app, key) {
  const from = focusNode(app);
  if (!from) return false;
  const here = from.getBoundingClientRect();
  const sign = key === "ArrowDown" ? 1 : -1;
  let best = null;
  for (const node of app.parts.score.querySelectorAll("[data-go]")) {
    const there = node.getBoundingClientRect();
    const along = sign * ((there.top + there.bottom) / 2 - (here.top + here.bottom) / 2);
    if (node === from || along < 6 || node.disabled) continue;
    const aside = Math.max(0, there.left - here.right, here.left - there.right);
    const off = Math.abs((there.left + there.right) / 2 - (here.left + here.right) / 2);
    const far = along * 2 + aside + off / 8;
    if (!best || far < best.far) best = { far, node };
  }
  if (!best) return true;
  const ref = best.node.xp;
  app.menu = false;
  if (ref.span) choose(app, { kind: "span", id: ref.span.id });
  else if (ref.track) choose(app, { kind: "tokens", side: "target", anchor: ref.track.start, head: ref.track.end - 1 });
  else choose(app, { kind: "tokens", side: ref.side, anchor: ref.token, head: ref.token });
  focusOnly(app, best.node);
  return true;
}

// The element that stands for what is chosen.
function focusNode(app) {
  const active = app.root.getRootNode().activeElement;
  const { sel } = app;
  if (active?.xp?.track && active.isConnected) return active;
  const span = chosenSpan(app);
  if (span) return app.bars.find((b) => b.span === span)?.node;
  if (sel?.kind === "link") return app.tok.source[sel.source];
  if (sel?.kind === "tokens") return app.tok[sel.side][sel.head];
  return app.tok.target[0] ?? app.tok.source[0];
}

function refocus(app) {
  const node = focusNode(app);
  if (node) focusOnly(app, node);
}

function focusOnly(app, node) {
  for (const other of app.parts.score.querySelectorAll('[data-go][tabindex="0"]')) other.tabIndex = -1;
  node.tabIndex = 0;
  node.focus({ preventScroll: true });
  node.scrollIntoView({ block: "nearest", inline: "nearest" });
}

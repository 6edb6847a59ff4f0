// Everything by keyboard alone. Letters are those of the key's place on non-Latin keyboards.

function keyName(event) {
  if (/^[a-z]$/i.test(event.key)) return event.key.toLowerCase();
  if (/^Key[A-Z]$/.test(event.code) && event.key.length === 1) return event.code[3].toLowerCase();
  if (/^[0-9]$/.test(event.key)) return event.key;
  if (/^Digit[0-9]$/.test(event.code) && !event.shiftKey) return event.code[5];
  return event.key;
}

function onKey(app, event) {
  if (event.target.closest?.("input, textarea, select, dialog")) {
    if (event.key === "Escape" && event.target.matches(".enote")) refocus(app);
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.blur();
    event.stopPropagation();
    return;
  }
  const key = keyName(event);
  const mod = event.ctrlKey || event.metaKey;
  if (event.altKey) return;
  const handled = mod ? withCtrl(app, key, event.shiftKey) : plainKey(app, key, event);
  if (!handled) return;
  event.preventDefault();
  event.stopPropagation();
}

function withCtrl(app, key, shift) {
  if (key === "z") ACTS[shift ? "redo" : "undo"](app);
  else if (key === "y") ACTS.redo(app);
  else if (key === "Enter") finish(app);
  else return false;
  return true;
}

function plainKey(app, key, event) {
  const target = app.root.getRootNode().activeElement;
  const pressing = target?.matches?.("button:not([data-go])");
  if (pressing && (key === "Enter" || key === " ")) return false;
  if (/^[1-9]$/.test(key)) {
    const label = app.data.labels[Number(key) - 1];
    if (label && !app.data.read_only) giveLabel(app, label);
    return Boolean(label);
  }
  if (key.startsWith("Arrow")) return arrow(app, key, event.shiftKey);
  if (key === "Home" || key === "End") return toEnd(app, key, event.shiftKey);
  const act = KEYS[key];
  // letters that mean nothing here are not the page's shortcuts either
  if (!act) return /^[a-z]$/.test(key) && app.root.contains(event.target);
  if (app.data.read_only && !READING.has(key)) return false;
  return act(app, event.shiftKey) !== false;
}

const READING = new Set(["Escape", "s", "k", "n", "p", "?"]);

const KEYS = {
  "Enter": (app) => enter(app),
  " ": (app) => enter(app),
  "Escape": (app) => escape(app),
  "Delete": (app) => remove(app),
  "Backspace": (app) => remove(app),
  "a": (app, shift) => (shift ? acceptAll(app) : ACTS.accept(app)),
  "r": (app) => ACTS.reject(app),
  "s": (app, shift) => nextSpan(app, shift ? -1 : 1),
  "k": (app, shift) => nextLink(app, shift ? -1 : 1),
  "l": (app) => (app.linking ? enter(app) : beginLink(app)),
  "u": (app) => ACTS.possible(app),
  "e": (app) => { app.edge = app.edge === "start" ? "end" : "start"; draw(app); refocus(app); },
  "m": (app) => { app.root.querySelector(".enote")?.focus(); },
  "t": (app) => ACTS.retext(app),
  "d": (app) => finish(app),
  "n": (app) => go(app, "next"),
  "p": (app) => go(app, "previous"),
  "y": (app) => (app.data.offer ? ACTS.take(app) : false),
  "x": (app) => (app.data.offer ? ACTS.keep(app) : false),
  "?": (app) => openHelp(app),
};

function enter(app) {
  if (app.data.conflict) return ACTS.load(app);
  if (app.linking && app.sel?.kind === "tokens" && app.sel.side !== app.linking.side) {
    toggleLink(app, app.linking, app.sel.side, app.sel.head);
    return draw(app);
  }
  const focus = app.root.getRootNode().activeElement;
  if (focus?.xp?.track) return adopt(app, focus.xp.track);
  if (app.data.read_only) return false;
  app.menu = !app.menu;
  return draw(app);
}

function escape(app) {
  if (app.linking) {
    const { side, start, end } = app.linking;
    app.linking = null;
    choose(app, { kind: "tokens", side, anchor: start, head: end - 1 });
    return refocus(app);
  }
  if (app.menu) {
    app.menu = false;
    return draw(app);
  }
  if (!app.sel) return false;
  const span = chosenSpan(app);
  const at = span ? { side: span.side, anchor: span.start, head: span.start }
    : app.sel.kind === "link" ? { side: "source", anchor: app.sel.source, head: app.sel.source }
      : { side: app.sel.side, anchor: app.sel.head, head: app.sel.head };
  choose(app, { kind: "tokens", ...at });
  return refocus(app);
}

function beginLink(app) {
  const span = chosenSpan(app);
  const from = span ?? (app.sel?.kind === "tokens" ? { side: app.sel.side, ...rangeOf(app.sel) } : null);
  if (!from || !app.data.source || !app.data.target || app.data.read_only) return;
  app.linking = { side: from.side, start: from.start, end: from.end };
  app.menu = false;
  const other = from.side === "source" ? "target" : "source";
  const partner = app.view.links.find((l) => live(l) && covers(from, l[from.side]));
  const share = from.start / Math.max(1, tokensOf(app, from.side).length - 1);
  const i = partner ? partner[other] : Math.round(share * (tokensOf(app, other).length - 1));
  choose(app, { kind: "tokens", side: other, anchor: i, head: i });
  refocus(app);
}

function nextSpan(app, step) {
  const order = app.view.spans.filter((s) => !s.going)
    .sort((a, b) => (a.side === b.side ? a.start - b.start || b.end - a.end : a.side === "target" ? 1 : -1));
  if (!order.length) return;
  const at = order.findIndex((s) => s.id === chosenSpan(app)?.id);
  const next = order[at < 0 ? (step > 0 ? 0 : order.length - 1) : (at + step + order.length) % order.length];
  app.menu = false;
  app.edge = "end";
  choose(app, { kind: "span", id: next.id });
  refocus(app);
}

function nextLink(app, step) {
  const now = chosenLink(app);
  const base = now ?? app.view.links.find((l) => app.sel?.kind === "tokens" && l[app.sel.side] === app.sel.head);
  const order = [...app.view.links].sort((a, b) => a.source - b.source || a.target - b.target);
  if (!order.length) return;
  const at = order.indexOf(base ?? order[0]);
  const next = order[now ? (at + step + order.length) % order.length : Math.max(0, at)];
  choose(app, { kind: "link", source: next.source, target: next.target });
  refocus(app);
}

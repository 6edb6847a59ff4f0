// Called by Streamlit with every new payload, on the same root: draws what changed.

export default function (component) {
  const root = component.parentElement.querySelector(".xp");
  const app = (root.app ??= mount(root));
  app.trigger = component.setTriggerValue;
  update(app, component.data);
  return () => {
    clearTimeout(app.timer);
    app.observer.disconnect();
    app.listening.abort();
    root.replaceChildren();
    delete root.app;
  };
}

function mount(root) {
  const parts = {
    bar: el("div", "ebar-top"), notice: el("div", "enotices"), text: el("div", "etext"),
    score: el("div", "staves"), inspector: el("div", "einspector"),
    menu: el("div", "emenu"), help: el("dialog", "card ehelp"), live: el("div", "elive"),
  };
  const app = {
    root, parts, data: null, served: null, guess: null, view: null, queue: [], flight: null, made: {}, count: 0, unsaved: 0,
    session: Math.random().toString(36).slice(2, 10), sel: null, menu: false, edge: "end",
    linking: null, hover: null, drag: null, retext: null, problem: null, told: null, tries: 0, tracks: tracksChosen(),
    tok: { source: [], target: [] }, bars: [], ribs: [], listening: new AbortController(),
    watch: el("div", "watch"),
  };
  parts.live.setAttribute("aria-live", "polite");
  parts.menu.setAttribute("role", "group");
  parts.menu.setAttribute("aria-label", "Labels");
  parts.score.setAttribute("role", "group");
  const card = el("section", "card editor");
  card.append(parts.bar, parts.text, parts.score, parts.notice, parts.inspector, parts.menu, parts.live);
  root.replaceChildren(app.watch, card, parts.help);
  const on = (type, handler, on = root) => on.addEventListener(type, handler, { signal: app.listening.signal });
  on("pointerdown", (event) => pressed(app, event));
  on("pointermove", (event) => moved(app, event));
  on("pointerup", (event) => released(app, event));
  on("pointercancel", () => { app.drag = null; draw(app); });
  on("pointerleave", () => app.drag || hoverOver(app, null));
  on("click", (event) => clicked(app, event));
  on("keydown", (event) => onKey(app, event));
  // keys also work while nothing on the page has the focus
  on("keydown", (event) => document.activeElement === document.body && event.key !== " " && !app.data.read_only && onKey(app, event), document);
  on("beforeunload", (event) => app.queue.some(isEdit) && !app.leaving && event.preventDefault(), window);
  on("pagehide", () => app.data && keepUnsent(app), window);
  on("transitionrun", (event) => event.target === app.watch && adoptTheme(app));
  adoptTheme(app);
  let width = 0;
  app.observer = new ResizeObserver(() => {
    if (root.clientWidth === width) return;
    width = root.clientWidth;
    if (app.data) draw(app);
  });
  app.observer.observe(root);
  document.fonts?.ready.then(() => {
    app.measure = null;
    if (app.data) draw(app);
  });
  return app;
}

function update(app, data) {
  const before = app.served;
  app.served = data;
  remember(data);
  if (before && before.item !== data.item) app.problem = null;
  settle(app);
  if (!before && !data.read_only) reviveUnsent(app, data);
  if (guessing(app)) drawBar(app);
  else {
    endGuess(app);
    show(app, data);
    lookAhead(app);
  }
  send(app);
}

// A payload of the server's, or what it sent ahead.
function show(app, data) {
  const was = app.data;
  const other = !was || data.item !== was.item || (was.read_only && !data.read_only);
  app.data = data;
  if (other) {
    Object.assign(app, { sel: null, menu: false, linking: null, hover: null, drag: null, retext: null, measure: null });
    app.view = preview(app);
    beginAt(app);
    drawText(app);
  }
  draw(app);
  const free = document.activeElement === document.body || app.root.getRootNode().activeElement;
  if (other && !data.read_only && free) refocus(app);
}

// The name that somebody typed is there again when they come back.
function remember({ cookie, annotator }) {
  if (!cookie || !annotator) return;
  const pair = `${cookie}=${encodeURIComponent(annotator)}`;
  if (!document.cookie.split("; ").includes(pair)) document.cookie = `${pair}; path=/; max-age=31536000; samesite=lax`;
}

// A new sentence begins at its first label that nobody has looked at.
function beginAt(app) {
  if (app.data.read_only) return;
  const open = app.view.spans.filter((s) => s.status === "projected" || s.stale);
  const span = open.find((s) => s.side === "target") ?? open[0];
  const side = app.data.target ? "target" : "source";
  app.sel = span ? { kind: "span", id: span.id } : { kind: "tokens", side, anchor: 0, head: 0 };
}

function draw(app) {
  const active = app.root.getRootNode().activeElement;
  const inScore = active && app.parts.score.contains(active) && !active.matches("input");
  app.view = preview(app);
  keepChoice(app);
  app.root.classList.toggle("reading", app.data.read_only);
  drawBar(app);
  drawNotice(app);
  drawScore(app);
  drawInspector(app);
  drawMenu(app);
  paint(app);
  if (inScore) refocus(app);
}

// What is chosen may have gone.
function keepChoice(app) {
  const { sel } = app;
  if (!sel) return;
  if (sel.kind === "span" && sel.id.startsWith?.("pending:")) sel.id = known(app, sel.id);
  const gone = (sel.kind === "span" && !chosenSpan(app)) || (sel.kind === "link" && !chosenLink(app))
    || (sel.kind === "tokens" && Math.max(sel.anchor, sel.head) > last(app, sel.side));
  if (gone) app.sel = null;
}

function choose(app, sel) {
  app.sel = sel;
  if (sel?.kind !== "tokens") app.linking = null;
  drawInspector(app);
  drawMenu(app);
  paint(app);
  const words = sel?.kind === "span" ? describe(app, chosenSpan(app)) : sel?.kind === "link" ? linkText(app, chosenLink(app)) : "";
  if (words) say(app, words);
}

function say(app, text) {
  app.parts.live.textContent = text;
  return null;
}

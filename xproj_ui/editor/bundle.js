// Written by `npm run build` from the modules in js/: do not edit.

// xproj_ui/js/dom.js
var SVG = "http://www.w3.org/2000/svg";
function el(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== void 0) node.textContent = text;
  return node;
}
function svg(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  return node;
}
function button(className, text, label) {
  const node = el("button", className, text);
  node.type = "button";
  if (label) {
    node.title = label;
    node.setAttribute("aria-label", label);
  }
  return node;
}
function mark(node, ref) {
  node.dataset.ref = "";
  return Object.assign(node, { xp: ref });
}
function closest(event, selector) {
  return event.target instanceof Element ? event.target.closest(selector) : null;
}
var all = (root, selector) => Array.from(root.querySelectorAll(selector));
var first = (root, selector) => root.querySelector(selector);
function place(root, selector) {
  const node = first(root, selector);
  if (!node) throw new Error(`There is no ${selector} to draw in.`);
  return node;
}
function refOf(event) {
  const node = (
    /** @type {(HTMLElement & { xp?: unknown }) | null} */
    closest(event, "[data-ref]")
  );
  return node?.xp ?? null;
}
function focused(root) {
  const tree = root.getRootNode();
  const node = tree instanceof ShadowRoot || tree instanceof Document ? tree.activeElement : null;
  return (
    /** @type {HTMLElement | null} */
    node
  );
}
function colour(app, node, label) {
  const shades = app.data.colours[label];
  if (shades) shaded(node, shades);
  else node.style.setProperty("--c", "var(--new-label)");
}
function shaded(node, shades) {
  node.style.setProperty("--c", `light-dark(${shades[0]}, ${shades[1]})`);
}
function decimal(value) {
  return value.toFixed(2).replace(/\.00$/, "").replace(/^0\./, ".");
}

// xproj_ui/js/theme.js
function adoptTheme(app) {
  const page = getComputedStyle(app.root).getPropertyValue("--st-background-color");
  const brush = document.createElement("canvas").getContext("2d");
  if (!brush) return;
  brush.fillStyle = page.trim() || "white";
  brush.fillRect(0, 0, 1, 1);
  const [r, g, b] = brush.getImageData(0, 0, 1, 1).data;
  app.root.style.colorScheme = 0.2126 * r + 0.7152 * g + 0.0722 * b < 128 ? "dark" : "light";
}

// xproj_ui/editor/js/ahead.js
function leaves(entry) {
  if (entry.op === "go") return entry.args.to;
  return entry.op === "done" ? entry.args.go : void 0;
}
var isEdit = (entry) => entry.op !== "go" && entry.op !== "load";
var ANY = "any";
var leavesShown = (app, entry) => leaves(entry) && (entry.item === app.data.item || entry.item === ANY);
var leavingItem = (app) => app.queue.some((entry) => leavesShown(app, entry));
function lookAhead(app) {
  if (app.guess) return false;
  const step = app.queue.find((entry) => leavesShown(app, entry));
  if (step) step.item = app.data.item;
  const to = step && leaves(step);
  const next = to && app.data.ahead?.[to];
  if (!step || !next) return false;
  app.guess = { item: next.item, by: step.id };
  const place2 = next.place && { ...next.place, previous: true, next: true };
  app.show({ ...app.data, ...next, place: place2, ahead: null, ack: null, conflict: null });
  return true;
}
var guessing = (app) => Boolean(app.guess) && app.queue.some((entry) => entry.id === app.guess?.by);
function endGuess(app) {
  app.guess = null;
  const stays = (entry) => [app.served.item, ANY].includes(entry.item) || entry.id === app.flight?.id;
  const lost = app.queue.filter((entry) => !stays(entry));
  app.queue = app.queue.filter(stays);
  if (lost.some(isEdit)) {
    app.problem = "Another sentence than the one you saw has been opened; what you did last was not saved.";
  }
}

// xproj_ui/editor/js/revive.js
var KEPT = "xproj-unsent";
var PATIENT = 3;
function keepUnsent(app) {
  const edits = app.queue.filter(isEdit);
  const queue = edits.filter((entry) => entry.item === edits[0].item);
  try {
    if (!queue.length) sessionStorage.removeItem(KEPT);
    else {
      const { session, count, made } = app;
      const more = queue.length < edits.length;
      sessionStorage.setItem(KEPT, JSON.stringify({ session, count, made, queue, more }));
    }
  } catch {
  }
}
function reviveUnsent(app, data) {
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    sessionStorage.removeItem(KEPT);
  } catch {
  }
  if (!kept || !Array.isArray(kept.queue)) return;
  const here = kept.queue[0]?.item === data.item;
  if (!here || kept.more) app.problem = "What you did last, on another sentence, was not saved.";
  if (!here) return;
  const { session, count, made, queue } = kept;
  Object.assign(app, { session, count, made, queue });
}
async function reloadIfBack(app) {
  if (app.tries < PATIENT) return;
  const path = location.pathname.replace(/\/+$/, "");
  for (const base of [path.slice(0, path.lastIndexOf("/")), path, ""]) {
    const answer = await fetch(`${base}/_stcore/health`).catch(() => null);
    if (!answer?.ok || !app.flight) continue;
    keepUnsent(app);
    app.leaving = true;
    location.reload();
    return;
  }
}

// xproj_ui/editor/js/outbox.js
var PATIENCE = 6e3;
function named(app, args) {
  const made = { ...args };
  if ("id" in made && typeof made.id === "string") made.id = known(app, made.id);
  if ("span" in made && typeof made.span === "string") made.span = known(app, made.span);
  if ("spans" in made && Array.isArray(made.spans)) {
    made.spans = made.spans.map((id) => known(app, id));
  }
  return made;
}
function known(app, id) {
  return id.startsWith("pending:") ? app.made[id.slice(8)] ?? id : id;
}
function command(app, op, args) {
  if (app.data.conflict && op !== "load" && op !== "go")
    return app.say("Load the other version first.");
  if (op !== "go" && (leavingItem(app) || app.data.read_only && op !== "load")) return null;
  const item = leavingItem(app) ? ANY : app.data.item;
  const base = app.guess ? app.data.revision : null;
  const id = `${app.session}:${++app.count}`;
  const entry = (
    /** @type {Entry} */
    { id, op, args, item, base }
  );
  app.queue.push(entry);
  app.problem = null;
  app.told = null;
  if (!lookAhead(app)) app.draw();
  send(app);
  return entry.id;
}
function send(app) {
  const entry = app.queue[0];
  if (entry?.item === ANY) entry.item = app.served.item;
  if (app.flight || !entry || entry.item !== app.served.item) return;
  app.tries = 0;
  const base = entry.base ?? app.served.revision;
  app.flight = {
    id: entry.id,
    item: entry.item,
    base_revision: base,
    op: entry.op,
    args: named(app, entry.args)
  };
  post(app);
}
function post(app) {
  clearTimeout(app.timer);
  if (++app.tries > 1) app.drawBar();
  reloadIfBack(app);
  app.trigger("command", app.flight);
  app.timer = setTimeout(() => app.flight && app.root.isConnected && post(app), PATIENCE);
}
function settle(app) {
  const { ack, conflict } = app.served;
  app.unsaved = conflict ? Math.max(app.unsaved, app.queue.filter(isEdit).length) : 0;
  if (!ack || ack.id !== app.flight?.id) return;
  clearTimeout(app.timer);
  app.queue.shift();
  app.flight = null;
  if (ack.ok) {
    if (ack.made) app.made[ack.id] = ack.made;
    app.problem = null;
    app.told = ack.told || null;
    app.lastSaved = ack.at || app.lastSaved;
    return;
  }
  app.problem = ack.problem || null;
  if (app.problem && app.queue.some(isEdit))
    app.problem += " What you did after it was not saved either.";
  app.queue = [];
}

// xproj_ui/editor/js/steps.js
var live = (thing2) => thing2.status !== "rejected";
var isStep = (op) => Object.hasOwn(STEPS, op);
function apply(document2, op, args, by, id) {
  const after = STEPS[op](document2, args, by, id);
  if (!after || op === "take_offer" || op === "keep") return after;
  const changed = after.spans !== document2.spans || relinked(document2.links, after.links);
  return document2.offer && changed ? { ...after, offer: null } : after;
}
var STEPS = {
  add_span(document2, { side, start, end, label }, by, id) {
    if (!fits(document2, side, start, end) || !knows(document2, label)) return null;
    if (occupied(document2, side, start, end, label)) return null;
    const span = { id, side, start, end, label, from: null, lost: null, ...person(by) };
    return { ...document2, spans: [...document2.spans, span] };
  },
  delete_span(document2, { id }, by) {
    return spanOf(document2, id) ? withoutSpans(document2, [id], by) : null;
  },
  relabel(document2, { id, label }, by) {
    const span = spanOf(document2, id);
    return span && knows(document2, label) ? respan(document2, span, { ...span, label }, by) : null;
  },
  resize(document2, { id, start, end }, by) {
    const span = spanOf(document2, id);
    if (!span || !fits(document2, span.side, start, end)) return null;
    return respan(document2, span, { ...span, start, end }, by);
  },
  set_status(document2, { spans = [], links = [], status }, by) {
    const chosen = spans.map((id) => spanOf(document2, id));
    const pairs = links.map((pair) => linkOf(document2, pair));
    if (chosen.includes(void 0) || pairs.includes(void 0)) return null;
    const state = (thing2) => ({ ...thing2, status, editor: by, stale: false });
    return {
      ...document2,
      spans: chosen.length ? replaced(document2.spans, new Set(chosen), state) : document2.spans,
      links: pairs.length ? replaced(document2.links, new Set(pairs), state) : document2.links
    };
  },
  note(document2, { span, link, text = "" }, by) {
    const noted = (thing2) => ({ ...thing2, note: text, editor: by });
    if (link) {
      const old2 = linkOf(document2, link);
      return old2 ? withLink(document2, noted(old2)) : null;
    }
    const old = spanOf(document2, span);
    return old ? withSpan(document2, noted(old)) : null;
  },
  link(document2, { source, target, possible = false }, by) {
    if (!linkable(document2, source, target)) return null;
    const old = linkOf(document2, [source, target]);
    if (!old) return withLink(document2, { source, target, possible, ...person(by) });
    if (old.possible !== possible) return withLink(document2, { ...corrected(old, by), possible });
    if (live(old)) return document2;
    return withLink(document2, { ...old, status: "accepted", editor: by, stale: false });
  },
  unlink(document2, { source, target }, by) {
    const old = linkOf(document2, [source, target]);
    if (!old) return null;
    if (old.by !== "person") return withLink(document2, rejected(old, by));
    return { ...document2, links: document2.links.filter((link) => link !== old) };
  },
  take_offer(document2, _args, by) {
    const { offer } = document2;
    if (!offer) return null;
    let after = document2;
    for (const span of offer.spans) {
      after = withSpan(after, { ...spanOf(after, span.id), ...span, editor: by });
    }
    return { ...withoutSpans(after, offer.gone, by), offer: null };
  },
  keep(document2) {
    return { ...document2, offer: null };
  },
  done(document2, { done = true }) {
    return { ...document2, done };
  }
};
var person = (by) => ({
  origin: by,
  by: "person",
  score: null,
  status: "accepted",
  editor: by,
  note: "",
  stale: false
});
var rejected = (thing2, by) => ({ ...thing2, status: "rejected", editor: by, stale: false });
function corrected(thing2, by) {
  const status = thing2.by === "person" && live(thing2) ? thing2.status : "corrected";
  return { ...thing2, status, editor: by, stale: false };
}
function respan(document2, old, wanted, by) {
  const { side, start, end, label } = wanted;
  if (old.start === start && old.end === end && old.label === label) return document2;
  if (occupied(document2, side, start, end, label, old.id)) return null;
  return withSpan(document2, corrected(wanted, by));
}
function occupied(document2, side, start, end, label, but) {
  return document2.spans.some(
    (s) => s.id !== but && live(s) && s.side === side && s.start === start && s.end === end && s.label === label
  );
}
function fits(document2, side, start, end) {
  return 0 <= start && start < end && end <= (document2[side]?.tokens.length ?? 0);
}
function linkable(document2, source, target) {
  return fits(document2, "source", source, source + 1) && fits(document2, "target", target, target + 1);
}
function knows(document2, label) {
  const known2 = /* @__PURE__ */ new Set([...document2.labels, ...document2.spans.map((s) => s.label)]);
  return label.trim() !== "" && (known2.size === 0 || known2.has(label));
}
var spanOf = (document2, id) => document2.spans.find((s) => s.id === id);
var linkOf = (document2, [i, j]) => document2.links.find((l) => l.source === i && l.target === j);
var replaced = (things, chosen, change) => things.map((thing2) => chosen.has(thing2) ? change(thing2) : thing2);
function withSpan(document2, span) {
  const at = document2.spans.findIndex((s) => s.id === span.id);
  const spans = at < 0 ? [...document2.spans, span] : document2.spans.with(at, span);
  return { ...document2, spans };
}
function withLink(document2, link) {
  const at = document2.links.findIndex((l) => l.source === link.source && l.target === link.target);
  const links = at < 0 ? [...document2.links, link] : document2.links.with(at, link);
  return { ...document2, links };
}
function withoutSpans(document2, ids, by) {
  if (!ids.length) return document2;
  const left = document2.spans.filter((s) => !ids.includes(s.id) || s.by !== "person").map((s) => ids.includes(s.id) ? rejected(s, by) : s);
  const known2 = new Set(left.map((s) => s.id));
  const spans = left.map((s) => s.from === null || known2.has(s.from) ? s : { ...s, from: null });
  return { ...document2, spans };
}
function relinked(before, after) {
  const counting = (links) => links.filter(live).map((l) => `${l.source}-${l.target}-${l.possible}`).sort().join();
  return before !== after && counting(before) !== counting(after);
}

// xproj_ui/editor/js/forecast.js
var SIDES = ["source", "target"];
var tokensOf = (app, side) => app.data[side]?.tokens ?? [];
function sentenceOf(app, side) {
  const sentence = app.data[side];
  if (!sentence) throw new Error(`There is no ${side} sentence.`);
  return sentence;
}
var covers = (span, i) => span.start <= i && i < span.end;
var linkOf2 = (view, [i, j]) => view.links.find((l) => l.source === i && l.target === j);
function preview(app) {
  const { document: document2, answered } = foreseen(app);
  const [spans, links] = [new Set(app.data.spans), new Set(app.data.links)];
  const view = {
    spans: document2.spans.map((span) => ({ ...span, lane: 0, pending: !spans.has(span) })),
    links: document2.links.map((link) => ({ ...link, pending: !links.has(link) })),
    done: document2.done,
    offer: document2.offer,
    renewing: Boolean(app.data.offer) && !document2.offer && !answered
  };
  const { drag } = app;
  if (drag?.kind === "resize") {
    const span = view.spans.find((s) => s.id === known(app, drag.id));
    if (span) Object.assign(span, { start: drag.start, end: drag.end, pending: true });
  }
  for (const side of SIDES) lay(view.spans.filter((s) => s.side === side));
  return view;
}
function foreseen(app) {
  let document2 = app.data;
  let answered = false;
  for (const { op, args, id, item } of app.queue) {
    if (item !== app.data.item || !isStep(op)) continue;
    const given = (
      /** @type {Arguments[StepOp]} */
      named(app, args)
    );
    const after = apply(document2, op, given, app.data.annotator, `pending:${id}`);
    if (!after) break;
    answered ||= op === "take_offer" || op === "keep";
    document2 = after;
  }
  return { document: document2, answered };
}
function lay(spans) {
  const order = [...spans].sort(
    (a, b) => Number(live(b)) - Number(live(a)) || a.start - b.start || b.end - a.end
  );
  const lanes = [];
  for (const span of order) {
    let lane = lanes.findIndex(
      (held) => held.every((o) => o.end <= span.start || span.end <= o.start)
    );
    if (lane < 0) lane = lanes.push([]) - 1;
    lanes[lane].push(span);
    span.lane = lane;
  }
}

// xproj_ui/editor/js/grid.js
var NARROW = 560;
function column(app, side, i, from) {
  return i - from + (sentenceOf(app, side).dir === "rtl" ? 1 : 2);
}
var columnsOf = (app, side, start, end, from) => `${column(app, side, start, from)} / ${column(app, side, end, from)}`;

// xproj_ui/editor/js/compare.js
var TRACKS = "xproj-compare";
var tracksShown = (app) => app.tracks ?? app.parts.score.clientWidth >= NARROW;
function toggleTracks(app) {
  app.tracks = !tracksShown(app);
  try {
    localStorage.setItem(TRACKS, app.tracks ? "1" : "0");
  } catch {
  }
  app.draw();
}
function tracksChosen() {
  try {
    const chosen = localStorage.getItem(TRACKS);
    return chosen === null ? void 0 : chosen === "1";
  } catch {
    return void 0;
  }
}

// xproj_ui/editor/js/bar.js
function drawBar(app) {
  const { bar } = app.parts;
  const { place: place2, read_only: fixed } = app.data;
  const focus = focused(app.root)?.dataset.act;
  bar.replaceChildren();
  bar.hidden = fixed && !place2;
  if (place2)
    bar.append(
      control("‹", "previous", "Previous sentence (P)", !place2.previous),
      el("span", "eplace", place2.text),
      control("›", "next", "Next sentence (N)", !place2.next)
    );
  if (fixed) return;
  bar.append(saved(app), el("span", "espring"));
  bar.append(
    control("↶", "undo", "Undo (Ctrl+Z)", !app.data.can_undo),
    control("↷", "redo", "Redo (Ctrl+Shift+Z)", !app.data.can_redo)
  );
  const narrow = app.parts.score.clientWidth < NARROW;
  if (app.data.tracks.length) bar.append(tracksSwitch(app, narrow));
  if (narrow) bar.append(control("✎", "retext", "Edit the text (T)"));
  bar.append(control("?", "help", "Keys (?)"));
  const done = button(
    `ebutton ${app.view.done ? "isdone" : "primary"}`,
    app.view.done ? "✓ Done" : "Done"
  );
  done.dataset.act = app.view.done ? "undone" : "done";
  done.title = app.view.done ? "Open it again" : "Done, and on to the next sentence (D)";
  if (!app.view.done) done.append(el("kbd", "", "D"));
  bar.append(done);
  if (focus) first(bar, `[data-act="${focus}"]`)?.focus();
}
function control(text, act, label, off) {
  const made = button("econtrol", text, label);
  made.dataset.act = act;
  made.disabled = Boolean(off);
  return made;
}
function tracksSwitch(app, narrow) {
  const titles = app.data.tracks.map((track) => track.title).join(", ");
  const made = button("eswitch");
  made.dataset.act = "tracks";
  made.setAttribute("role", "switch");
  made.setAttribute("aria-checked", String(tracksShown(app)));
  made.title = `Labels to compare with: ${titles}`;
  made.append(el("span", "eknob"), narrow ? "Compare with " : "Compare");
  if (narrow) made.append(el("bdi", "etitles", titles));
  return made;
}
function saved(app) {
  const made = el("span", "esaved");
  if (app.data.conflict || app.problem) made.append(el("span", "bad", "Not saved"));
  else if (app.tries > 1 && app.queue.length)
    made.append(el("span", "bad", "No answer from the server yet, trying again …"));
  else if (app.queue.some(isEdit)) made.append(el("span", "esaving", "Saving …"));
  else if (app.queue.length) made.append(el("span", "esaving", "Opening …"));
  else if (!app.data.saved && app.lastSaved) made.textContent = `Last saved ${app.lastSaved}`;
  else if (app.data.saved)
    made.textContent = `Saved ${app.data.saved}${app.told ? ` · ${app.told}` : ""}`;
  return made;
}

// xproj_ui/editor/js/selection.js
function rangeOf(sel) {
  return { start: Math.min(sel.anchor, sel.head), end: Math.max(sel.anchor, sel.head) + 1 };
}
function chosenSpan(app) {
  const id = app.sel?.kind === "span" ? known(app, app.sel.id) : void 0;
  return app.view.spans.find((s) => s.id === id);
}
function chosenLink(app) {
  return app.sel?.kind === "link" ? linkOf2(app.view, [app.sel.source, app.sel.target]) : void 0;
}
function chosenRef(app) {
  const { sel } = app;
  if (!sel) return null;
  if (sel.kind === "span") return { span: chosenSpan(app) };
  if (sel.kind === "link") return { link: chosenLink(app) };
  const { start, end } = rangeOf(sel);
  return { side: sel.side, token: start, end };
}
function linkAt(app, source, target) {
  const link = linkOf2(app.view, [source, target]);
  return link && live(link) ? link : void 0;
}
var unchecked = (app) => app.view.spans.filter((s) => s.status === "projected");
var last = (app, side) => tokensOf(app, side).length - 1;
function keepChoice(app) {
  const { sel } = app;
  if (!sel) return;
  if (sel.kind === "span" && sel.id.startsWith("pending:")) sel.id = known(app, sel.id);
  const gone = sel.kind === "span" && !chosenSpan(app) || sel.kind === "link" && !chosenLink(app) || sel.kind === "tokens" && Math.max(sel.anchor, sel.head) > last(app, sel.side);
  if (gone) app.sel = null;
}

// xproj_ui/editor/js/focus.js
function focusNode(app) {
  const active = (
    /** @type {Marked | null} */
    focused(app.root)
  );
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
  for (const other of all(app.parts.score, '[data-go][tabindex="0"]')) other.tabIndex = -1;
  node.tabIndex = 0;
  node.focus({ preventScroll: true });
  node.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// xproj_ui/editor/js/wording.js
function words(app, side, start, end) {
  return tokensOf(app, side).slice(start, end).join(app.data[side]?.glue);
}
function describe(app, span) {
  return [
    span.label,
    words(app, span.side, span.start, span.end),
    span.status,
    madeBy(span),
    ...span.lost && live(span) ? [`landed nowhere: ${span.lost}`] : [],
    ...span.stale ? ["the text has changed under it"] : [],
    ...span.note ? [`note: ${span.note}`] : []
  ].join(", ");
}
function madeBy(thing2) {
  if (thing2.by === "person") return thing2.origin ? `by ${thing2.origin}` : "by you";
  const score = thing2.score === null ? "" : ` ${decimal(thing2.score)}`;
  return thing2.by === "import" ? `imported${score}` : `${thing2.origin}${score}`;
}
function linkText(app, link) {
  return `${tokensOf(app, "source")[link.source]} – ${tokensOf(app, "target")[link.target]}, ${link.status}, ${madeBy(link)}${link.possible ? ", possible" : ""}${link.stale ? ", the text has changed under it" : ""}${link.note ? `, note: ${link.note}` : ""}`;
}
function spoken(app, side, i) {
  const labels = app.view.spans.filter((s) => s.side === side && covers(s, i) && live(s)).map((s) => s.label);
  const other = side === "source" ? "target" : "source";
  const linked = app.view.links.filter((l) => l[side] === i && live(l)).map((l) => tokensOf(app, other)[l[other]]);
  return [
    tokensOf(app, side)[i],
    `${app.data.names[side]} word ${i + 1}`,
    ...labels,
    linked.length ? `linked with ${linked.join(", ")}` : "not linked"
  ].join(", ");
}
var MARKS = { projected: "", accepted: "✓", corrected: "✎", rejected: "✕" };

// xproj_ui/editor/js/inspector.js
function drawInspector(app) {
  const { inspector } = app.parts;
  const writing = inspector.querySelector("textarea");
  if (writing && writing === focused(app.root)) return;
  inspector.replaceChildren();
  const span = chosenSpan(app);
  const link = chosenLink(app);
  if (app.linking) inspector.append(...linkHint(app, app.linking));
  else if (span) thing(app, inspector, span, spanHead(app, span));
  else if (link) thing(app, inspector, link, linkHead(app, link));
  else if (app.sel?.kind === "tokens") inspector.append(...tokensInfo(app, app.sel));
  else if (app.data.place || !app.data.read_only) inspector.append(summary(app));
}
function linkHint(app, from) {
  const { side, start, end } = from;
  const hint = el("p", "ehint");
  hint.append(
    "Linking ",
    el("bdi", "ewords", words(app, side, start, end)),
    ": choose a word on the other side to link or unlink it."
  );
  const row = el("div", "erow");
  row.append(keyed("Only possible", "possible", "U"), keyed("Enough", "end-link", "Esc"));
  return [hint, row];
}
function keyed(text, act, key) {
  const made = button("ebutton", text);
  made.dataset.act = act;
  made.append(el("kbd", "", key));
  return made;
}
function spanHead(app, span) {
  const head = el("p", "ehead");
  const badge = el("span", "badge", span.label);
  colour(app, badge, span.label);
  head.append(badge, " ", el("bdi", "ewords", words(app, span.side, span.start, span.end)));
  const from = span.from && app.view.spans.find((s) => s.id === span.from);
  const origin = el(
    "span",
    "quiet",
    ` ${span.by === "method" ? "projected by " : ""}${madeBy(span)}`
  );
  if (from) origin.append(", from ", el("bdi", "", words(app, from.side, from.start, from.end)));
  head.append(origin);
  return head;
}
function linkHead(app, link) {
  const head = el("p", "ehead");
  head.append(
    el("bdi", "ewords", tokensOf(app, "source")[link.source]),
    " – ",
    el("bdi", "ewords", tokensOf(app, "target")[link.target]),
    el(
      "span",
      "quiet",
      ` ${link.possible ? "possible link" : "link"}, ${link.by === "method" ? "found by " : ""}${madeBy(link)}`
    )
  );
  return head;
}
function thing(app, into, one, head) {
  const status = el(
    "span",
    `estatus ${one.status}`,
    `${MARKS[one.status]} ${one.status === "projected" ? "not checked" : one.status}`.trim()
  );
  head.append(" ", status);
  const span = "id" in one ? one : null;
  const link = "id" in one ? null : one;
  if (span?.lost && live(span)) {
    head.append(" ", el("span", "bad", `landed nowhere: ${span.lost}`));
  }
  if (one.stale) head.append(" ", el("span", "bad", "! the text has changed under it"));
  into.append(head);
  if (app.data.read_only) {
    if (one.note) into.append(el("p", "quiet", one.note));
    return;
  }
  const row = el("div", "erow");
  const add = (text, act, key, off) => {
    const made = keyed(text, act, key);
    made.disabled = Boolean(off);
    row.append(made);
  };
  add("Accept", "accept", "A", one.status === "accepted");
  add("Reject", "reject", "R", one.status === "rejected");
  if (link) add(link.possible && live(link) ? "Make it sure" : "Only possible", "possible", "U");
  else add("Label", "label", "Enter");
  add(link ? "Unlink" : "Delete", "delete", "Del", !live(one));
  if (unchecked(app).length) add("Accept all", "accept-all", "⇧A");
  const note = el("textarea", "enote");
  note.rows = 1;
  note.dir = "auto";
  note.value = one.note ?? "";
  note.placeholder = "Note (M)";
  note.setAttribute("aria-label", "Note");
  note.onchange = () => {
    if (note.value === one.note) return;
    if (span) command(app, "note", { span: span.id, text: note.value });
    if (link) command(app, "note", { link: [link.source, link.target], text: note.value });
  };
  row.append(note);
  into.append(row);
}
function tokensInfo(app, sel) {
  const { side } = sel;
  const { start, end } = rangeOf(sel);
  const other = side === "source" ? "target" : "source";
  const head = el("p", "ehead");
  head.append(
    el("bdi", "ewords", words(app, side, start, end)),
    el(
      "span",
      "quiet",
      end - start > 1 ? ` ${end - start} words` : ` word ${start + 1} of ${tokensOf(app, side).length}`
    )
  );
  const row = el("div", "erow");
  for (const span of app.view.spans.filter(
    (s) => s.side === side && s.start < end && start < s.end
  )) {
    const chip = button("echip", `${span.label} ${MARKS[span.status]}`.trim(), describe(app, span));
    chip.dataset.span = span.id;
    colour(app, chip, span.label);
    row.append(chip);
  }
  for (const link of app.view.links.filter((l) => start <= l[side] && l[side] < end)) {
    const chip = button("echip link", void 0, linkText(app, link));
    chip.classList.toggle("off", !live(link));
    chip.classList.toggle("possible", link.possible);
    chip.dataset.link = `${link.source}-${link.target}`;
    chip.append("↔ ", el("bdi", "", tokensOf(app, other)[link[other]]));
    if (link.score !== null && link.score !== void 0)
      chip.append(el("span", "quiet", ` ${decimal(link.score)}`));
    row.append(chip);
  }
  if (!app.data.read_only && app.data.source && app.data.target)
    row.append(keyed("Link", "link", "L"));
  return [head, row];
}
function summary(app) {
  const row = el("div", "erow");
  const open = unchecked(app).length;
  const all2 = app.view.spans.filter(live).length;
  const text = all2 ? `${all2 - open} of ${all2} labels checked.` : "No labels yet.";
  row.append(el("span", "quiet", text));
  if (!app.data.read_only)
    row.append(el("span", "quiet", "Click or drag over words to label them; ? lists the keys."));
  if (open && !app.data.read_only) row.append(keyed("Accept all", "accept-all", "⇧A"));
  return row;
}

// xproj_ui/editor/js/light.js
function around(app, ref) {
  const lit = { source: /* @__PURE__ */ new Set(), target: /* @__PURE__ */ new Set(), links: /* @__PURE__ */ new Set(), spans: /* @__PURE__ */ new Set() };
  const { spans, links } = app.view;
  if (!ref) return lit;
  if (ref.link) {
    lit.links.add(ref.link);
    lit.source.add(ref.link.source);
    lit.target.add(ref.link.target);
  } else if (ref.span) spanLight(app, ref.span, lit);
  else if (ref.side && ref.token !== void 0) {
    const { side, token, end = token + 1 } = ref;
    const other = side === "source" ? "target" : "source";
    for (let i = token; i < end; i++) {
      lit[side].add(i);
      for (const link of links.filter((l) => l[side] === i && live(l))) {
        lit.links.add(link);
        lit[other].add(link[other]);
      }
    }
  } else if (ref.track) for (let i = ref.track.start; i < ref.track.end; i++) lit.target.add(i);
  if (ref.span) return lit;
  for (const span of spans) {
    if ([...lit[span.side]].some((i) => covers(span, i))) lit.spans.add(span.id);
  }
  return lit;
}
function spanLight(app, span, lit) {
  const other = span.side === "source" ? "target" : "source";
  const kin = app.view.spans.filter(
    (s) => s.side === other && live(s) && (s.from === span.id || span.from === s.id)
  );
  for (let i = span.start; i < span.end; i++) lit[span.side].add(i);
  for (const one of [span, ...kin]) lit.spans.add(one.id);
  for (const one of kin) for (let i = one.start; i < one.end; i++) lit[other].add(i);
  for (const link of app.view.links) {
    if (!live(link) || !covers(span, link[span.side])) continue;
    if (kin.length && !kin.some((one) => covers(one, link[other]))) continue;
    lit.links.add(link);
    lit[other].add(link[other]);
  }
}
function paint(app) {
  const chosen = chosenRef(app);
  const ref = app.hover ?? chosen;
  const lit = around(app, ref);
  const words2 = app.sel?.kind === "tokens" ? { side: app.sel.side, ...rangeOf(app.sel) } : null;
  for (const side of SIDES) {
    app.tok[side].forEach((node, i) => {
      if (!node) return;
      node.classList.toggle("sel", Boolean(words2 && words2.side === side && covers(words2, i)));
      node.classList.toggle("lit", lit[side].has(i));
      node.classList.toggle(
        "linkfrom",
        Boolean(app.linking && app.linking.side === side && covers(app.linking, i))
      );
    });
  }
  for (const { node, span } of app.bars) {
    node.classList.toggle("chosen", app.sel?.kind === "span" && known(app, app.sel.id) === span.id);
    node.classList.toggle("lit", lit.spans.has(span.id));
  }
  app.parts.score.classList.toggle("lighting", lit.links.size > 0);
  app.parts.score.classList.toggle("hovering", Boolean(app.hover));
  app.parts.score.dataset.edge = app.edge;
  for (const rib of app.ribs) {
    const on = lit.links.has(rib.link);
    const mine = app.sel?.kind === "link" && app.sel.source === rib.link.source && app.sel.target === rib.link.target;
    rib.line.classList.toggle("on", on || mine);
    rib.line.classList.toggle("chosen", mine);
    rib.full?.classList.toggle("on", on || mine);
  }
}

// xproj_ui/editor/js/edits.js
function giveLabel(app, label) {
  const { sel } = app;
  const span = chosenSpan(app);
  if (span) {
    if (span.label !== label) command(app, "relabel", { id: span.id, label });
    else if (span.status !== "accepted" && span.by !== "person") judge(app, "accepted");
  } else if (sel?.kind === "tokens") {
    const { start, end } = rangeOf(sel);
    const twin = app.view.spans.find(
      (s) => s.side === sel.side && s.start === start && s.end === end && s.label === label
    );
    if (twin) {
      app.sel = { kind: "span", id: twin.id };
      if (!live(twin)) return judge(app, "accepted");
    } else {
      const id = command(app, "add_span", { side: sel.side, start, end, label });
      if (id) app.sel = { kind: "span", id: `pending:${id}` };
    }
  } else return;
  app.menu = false;
  app.draw();
  app.refocus();
}
function judge(app, status) {
  const span = chosenSpan(app);
  const link = chosenLink(app);
  if (span) command(app, "set_status", { spans: [span.id], links: [], status });
  else if (link)
    command(app, "set_status", { spans: [], links: [[link.source, link.target]], status });
}
function remove(app) {
  const span = chosenSpan(app);
  const link = chosenLink(app);
  if (span && live(span)) {
    const { side, start } = span;
    command(app, "delete_span", { id: span.id });
    app.choose({ kind: "tokens", side, anchor: start, head: start });
  } else if (link && live(link)) {
    command(app, "unlink", { source: link.source, target: link.target });
    app.choose({ kind: "tokens", side: "source", anchor: link.source, head: link.source });
  }
}
function acceptAll(app) {
  const spans = unchecked(app).map((s) => s.id);
  const links = app.view.links.filter((l) => l.status === "projected").map((l) => (
    /** @type {Pair} */
    [l.source, l.target]
  ));
  if (spans.length + links.length) command(app, "set_status", { spans, links, status: "accepted" });
}
function toggleLink(app, from, side, i) {
  const pairs = [];
  for (let k = from.start; k < from.end; k++) pairs.push(side === "target" ? [k, i] : [i, k]);
  const there = pairs.filter(([s, t]) => linkAt(app, s, t));
  if (there.length === pairs.length)
    for (const [source, target] of pairs) command(app, "unlink", { source, target });
  else
    for (const [source, target] of pairs) {
      if (!linkAt(app, source, target)) command(app, "link", { source, target, possible: false });
    }
  app.say(
    `${there.length === pairs.length ? "Unlinked" : "Linked"} ${words(app, from.side, from.start, from.end)} and ${tokensOf(app, side)[i]}`
  );
}
function possibleOrSure(app) {
  const { sel, linking } = app;
  if (app.data.read_only || !sel || sel.kind === "span") return;
  if (sel.kind === "link") return setLink(app, sel.source, sel.target);
  if (linking) {
    if (sel.side === linking.side) return;
    for (let k = linking.start; k < linking.end; k++) {
      if (sel.side === "target") setLink(app, k, sel.head);
      else setLink(app, sel.head, k);
    }
    return;
  }
  const { start, end } = rangeOf(sel);
  const links = app.view.links.filter((l) => live(l) && start <= l[sel.side] && l[sel.side] < end);
  if (links.length === 1) setLink(app, links[0].source, links[0].target);
  else if (links.length) {
    app.choose({ kind: "link", source: links[0].source, target: links[0].target });
    app.refocus();
  }
}
function setLink(app, source, target) {
  const possible = !linkAt(app, source, target)?.possible;
  command(app, "link", { source, target, possible });
  app.say(
    `${possible ? "Only a possible link" : "A sure link"}: ${tokensOf(app, "source")[source]} and ${tokensOf(app, "target")[target]}`
  );
}
function adopt(app, span) {
  const { start, end, label } = span;
  if (app.data.read_only) return;
  app.choose({ kind: "tokens", side: "target", anchor: start, head: end - 1 });
  giveLabel(app, label);
}
function pullEdge(app, span, step) {
  const made = app.edge === "start" ? { start: span.start + step, end: span.end } : { start: span.start, end: span.end + step };
  if (made.start < 0 || made.end > tokensOf(app, span.side).length || made.start >= made.end)
    return;
  app.menu = false;
  command(app, "resize", { id: span.id, ...made });
}
function go(app, to) {
  if (app.data.place?.[to]) command(app, "go", { to });
}
function finish(app) {
  command(app, "done", app.data.place?.next ? { done: true, go: "next" } : { done: true });
}

// xproj_ui/editor/js/menu.js
function drawMenu(app) {
  const { menu } = app.parts;
  const span = chosenSpan(app);
  const tokens = app.sel?.kind === "tokens" ? { side: app.sel.side, ...rangeOf(app.sel) } : null;
  const chosen = span ?? tokens;
  menu.hidden = app.data.read_only || !app.menu || !chosen || Boolean(app.linking);
  menu.replaceChildren();
  if (menu.hidden || !chosen) return;
  app.data.labels.forEach((label, k) => menu.append(labelChoice(app, label, k, span)));
  menu.append(ownLabel());
  if (span) {
    menu.append(el("span", "esep"));
    menu.append(action("✓", "accept", "Accept (A)"), action("✕", "delete", "Delete (Del)"));
  }
  const { side, start, end } = chosen;
  const nodes = app.tok[side].slice(start, end).filter((node) => node !== void 0);
  placeMenu(app, menu, side, nodes, span);
}
function labelChoice(app, label, k, span) {
  const made = button("echoice", void 0, `${label}${k < 9 ? ` (${k + 1})` : ""}`);
  made.dataset.label = label;
  colour(app, made, label);
  if (k < 9) made.append(el("kbd", "", String(k + 1)));
  made.append(el("span", "badge", label));
  made.setAttribute("aria-pressed", String(span?.label === label));
  return made;
}
function ownLabel() {
  const made = button("echoice own", "+", "Another label");
  made.dataset.act = "own-label";
  return made;
}
function action(text, act, label) {
  const made = button("eact", text, label);
  made.dataset.act = act;
  return made;
}
function placeMenu(app, menu, side, nodes, span) {
  if (!nodes.length) {
    menu.hidden = true;
    return;
  }
  const origin = (menu.parentElement ?? app.root).getBoundingClientRect();
  const first2 = nodes[nodes.length - 1].getBoundingClientRect();
  const bars = app.bars.filter(
    (b) => b.node.parentElement === nodes[nodes.length - 1].parentElement && (b.span === span || nodes.some((n) => covers(b.span, n.xp.token ?? -1)))
  ).map((b) => b.node.getBoundingClientRect());
  const rects = [first2, ...bars];
  const middle = (first2.left + first2.right) / 2 - origin.left;
  const half = menu.offsetWidth / 2;
  menu.style.left = `${Math.max(0, Math.min(origin.width - 2 * half, middle - half))}px`;
  const over = side === "source" && Boolean(app.data.target);
  const y = over ? Math.min(...rects.map((r) => r.top)) - origin.top - menu.offsetHeight - 6 : Math.max(...rects.map((r) => r.bottom)) - origin.top + 6;
  menu.style.top = `${y}px`;
}
function askLabel(app) {
  const { menu } = app.parts;
  const field = el("input", "eown");
  field.placeholder = "new label";
  field.setAttribute("aria-label", "New label");
  field.maxLength = 40;
  field.onkeydown = (event) => {
    if (event.key === "Enter" && field.value.trim()) giveLabel(app, field.value.trim());
    if (event.key === "Escape") {
      drawMenu(app);
      refocus(app);
    }
    event.stopPropagation();
  };
  menu.querySelector(".own")?.replaceWith(field);
  field.focus();
}

// xproj_ui/editor/js/offer.js
var shownOffer = (app) => app.view.renewing ? app.data.offer : app.view.offer;
function offered(app, side, from, to) {
  return (shownOffer(app)?.spans ?? []).filter(
    (s) => s.side === side && s.start < to && s.end > from
  );
}
function ghostNode(app, span, from, to, row) {
  const [start, end] = [Math.max(span.start, from), Math.min(span.end, to)];
  const node = el("span", "eghost");
  Object.assign(node.style, {
    gridColumn: columnsOf(app, span.side, start, end, from),
    gridRow: row
  });
  node.title = `On offer: ${span.label} over ${words(app, span.side, span.start, span.end)}`;
  colour(app, node, span.label);
  node.append(el("span", "elabel", `${span.label}?`));
  return node;
}

// xproj_ui/editor/js/notice.js
function drawNotice(app) {
  app.parts.notice.replaceChildren();
  if (app.data.conflict) drawConflict(app, app.data.conflict);
  else if (app.problem) {
    const row = el("div", "enotice bad", app.problem);
    row.setAttribute("role", "alert");
    app.parts.notice.append(row);
  }
  const offer = shownOffer(app);
  if (offer && !app.data.read_only) drawOffer(app, offer);
}
function drawOffer(app, offer) {
  const { notice } = app.parts;
  const row = el("div", "enotice offer");
  const text = el("p", "");
  text.append(el("b", "", "With these links the labels would change. "), offer.messages.join(" "));
  const take = button("ebutton primary", "Take it");
  take.dataset.act = "take";
  take.append(el("kbd", "", "Y"));
  const keep = button("ebutton", "Keep as it is");
  keep.dataset.act = "keep";
  keep.append(el("kbd", "", "X"));
  take.disabled = keep.disabled = app.view.renewing;
  row.append(text, take, keep);
  notice.append(row);
}
function drawConflict(app, conflict) {
  const row = el("div", "enotice bad");
  row.setAttribute("role", "alert");
  const lost = app.unsaved ? ` Your last ${app.unsaved === 1 ? "change was" : `${app.unsaved} changes were`} not saved.` : "";
  const text = el("p", "");
  text.append(
    el("bdi", "ewords", conflict.by),
    ` changed this sentence at ${conflict.at}.${lost} Nothing was overwritten.`
  );
  const load = button("ebutton primary", "Load their version");
  load.dataset.act = "load";
  row.append(text, load);
  app.parts.notice.append(row);
}

// xproj_ui/editor/js/retext.js
function openText(app, side) {
  if (app.data.read_only || !app.data[side]) return;
  app.retext = side;
  drawText(app);
  app.parts.text.querySelector("textarea")?.focus();
}
function drawText(app) {
  const { text } = app.parts;
  text.replaceChildren();
  text.hidden = !app.retext;
  if (!app.retext) return;
  const side = app.retext;
  const label = el(
    "label",
    "quiet",
    `${app.data.names[side]}: words that stay keep their labels and links, the rest is marked for a second look.`
  );
  const field = el("textarea", "efield");
  const sentence = sentenceOf(app, side);
  field.dir = sentence.dir;
  field.lang = sentence.language;
  field.value = sentence.text;
  const before = field.value;
  field.rows = Math.min(8, 2 + Math.floor(field.value.length / 110));
  label.append(field);
  const keep = button("ebutton primary", "Save the text");
  keep.append(el("kbd", "", "Ctrl+Enter"));
  const leave = button("ebutton", "Cancel");
  leave.append(el("kbd", "", "Esc"));
  const close = () => {
    app.retext = null;
    drawText(app);
    refocus(app);
  };
  keep.onclick = () => {
    const typed = field.value;
    close();
    if (typed.trim() && typed !== before) command(app, "retext", { side, text: typed });
  };
  leave.onclick = close;
  field.onkeydown = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) keep.click();
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const row = el("div", "erow");
  row.append(keep, leave);
  text.append(label, row);
}

// xproj_ui/editor/js/bars.js
function barNodes(app, span, from, to, tokenRow, row) {
  const start = Math.max(span.start, from);
  const end = Math.min(span.end, to);
  const columns = columnsOf(app, span.side, start, end, from);
  const made = [];
  if (live(span)) {
    const tint = el("span", `etint ${span.status}`);
    Object.assign(tint.style, { gridColumn: columns, gridRow: tokenRow });
    colour(app, tint, span.label);
    made.push(tint);
  }
  const bar = mark(button(`ebar ${span.status}`), { side: span.side, span });
  Object.assign(bar.style, { gridColumn: columns, gridRow: row });
  bar.tabIndex = -1;
  bar.dataset.go = "";
  bar.classList.toggle("pending", Boolean(span.pending));
  bar.classList.toggle("before", start > span.start);
  bar.classList.toggle("after", end < span.end);
  bar.classList.toggle("stale", Boolean(span.stale));
  bar.classList.toggle("lost", Boolean(span.lost));
  bar.classList.toggle("leaving", Boolean(shownOffer(app)?.gone.includes(span.id)));
  bar.setAttribute("aria-label", describe(app, span));
  bar.title = describe(app, span);
  colour(app, bar, span.label);
  bar.append(el("span", "elabel", span.label));
  const marks = `${span.lost && live(span) ? "∅" : ""}${span.stale ? "!" : ""}${MARKS[span.status]}${span.note ? "…" : ""}`;
  if (marks) bar.append(el("span", "emark", marks));
  if (!app.data.read_only) {
    if (start === span.start) bar.append(grip("start"));
    if (end === span.end) bar.append(grip("end"));
  }
  app.bars.push({ node: bar, span });
  return [...made, bar];
}
function grip(edge) {
  const made = el("span", `grip ${edge}`);
  made.dataset.edge = edge;
  return made;
}

// xproj_ui/editor/js/links.js
function drawLinks(app, overlay) {
  const origin = app.parts.score.getBoundingClientRect();
  overlay.setAttribute("width", String(origin.width));
  overlay.setAttribute("height", String(origin.height));
  const at = (node) => {
    if (!node) return null;
    const r = node.getBoundingClientRect();
    return {
      x: (r.left + r.right) / 2 - origin.left,
      top: r.top - origin.top,
      bottom: r.bottom - origin.top
    };
  };
  const rects = { source: app.tok.source.map(at), target: app.tok.target.map(at) };
  const pairOf = { source: [], target: [] };
  app.lines.forEach(([a, b, c, d], k) => {
    for (let i = a; i < b; i++) pairOf.source[i] = k;
    for (let j = c; j < d; j++) pairOf.target[j] = k;
  });
  app.ribs = [];
  const shapes = [];
  for (const link of app.view.links) {
    const [s, t] = [rects.source[link.source], rects.target[link.target]];
    if (!s || !t) continue;
    const near = pairOf.source[link.source] === pairOf.target[link.target];
    const rib = { link, line: ribbonLine(app, link) };
    const whole = curve(s.x, s.bottom + 1, t.x, t.top - 1);
    const lean = Math.sign(t.x - s.x) * 5;
    const stubs = `M${s.x} ${s.bottom + 1}l${lean} 9M${t.x} ${t.top - 1}l${-lean} -9`;
    rib.line.setAttribute("d", near ? whole : stubs);
    if (!near) {
      rib.line.classList.add("stub");
      rib.full = ribbonLine(app, link);
      rib.full.classList.add("far");
      rib.full.setAttribute("d", whole);
      shapes.push(rib.full);
    }
    const hit = mark(svg("path", { class: "ehit", d: near ? whole : stubs }), { link });
    const title = svg("title", {});
    title.textContent = linkText(app, link);
    hit.append(title);
    shapes.push(rib.line, hit);
    app.ribs.push(rib);
  }
  overlay.replaceChildren(...shapes);
}
function curve(x1, y1, x2, y2) {
  const bend = Math.max(14, Math.abs(y2 - y1) * 0.5);
  return `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
}
function ribbonLine(app, link) {
  const line2 = svg("path", { class: `erib ${link.status}` });
  line2.style.strokeWidth = (1 + 2.6 * (link.score ?? 1)).toFixed(2);
  line2.classList.toggle("possible", link.possible);
  line2.classList.toggle("pending", link.pending);
  line2.classList.toggle("stale", link.stale);
  const label = sharedLabel(app, link);
  if (label) {
    colour(app, line2, label);
    line2.classList.add("same");
  }
  return line2;
}
function sharedLabel(app, link) {
  const here = app.view.spans.filter((s) => s.side === "source" && live(s) && covers(s, link.source)).map((s) => s.label);
  return app.view.spans.find(
    (s) => s.side === "target" && live(s) && covers(s, link.target) && here.includes(s.label)
  )?.label;
}

// xproj_ui/editor/js/breaks.js
var LINE_COST = 3;
var BAND = 0.3;
function pairsOfLines(source, target, links, room) {
  if (!source.length || !target.length) return oneSided(source, target, room);
  const [n, m] = [source.length, target.length];
  const inside = counted(n, m, links);
  const reach = [reaches(source, room), reaches(target, room)];
  const wide = [sums(source), sums(target)];
  const band = Math.min(BAND, 40 / Math.max(n, m)) + 12 / Math.min(n, m);
  const at = (i, j) => i * (m + 1) + j;
  const best = new Float64Array((n + 1) * (m + 1)).fill(Infinity);
  const from = new Int32Array(best.length);
  best[0] = 0;
  for (let i = 0; i <= n; i++) {
    for (let j = 0; j <= m; j++) {
      const so = best[at(i, j)];
      if (so === Infinity || Math.abs(i / n - j / m) > band) continue;
      for (let b = i; b <= reach[0][i]; b++) {
        const half = b === n || wide[0][b] - wide[0][i] > room * 0.45;
        for (let d = j; d <= reach[1][j]; d++) {
          if (!half && d !== m && wide[1][d] - wide[1][j] <= room * 0.45) continue;
          if (b === i && d === j) continue;
          const used = Math.max(wide[0][b] - wide[0][i], wide[1][d] - wide[1][j]) / room;
          const cost = so + LINE_COST + (1 - used) ** 2 + leaving(inside, n, m, i, b, j, d);
          if (cost < best[at(b, d)]) {
            best[at(b, d)] = cost;
            from[at(b, d)] = at(i, j);
          }
        }
      }
    }
  }
  if (best[at(n, m)] === Infinity) return sideBySide(source, target, room);
  const found = [];
  for (let k = at(n, m); k > 0; k = from[k]) {
    const before = from[k];
    found.unshift([
      Math.floor(before / (m + 1)),
      Math.floor(k / (m + 1)),
      before % (m + 1),
      k % (m + 1)
    ]);
  }
  return found;
}
function sums(widths) {
  const made = new Float64Array(widths.length + 1);
  widths.forEach((w, i) => {
    made[i + 1] = made[i] + w;
  });
  return made;
}
function reaches(widths, room) {
  const until = sums(widths);
  return Array.from(until, (start, i) => {
    let end = Math.min(i + 1, widths.length);
    while (end < widths.length && until[end + 1] - start <= room) end++;
    return end;
  });
}
function counted(n, m, links) {
  const made = new Int32Array((n + 1) * (m + 1));
  for (const { source, target } of links) made[(source + 1) * (m + 1) + target + 1]++;
  for (let i = 1; i <= n; i++) {
    for (let j = 1; j <= m; j++) {
      const k = i * (m + 1) + j;
      made[k] += made[k - 1] + made[k - m - 1] - made[k - m - 2];
    }
  }
  return made;
}
function leaving(inside, n, m, a, b, c, d) {
  const sum = (i, k, j, l) => inside[k * (m + 1) + l] - inside[i * (m + 1) + l] - inside[k * (m + 1) + j] + inside[i * (m + 1) + j];
  return sum(a, b, 0, m) + sum(0, n, c, d) - 2 * sum(a, b, c, d);
}
function oneSided(source, target, room) {
  if (source.length) return greedy(source, room).map(([a, b]) => [a, b, 0, 0]);
  return greedy(target, room).map(([a, b]) => [0, 0, a, b]);
}
function sideBySide(source, target, room) {
  const [a, b] = [greedy(source, room), greedy(target, room)];
  return Array.from({ length: Math.max(a.length, b.length) }, (_, k) => [
    ...a[k] ?? [source.length, source.length],
    ...b[k] ?? [target.length, target.length]
  ]);
}
function greedy(widths, room) {
  const reach = reaches(widths, room);
  const lines = [];
  for (let i = 0; i < widths.length; i = reach[i]) lines.push([i, reach[i]]);
  return lines;
}

// xproj_ui/editor/js/measure.js
function measured(app, room) {
  const key = JSON.stringify([room, app.data.source?.tokens, app.data.target?.tokens]);
  if (app.measure?.key !== key) {
    const probe = el("div", "eprobe");
    const nodes = SIDES.map((side) => tokensOf(app, side).map((text) => wordNode(app, side, text)));
    probe.append(...nodes.flat());
    app.parts.score.append(probe);
    const found = nodes.map(
      (row) => row.map((node) => Math.min(room, Math.ceil(node.getBoundingClientRect().width)))
    );
    probe.remove();
    app.measure = { key, source: found[0], target: found[1] };
    app.breaks = [];
  }
  const made = { source: [...app.measure.source], target: [...app.measure.target] };
  for (const side of SIDES) {
    const tracks = side === "target" ? app.data.tracks.flatMap((t) => t.spans) : [];
    for (const span of [...app.view.spans.filter((s) => s.side === side), ...tracks]) {
      const wanted = Math.min(room, span.label.length * 7.4 + ("status" in span ? 26 : 16));
      const has = made[side].slice(span.start, span.end).reduce((sum, w) => sum + w, 0);
      if (has < wanted && span.end <= made[side].length) made[side][span.end - 1] += wanted - has;
    }
  }
  return made;
}
function lineBreaks(app, widths, room) {
  const fits2 = app.breaks.every(
    (p) => SIDES.every((side, k) => {
      const [from, to] = [p[2 * k], p[2 * k + 1]];
      return to - from < 2 || widths[side].slice(from, to).reduce((sum, w) => sum + w, 0) <= room;
    })
  );
  if (!fits2 || !app.breaks.length)
    app.breaks = pairsOfLines(widths.source, widths.target, app.view.links.filter(live), room);
  return app.breaks;
}
function wordNode(app, side, text) {
  const node = el("span", "etok");
  const word = el("span", "ew", text);
  word.dir = sentenceOf(app, side).dir;
  word.lang = sentenceOf(app, side).language;
  node.append(word);
  return node;
}

// xproj_ui/editor/js/tracks.js
function drawTrack(app, node, rows, track, from, to, narrow) {
  const spans = track.spans.filter((s) => s.start < to && s.end > from).map((s) => ({ ...s, lane: 0 }));
  if (narrow && !spans.length) return;
  lay(spans);
  const lanes = Math.max(1, ...spans.map((s) => s.lane + 1));
  const name = el("span", narrow ? "ecaption" : "ename quiet");
  name.append(el("bdi", "", track.title));
  name.title = track.title;
  if (narrow) {
    rows.push("auto");
    name.style.gridRow = String(rows.length);
  } else name.style.gridRow = `${rows.length + 1} / span ${lanes}`;
  const top = rows.length + 1;
  for (let k = 0; k < lanes; k++) rows.push("var(--lane)");
  node.append(name);
  for (let i = from; i < to; i++) {
    const cell = el("span", "ecell");
    Object.assign(cell.style, {
      gridColumn: column(app, "target", i, from),
      gridRow: `${top} / span ${lanes}`
    });
    node.append(cell);
  }
  for (const span of spans) node.append(trackBar(app, track, span, from, to, top + span.lane));
}
function trackBar(app, track, span, from, to, row) {
  const same = app.view.spans.some(
    (s) => s.side === "target" && live(s) && s.start === span.start && s.end === span.end && s.label === span.label
  );
  const label = `${span.label}, ${words(app, "target", span.start, span.end)}, ${track.title}${same ? "" : ": take it over"}`;
  const made = mark(button("etrack", void 0, label), { track: span });
  const [start, end] = [Math.max(span.start, from), Math.min(span.end, to)];
  Object.assign(made.style, {
    gridColumn: columnsOf(app, "target", start, end, from),
    gridRow: row
  });
  made.classList.toggle("same", same);
  made.tabIndex = -1;
  made.dataset.go = "";
  made.disabled = app.data.read_only;
  colour(app, made, span.label);
  made.append(el("span", "elabel", span.label));
  return made;
}

// xproj_ui/editor/js/score.js
function drawScore(app) {
  const { score } = app.parts;
  const width = score.clientWidth;
  if (!width) return;
  const narrow = width < NARROW;
  const shown = tracksShown(app) ? app.data.tracks : [];
  const names = narrow ? 0 : 116;
  const widths = measured(app, width - names);
  app.lines = lineBreaks(app, widths, width - names);
  app.tok = { source: [], target: [] };
  app.bars = [];
  score.style.setProperty("--names", `${names}px`);
  const rtl = SIDES.some((side) => app.data[side]?.dir === "rtl");
  const wide = (side, from, to) => widths[side].slice(from, to).reduce((sum, w) => sum + w, 0);
  const block = names + Math.max(
    ...app.lines.map(([a, b, c, d]) => Math.max(wide("source", a, b), wide("target", c, d)))
  );
  const overlay = svg("svg", { class: "eribs", "aria-hidden": "true" });
  const systems = app.lines.map(([a, b, c, d], k) => {
    const system = el("div", "system");
    if (rtl) system.style.inlineSize = `${block}px`;
    if (app.data.source)
      system.append(line(app, "source", a, b, widths.source, k === 0, narrow, []));
    if (app.data.source && app.data.target) system.append(el("div", "gap"));
    if (app.data.target)
      system.append(line(app, "target", c, d, widths.target, k === 0, narrow, shown));
    return system;
  });
  score.replaceChildren(overlay, ...systems);
  drawLinks(app, overlay);
}
function line(app, side, from, to, widths, first2, narrow, tracks) {
  const node = el("div", `eline ${side}`);
  node.dir = sentenceOf(app, side).dir;
  const columns = widths.slice(from, to).map((w) => `${w}px`);
  const rtl = node.dir === "rtl";
  node.style.gridTemplateColumns = (rtl ? [...columns, "1fr", "var(--names)"] : ["var(--names)", ...columns]).join(" ");
  node.style.setProperty("--first", String(rtl ? columns.length + 2 : 1));
  const spans = app.view.spans.filter((s) => s.side === side && s.start < to && s.end > from);
  const lanes = spans.reduce((n, s) => Math.max(n, s.lane + 1), 0);
  const ghosts = offered(app, side, from, to);
  node.style.setProperty("--tint", `${Math.min(15, 48 / Math.max(1, lanes)).toFixed(1)}%`);
  const extra = ghosts.length ? 1 : 0;
  const tokenRow = side === "source" ? lanes + extra + 1 : 1;
  const laneRow = (lane) => side === "source" ? lanes + extra - lane : lane + 2;
  const heights = Array(lanes + extra).fill("var(--lane)");
  const rows = side === "source" ? [...heights, "auto"] : ["auto", ...heights];
  if (first2 && !narrow) node.append(sideName(app, side, tokenRow));
  for (let i = from; i < to; i++)
    node.append(tokenNode(app, side, i, column(app, side, i, from), tokenRow));
  for (const span of spans)
    node.append(...barNodes(app, span, from, to, tokenRow, laneRow(span.lane)));
  for (const ghost of ghosts) node.append(ghostNode(app, ghost, from, to, laneRow(lanes)));
  for (const track of tracks) drawTrack(app, node, rows, track, from, to, narrow);
  node.style.gridTemplateRows = rows.join(" ");
  return node;
}
function sideName(app, side, row) {
  const name = el("span", "ename");
  name.append(el("bdi", "", app.data.names[side]));
  name.style.gridRow = String(row);
  if (!app.data.read_only) name.append(pencil(app, side));
  return name;
}
function pencil(app, side) {
  const made = button("epencil", "✎", `Edit the ${app.data.names[side]} text (T)`);
  made.dataset.retext = side;
  return made;
}
function tokenNode(app, side, i, at, row) {
  const node = mark(wordNode(app, side, tokensOf(app, side)[i]), { side, token: i });
  node.style.gridColumn = String(at);
  node.style.gridRow = String(row);
  node.tabIndex = -1;
  node.dataset.go = "";
  node.setAttribute("role", "button");
  node.setAttribute("aria-label", spoken(app, side, i));
  if (app.view.links.some((l) => l[side] === i && l.stale && live(l)))
    node.classList.add("stalelink");
  app.tok[side][i] = node;
  return node;
}

// xproj_ui/editor/js/draw.js
function update(app, data) {
  if (app.served.item !== data.item) app.problem = null;
  app.served = data;
  remember(data);
  settle(app);
  if (app.fresh && !data.read_only) reviveUnsent(app, data);
  if (guessing(app)) drawBar(app);
  else {
    endGuess(app);
    show(app, data);
    lookAhead(app);
  }
  send(app);
}
function show(app, data) {
  const was = app.data;
  const other = app.fresh || data.item !== was.item || was.read_only && !data.read_only;
  app.data = data;
  app.fresh = false;
  if (other) {
    Object.assign(app, {
      sel: null,
      menu: false,
      linking: null,
      hover: null,
      drag: null,
      retext: null,
      measure: null
    });
    app.view = preview(app);
    beginAt(app);
    drawText(app);
  }
  app.draw();
  const free = document.activeElement === document.body || focused(app.root);
  if (other && !data.read_only && free) refocus(app);
}
function remember({ cookie, annotator }) {
  if (!cookie || !annotator) return;
  const pair = `${cookie}=${encodeURIComponent(annotator)}`;
  if (!document.cookie.split("; ").includes(pair))
    document.cookie = `${pair}; path=/; max-age=31536000; samesite=lax`;
}
function beginAt(app) {
  if (app.data.read_only) return;
  const open = app.view.spans.filter((s) => s.status === "projected" || s.stale);
  const span = open.find((s) => s.side === "target") ?? open[0];
  const side = app.data.target ? "target" : "source";
  app.sel = span ? { kind: "span", id: span.id } : { kind: "tokens", side, anchor: 0, head: 0 };
}
function draw(app) {
  const active = focused(app.root);
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
function choose(app, sel) {
  app.sel = sel;
  if (sel?.kind !== "tokens") app.linking = null;
  drawInspector(app);
  drawMenu(app);
  paint(app);
  const [span, link] = [chosenSpan(app), chosenLink(app)];
  if (span) app.say(describe(app, span));
  if (link) app.say(linkText(app, link));
}
function say(app, text) {
  app.parts.live.textContent = text;
  return null;
}

// xproj_ui/editor/js/help.js
function openHelp(app) {
  const box = app.parts.help;
  box.replaceChildren();
  const head = el("div", "head");
  const close = button("close", "×", "Close");
  close.onclick = () => box.close();
  head.append(el("h3", "", "Keys"), close);
  const list = el("dl", "ekeys");
  for (const [keys, what] of app.data.keys) {
    const names = el("dt");
    keys.split(" ").forEach((key) => names.append(el("kbd", "", key)));
    list.append(names, el("dd", "", what));
  }
  box.append(head, list);
  box.onkeydown = (event) => {
    if (event.key === "?") box.close();
    event.stopPropagation();
  };
  box.onclick = (event) => event.target === box && box.close();
  box.onclose = () => refocus(app);
  box.showModal();
}

// xproj_ui/editor/js/acts.js
var ACTS = {
  accept: (app) => {
    app.menu = false;
    judge(app, "accepted");
  },
  reject: (app) => {
    app.menu = false;
    judge(app, "rejected");
  },
  delete: (app) => remove(app),
  label: (app) => {
    app.menu = !app.menu;
    app.draw();
  },
  link: (app) => beginLink(app),
  possible: (app) => possibleOrSure(app),
  "end-link": (app) => stepBack(app),
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
  retext: (app) => openText(app, sideOf(app)),
  help: (app) => openHelp(app),
  tracks: (app) => toggleTracks(app)
};
function enter(app) {
  if (app.data.conflict) return ACTS.load(app);
  if (app.linking && app.sel?.kind === "tokens" && app.sel.side !== app.linking.side) {
    toggleLink(app, app.linking, app.sel.side, app.sel.head);
    return app.draw();
  }
  const focus = (
    /** @type {Marked | null} */
    focused(app.root)
  );
  if (focus?.xp?.track) return adopt(app, focus.xp.track);
  if (app.data.read_only) return false;
  app.menu = !app.menu;
  return app.draw();
}
function stepBack(app) {
  if (app.linking) {
    const { side: side2, start, end } = app.linking;
    app.linking = null;
    app.choose({ kind: "tokens", side: side2, anchor: start, head: end - 1 });
    return refocus(app);
  }
  if (app.menu) {
    app.menu = false;
    return app.draw();
  }
  if (!app.sel) return false;
  const { side, i } = cursorOf(app, app.sel);
  app.choose({ kind: "tokens", side, anchor: i, head: i });
  return refocus(app);
}
function cursorOf(app, sel) {
  if (sel.kind === "tokens") return { side: sel.side, i: sel.head };
  if (sel.kind === "link") return { side: "source", i: sel.source };
  const span = chosenSpan(app);
  return span ? { side: span.side, i: span.start } : { side: "target", i: 0 };
}
function sideOf(app) {
  const { sel } = app;
  return chosenSpan(app)?.side ?? (sel?.kind === "tokens" ? sel.side : "target");
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
  app.choose({ kind: "tokens", side: other, anchor: i, head: i });
  refocus(app);
}

// xproj_ui/editor/js/move.js
function arrow(app, key, shift) {
  const span = chosenSpan(app);
  const { sel } = app;
  const across = key === "ArrowLeft" || key === "ArrowRight";
  if (!sel) {
    const side2 = app.data.target ? "target" : "source";
    stepTo(app, side2, 0);
    return true;
  }
  const side = span?.side ?? (sel.kind === "tokens" ? sel.side : "source");
  const rtl = sentenceOf(app, side).dir === "rtl";
  const step = across ? key === "ArrowRight" !== rtl ? 1 : -1 : 0;
  if (span && shift && across) {
    if (!app.data.read_only) pullEdge(app, span, step);
    return true;
  }
  if (!across) return upOrDown(app, key);
  if (span)
    stepTo(app, side, step > 0 ? Math.min(span.end, last(app, side)) : Math.max(0, span.start - 1));
  else if (sel.kind === "link") nextLink(app, step);
  else if (sel.kind === "tokens") {
    const head = Math.max(0, Math.min(last(app, side), sel.head + step));
    app.menu = false;
    app.choose({ kind: "tokens", side, anchor: shift ? sel.anchor : head, head, range: shift });
    refocus(app);
  }
  return true;
}
function stepTo(app, side, i) {
  app.menu = false;
  app.choose({ kind: "tokens", side, anchor: i, head: i });
  refocus(app);
}
function toEnd(app, key, shift) {
  if (app.sel?.kind !== "tokens") return false;
  const { side, anchor } = app.sel;
  const head = key === "Home" ? 0 : last(app, side);
  app.choose({ kind: "tokens", side, anchor: shift ? anchor : head, head });
  refocus(app);
  return true;
}
function upOrDown(app, key) {
  const from = focusNode(app);
  if (!from) return false;
  const here = from.getBoundingClientRect();
  const sign = key === "ArrowDown" ? 1 : -1;
  let best = null;
  const nodes = (
    /** @type {Marked[]} */
    all(app.parts.score, "[data-go]")
  );
  for (const node of nodes) {
    const there = node.getBoundingClientRect();
    const along = sign * ((there.top + there.bottom) / 2 - (here.top + here.bottom) / 2);
    if (node === from || along < 6 || node.matches(":disabled")) continue;
    const aside = Math.max(0, there.left - here.right, here.left - there.right);
    const off = Math.abs((there.left + there.right) / 2 - (here.left + here.right) / 2);
    const far = along * 2 + aside + off / 8;
    if (!best || far < best.far) best = { far, node };
  }
  if (!best) return true;
  const ref = best.node.xp;
  app.menu = false;
  if (ref.span) app.choose({ kind: "span", id: ref.span.id });
  else if (ref.track)
    app.choose({
      kind: "tokens",
      side: "target",
      anchor: ref.track.start,
      head: ref.track.end - 1
    });
  else if (ref.side && ref.token !== void 0) {
    app.choose({ kind: "tokens", side: ref.side, anchor: ref.token, head: ref.token });
  }
  focusOnly(app, best.node);
  return true;
}
function nextSpan(app, step) {
  const order = [...app.view.spans].sort(
    (a, b) => a.side === b.side ? a.start - b.start || b.end - a.end : a.side === "target" ? 1 : -1
  );
  if (!order.length) return;
  const at = order.findIndex((s) => s.id === chosenSpan(app)?.id);
  const next = order[at < 0 ? step > 0 ? 0 : order.length - 1 : (at + step + order.length) % order.length];
  app.menu = false;
  app.edge = "end";
  app.choose({ kind: "span", id: next.id });
  refocus(app);
}
function nextLink(app, step) {
  const now = chosenLink(app);
  const base = now ?? app.view.links.find((l) => app.sel?.kind === "tokens" && l[app.sel.side] === app.sel.head);
  const order = [...app.view.links].sort((a, b) => a.source - b.source || a.target - b.target);
  if (!order.length) return;
  const at = order.indexOf(base ?? order[0]);
  const next = order[now ? (at + step + order.length) % order.length : Math.max(0, at)];
  app.choose({ kind: "link", source: next.source, target: next.target });
  refocus(app);
}

// xproj_ui/editor/js/keys.js
function keyName(event) {
  if (/^[a-z]$/i.test(event.key)) return event.key.toLowerCase();
  if (/^Key[A-Z]$/.test(event.code) && event.key.length === 1) return event.code[3].toLowerCase();
  if (/^[0-9]$/.test(event.key)) return event.key;
  if (/^Digit[0-9]$/.test(event.code) && !event.shiftKey) return event.code[5];
  return event.key;
}
function onKey(app, event) {
  const field = closest(event, "input, textarea, select, dialog");
  if (field) {
    if (event.key === "Escape" && field.matches(".enote")) refocus(app);
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.blur();
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
  const pressing = focused(app.root)?.matches("button:not([data-go])");
  if (pressing && (key === "Enter" || key === " ")) return false;
  if (/^[1-9]$/.test(key)) {
    const label = app.data.labels[Number(key) - 1];
    if (label && !app.data.read_only) giveLabel(app, label);
    return Boolean(label);
  }
  if (key.startsWith("Arrow")) return arrow(app, key, event.shiftKey);
  if (key === "Home" || key === "End") return toEnd(app, key, event.shiftKey);
  const act = KEYS[key];
  if (!act)
    return /^[a-z]$/.test(key) && event.target instanceof Node && app.root.contains(event.target);
  if (app.data.read_only && !READING.has(key)) return false;
  return act(app, event.shiftKey) !== false;
}
var READING = /* @__PURE__ */ new Set(["Escape", "s", "k", "n", "p", "?"]);
var KEYS = {
  Enter: (app) => enter(app),
  " ": (app) => enter(app),
  Escape: (app) => stepBack(app),
  Delete: (app) => remove(app),
  Backspace: (app) => remove(app),
  a: (app, shift) => shift ? acceptAll(app) : ACTS.accept(app),
  r: (app) => ACTS.reject(app),
  s: (app, shift) => nextSpan(app, shift ? -1 : 1),
  k: (app, shift) => nextLink(app, shift ? -1 : 1),
  l: (app) => app.linking ? enter(app) : beginLink(app),
  u: (app) => ACTS.possible(app),
  e: (app) => {
    app.edge = app.edge === "start" ? "end" : "start";
    app.draw();
    refocus(app);
  },
  m: (app) => {
    first(app.root, ".enote")?.focus();
  },
  t: (app) => ACTS.retext(app),
  d: (app) => finish(app),
  n: (app) => go(app, "next"),
  p: (app) => go(app, "previous"),
  y: (app) => app.view.offer ? ACTS.take(app) : false,
  x: (app) => app.view.offer ? ACTS.keep(app) : false,
  "?": (app) => openHelp(app)
};

// xproj_ui/editor/js/mouse.js
function pressed(app, event) {
  if (event.button !== 0 || app.data.read_only) return;
  const ref = refAt(event);
  const edge = closest(event, ".grip")?.dataset.edge;
  if (edge && ref?.span) {
    app.drag = {
      kind: "resize",
      id: ref.span.id,
      side: ref.span.side,
      edge,
      start: ref.span.start,
      end: ref.span.end
    };
    app.root.setPointerCapture(event.pointerId);
    event.preventDefault();
  } else if (ref?.side && ref.token !== void 0 && event.pointerType !== "touch") {
    app.drag = { kind: "words", side: ref.side, from: ref.token, head: ref.token };
    app.root.setPointerCapture(event.pointerId);
    event.preventDefault();
  } else if (ref?.span && event.pointerType !== "touch") {
    app.drag = { kind: "press", id: ref.span.id };
  }
}
function moved(app, event) {
  const { drag } = app;
  if (!drag || drag.kind === "press") {
    if (event.pointerType === "touch") return;
    hoverOver(app, refAt(event));
    return;
  }
  const i = nearestWord(app, drag.side, event.clientX, event.clientY);
  if (drag.kind === "words") {
    if (i === drag.head) return;
    drag.head = i;
    app.menu = false;
    app.choose({ kind: "tokens", side: drag.side, anchor: drag.from, head: i });
    return;
  }
  const [start, end] = drag.edge === "start" ? [Math.min(i, drag.end - 1), drag.end] : [drag.start, Math.max(i + 1, drag.start + 1)];
  if (start === drag.start && end === drag.end) return;
  Object.assign(drag, { start, end });
  app.draw();
}
function released(app, event) {
  const { drag } = app;
  if (!drag) return;
  app.drag = null;
  app.swallow = true;
  setTimeout(() => {
    app.swallow = false;
  });
  if (drag.kind === "press") return pickSpan(app, drag.id);
  if (drag.kind === "resize") return resized(app, drag);
  if (drag.head === drag.from) wordClicked(app, drag.side, drag.from, event.shiftKey);
  else {
    app.menu = true;
    app.choose({
      kind: "tokens",
      side: drag.side,
      anchor: drag.from,
      head: drag.head,
      range: true
    });
  }
  refocus(app);
}
function resized(app, drag) {
  const old = preview(app).spans.find((s) => s.id === known(app, drag.id));
  app.sel = { kind: "span", id: drag.id };
  app.menu = false;
  if (old && (old.start !== drag.start || old.end !== drag.end))
    command(app, "resize", { id: drag.id, start: drag.start, end: drag.end });
  else {
    app.menu = true;
    app.draw();
  }
  refocus(app);
}
function nearestWord(app, side, x, y) {
  const far = app.tok[side].map((node) => {
    if (!node) return Infinity;
    const r = node.getBoundingClientRect();
    return Math.max(0, r.left - x, x - r.right) + 4 * Math.max(0, r.top - y, y - r.bottom);
  });
  return far.indexOf(Math.min(...far));
}
function hoverOver(app, ref) {
  if (app.hover === ref) return;
  app.hover = ref;
  paint(app);
}
function wordClicked(app, side, i, shift) {
  if (app.linking) return linkWord(app, app.linking, side, i);
  const { sel } = app;
  const tokens = sel?.kind === "tokens" && app.menu;
  if (tokens && sel.side !== side) {
    toggleLink(app, { side: sel.side, ...rangeOf(sel) }, side, i);
    app.menu = true;
    return app.draw();
  }
  if (tokens && sel.anchor === i && sel.head === i) {
    app.menu = false;
    return app.choose(null);
  }
  const extend = sel?.kind === "tokens" && sel.side === side && (app.menu && !sel.range || shift);
  app.menu = true;
  app.choose({ kind: "tokens", side, anchor: extend ? sel.anchor : i, head: i, range: extend });
}
function linkWord(app, from, side, i) {
  if (side === from.side) {
    app.linking = { side, start: i, end: i + 1 };
    return app.choose({ kind: "tokens", side, anchor: i, head: i });
  }
  toggleLink(app, from, side, i);
  return app.choose({ kind: "tokens", side, anchor: i, head: i });
}
function clicked(app, event) {
  if (app.swallow) return;
  const pressed2 = closest(
    event,
    "[data-act], [data-retext], [data-label], [data-span], [data-link]"
  );
  if (pressed2) return buttonClicked(app, pressed2.dataset);
  const ref = refAt(event);
  if (ref?.track) return adopt(app, ref.track);
  if (ref?.span) return pickSpan(app, ref.span.id);
  if (ref?.link)
    return app.choose({ kind: "link", source: ref.link.source, target: ref.link.target });
  if (ref?.side && ref.token !== void 0) {
    wordClicked(app, ref.side, ref.token, event.shiftKey);
    return refocus(app);
  }
  if (closest(event, ".staves")) {
    app.linking = null;
    app.menu = false;
    app.choose(null);
  }
}
function buttonClicked(app, { act, retext, label, span, link }) {
  if (act) return ACTS[
    /** @type {keyof typeof ACTS} */
    act
  ](app);
  if (retext) return openText(app, retext === "source" ? "source" : "target");
  if (label) return giveLabel(app, label);
  if (span) return pickSpan(app, span);
  const [source, target] = (link ?? "").split("-").map(Number);
  return app.choose({ kind: "link", source, target });
}
var refAt = (event) => (
  /** @type {Ref | null} */
  refOf(event)
);
function pickSpan(app, id) {
  app.linking = null;
  app.menu = true;
  app.edge = "end";
  app.choose({ kind: "span", id });
  refocus(app);
}

// xproj_ui/editor/js/main.js
var apps = /* @__PURE__ */ new WeakMap();
function main_default(component) {
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
    parts.live
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
function newApp(root, { data, setTriggerValue }) {
  let width = 0;
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
      live: el("div", "elive")
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
    say: (text) => say(app, text)
  };
  return app;
}
function listen(app) {
  const { root } = app;
  const { signal } = app.listening;
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
  const unfocused = (event) => {
    if (document.activeElement !== document.body || event.key === " ") return;
    if (!app.data.read_only) onKey(app, event);
  };
  document.addEventListener("keydown", unfocused, { signal });
  const leave = (event) => {
    if (app.queue.some(isEdit) && !app.leaving) event.preventDefault();
  };
  window.addEventListener("beforeunload", leave, { signal });
  window.addEventListener("pagehide", () => keepUnsent(app), { signal });
}
export {
  main_default as default
};

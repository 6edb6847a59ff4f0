// The labels to choose from, right beside what is chosen. Numbers choose, so do clicks.

function drawMenu(app) {
  const { menu } = app.parts;
  const span = chosenSpan(app);
  const tokens = app.sel?.kind === "tokens";
  menu.hidden = app.data.read_only || !app.menu || !(tokens || span) || Boolean(app.linking);
  menu.replaceChildren();
  if (menu.hidden) return;
  const side = span?.side ?? app.sel.side;
  app.data.labels.forEach((label, k) => menu.append(labelChoice(app, label, k, span)));
  menu.append(ownLabel(app));
  if (span) {
    menu.append(el("span", "esep"));
    menu.append(action("✓", "accept", "Accept (A)"), action("✕", "delete", "Delete (Del)"));
  }
  const { start, end } = span ?? rangeOf(app.sel);
  placeMenu(app, menu, side, app.tok[side].slice(start, end).filter(Boolean), span);
}

function labelChoice(app, label, k, span) {
  const made = button("echoice", undefined, `${label}${k < 9 ? ` (${k + 1})` : ""}`);
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

// Over a source line, under a target line: never over the gap where links are.
function placeMenu(app, menu, side, nodes, span) {
  if (!nodes.length) { menu.hidden = true; return; }
  const origin = menu.parentElement.getBoundingClientRect();
  const first = nodes[nodes.length - 1].getBoundingClientRect();
  // of the bars of the same line, those that hang on these words
  const bars = app.bars.filter((b) => b.node.parentElement === nodes[nodes.length - 1].parentElement
    && (b.span === span || nodes.some((n) => covers(b.span, n.xp.token)))).map((b) => b.node.getBoundingClientRect());
  const rects = [first, ...bars];
  const middle = (first.left + first.right) / 2 - origin.left;
  const half = menu.offsetWidth / 2;
  menu.style.left = `${Math.max(0, Math.min(origin.width - 2 * half, middle - half))}px`;
  const over = side === "source" && Boolean(app.data.target);
  const y = over ? Math.min(...rects.map((r) => r.top)) - origin.top - menu.offsetHeight - 6
    : Math.max(...rects.map((r) => r.bottom)) - origin.top + 6;
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
    if (event.key === "Escape") { drawMenu(app); refocus(app); }
    event.stopPropagation();
  };
  menu.querySelector(".own").replaceWith(field);
  field.focus();
}

// The label goes to the chosen span, or makes a span of the chosen words.
function giveLabel(app, label) {
  const { sel } = app;
  const span = chosenSpan(app);
  if (span) {
    if (span.label !== label) command(app, "relabel", { id: span.id, label });
    else if (span.status !== "accepted" && span.by !== "person") judge(app, "accepted");
  } else if (sel?.kind === "tokens") {
    const { start, end } = rangeOf(sel);
    const twin = app.view.spans.find((s) => s.side === sel.side && s.start === start && s.end === end && s.label === label);
    if (twin) {
      app.sel = { kind: "span", id: twin.id };
      if (!live(twin)) return judge(app, "accepted");
    } else {
      const id = command(app, "add_span", { side: sel.side, start, end, label });
      if (id) app.sel = { kind: "span", id: `pending:${id}` };
    }
  } else return;
  app.menu = false;
  draw(app);
  refocus(app);
}

function judge(app, status) {
  const span = chosenSpan(app);
  const link = chosenLink(app);
  if (span) command(app, "set_status", { spans: [span.id], links: [], status });
  else if (link) command(app, "set_status", { spans: [], links: [[link.source, link.target]], status });
}

function remove(app) {
  const span = chosenSpan(app);
  const link = chosenLink(app);
  if (span && live(span)) {
    const { side, start } = span;
    command(app, "delete_span", { id: span.id });
    choose(app, { kind: "tokens", side, anchor: start, head: start });
  } else if (link && live(link)) {
    command(app, "unlink", { source: link.source, target: link.target });
    choose(app, { kind: "tokens", side: "source", anchor: link.source, head: link.source });
  }
}

const unchecked = (app) => app.view.spans.filter((s) => s.status === "projected");

function acceptAll(app) {
  const spans = unchecked(app).map((s) => s.id);
  const links = app.view.links.filter((l) => l.status === "projected").map((l) => [l.source, l.target]);
  if (spans.length + links.length) command(app, "set_status", { spans, links, status: "accepted" });
}

// Link every chosen word with one on the other side; unlink if all of them are linked.
function toggleLink(app, from, side, i) {
  const pairs = [];
  for (let k = from.start; k < from.end; k++) pairs.push(side === "target" ? [k, i] : [i, k]);
  const there = pairs.filter(([s, t]) => linkAt(app, s, t));
  if (there.length === pairs.length) for (const [source, target] of pairs) command(app, "unlink", { source, target });
  else for (const [source, target] of pairs) {
    if (!linkAt(app, source, target)) command(app, "link", { source, target, possible: false });
  }
  say(app, `${there.length === pairs.length ? "Unlinked" : "Linked"} ${words(app, from.side, from.start, from.end)} and ${tokensOf(app, side)[i]}`);
}

// A sure link becomes a possible one, and a possible one sure. While linking, the words under
// the cursor are linked so; of a word with several links, the first is chosen to begin with.
function possibleOrSure(app) {
  const { sel, linking } = app;
  if (app.data.read_only || !sel || sel.kind === "span") return;
  if (linking) {
    if (sel.side === linking.side) return;
    for (let k = linking.start; k < linking.end; k++) setLink(app, ...(sel.side === "target" ? [k, sel.head] : [sel.head, k]));
    return;
  }
  if (sel.kind === "link") return setLink(app, sel.source, sel.target);
  const { start, end } = rangeOf(sel);
  const links = app.view.links.filter((l) => live(l) && start <= l[sel.side] && l[sel.side] < end);
  if (links.length === 1) setLink(app, links[0].source, links[0].target);
  else if (links.length) {
    choose(app, { kind: "link", source: links[0].source, target: links[0].target });
    refocus(app);
  }
}

function setLink(app, source, target) {
  const possible = !linkAt(app, source, target)?.possible;
  command(app, "link", { source, target, possible });
  say(app, `${possible ? "Only a possible link" : "A sure link"}: ${tokensOf(app, "source")[source]} and ${tokensOf(app, "target")[target]}`);
}

// A re-projection on offer after a link has changed: a ghost to take or to leave.

function offered(app, side, from, to) {
  return (app.data.offer?.spans ?? []).filter((s) => s.side === side && s.start < to && s.end > from);
}

function ghostNode(app, span, from, to, row) {
  const [start, end] = [Math.max(span.start, from), Math.min(span.end, to)];
  const node = el("span", "eghost");
  Object.assign(node.style, { gridColumn: columnsOf(app, span.side, start, end, from), gridRow: row });
  node.title = `On offer: ${span.label} over ${words(app, span.side, span.start, span.end)}`;
  colour(app, node, span.label);
  node.append(el("span", "elabel", `${span.label}?`));
  return node;
}

function drawOffer(app) {
  const { notice } = app.parts;
  const { offer } = app.data;
  const row = el("div", "enotice offer");
  const text = el("p", "");
  text.append(el("b", "", "With these links the labels would change. "), offer.messages.join(" "));
  const take = button("ebutton primary", "Take it");
  take.dataset.act = "take";
  take.append(el("kbd", "", "Y"));
  const keep = button("ebutton", "Keep as it is");
  keep.dataset.act = "keep";
  keep.append(el("kbd", "", "X"));
  row.append(text, take, keep);
  notice.append(row);
}

function drawConflict(app) {
  const { conflict } = app.data;
  const row = el("div", "enotice bad");
  row.setAttribute("role", "alert");
  const lost = app.unsaved ? ` Your last ${app.unsaved === 1 ? "change was" : `${app.unsaved} changes were`} not saved.` : "";
  const text = el("p", "");
  text.append(el("bdi", "ewords", conflict.by), ` changed this sentence at ${conflict.at}.${lost} Nothing was overwritten.`);
  const load = button("ebutton primary", "Load their version");
  load.dataset.act = "load";
  row.append(text, load);
  app.parts.notice.append(row);
}

function drawNotice(app) {
  app.parts.notice.replaceChildren();
  if (app.data.conflict) drawConflict(app);
  else if (app.problem) {
    const row = el("div", "enotice bad", app.problem);
    row.setAttribute("role", "alert");
    app.parts.notice.append(row);
  }
  if (app.data.offer && !app.data.read_only) drawOffer(app);
}

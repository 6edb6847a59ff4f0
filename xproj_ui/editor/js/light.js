// What belongs together is lit: links, counterparts, spans. Without asking the server.

const covers = (span, i) => span.start <= i && i < span.end;

// {source: tokens, target: tokens, links, spans} around what the pointer or the cursor is on.
function around(app, ref) {
  const lit = { source: new Set(), target: new Set(), links: new Set(), spans: new Set() };
  const { spans, links } = app.view;
  if (!ref) return lit;
  if (ref.link) {
    lit.links.add(ref.link);
    lit.source.add(ref.link.source);
    lit.target.add(ref.link.target);
  } else if (ref.span) spanLight(app, ref.span, lit);
  else if (ref.token !== undefined) {
    const other = ref.side === "source" ? "target" : "source";
    for (let i = ref.token; i < (ref.end ?? ref.token + 1); i++) {
      lit[ref.side].add(i);
      for (const link of links.filter((l) => l[ref.side] === i && live(l))) {
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
  const kin = app.view.spans.filter((s) => s.side === other && live(s) && (s.from === span.id || span.from === s.id));
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

// Classes only: nothing is drawn anew for a hover or a step of the cursor.
function paint(app) {
  const chosen = chosenRef(app);
  const ref = app.hover ?? chosen;
  const lit = around(app, ref);
  const range = app.sel?.kind === "tokens" ? rangeOf(app.sel) : null;
  for (const side of SIDES) {
    app.tok[side].forEach((node, i) => {
      if (!node) return;
      const inRange = range && app.sel.side === side && range.start <= i && i < range.end;
      node.classList.toggle("sel", Boolean(inRange));
      node.classList.toggle("lit", lit[side].has(i));
      node.classList.toggle("linkfrom", Boolean(app.linking && app.linking.side === side && covers(app.linking, i)));
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

function rangeOf(sel) {
  return { start: Math.min(sel.anchor, sel.head), end: Math.max(sel.anchor, sel.head) + 1 };
}

// What is chosen, as something that can be lit.
function chosenRef(app) {
  const { sel } = app;
  if (!sel) return null;
  if (sel.kind === "span") return { span: chosenSpan(app) };
  if (sel.kind === "link") return { link: chosenLink(app) };
  const { start, end } = rangeOf(sel);
  return { side: sel.side, token: start, end };
}

function chosenSpan(app) {
  return app.sel?.kind === "span" ? app.view.spans.find((s) => s.id === known(app, app.sel.id)) : undefined;
}

function chosenLink(app) {
  return app.sel?.kind === "link" ? linkOf(app.view, [app.sel.source, app.sel.target]) : undefined;
}

// Links as ribbons. Those within a pair of lines are drawn quietly; those that leave it show
// only where they begin, until one of their words is looked at.

function drawLinks(app) {
  const { overlay } = app;
  const origin = app.parts.score.getBoundingClientRect();
  overlay.setAttribute("width", origin.width);
  overlay.setAttribute("height", origin.height);
  const at = (node) => {
    const r = node.getBoundingClientRect();
    return { x: (r.left + r.right) / 2 - origin.left, top: r.top - origin.top, bottom: r.bottom - origin.top };
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
    if (near) rib.line.setAttribute("d", whole);
    else {
      const lean = Math.sign(t.x - s.x) * 5;
      rib.line.setAttribute("d", `M${s.x} ${s.bottom + 1}l${lean} 9M${t.x} ${t.top - 1}l${-lean} -9`);
      rib.line.classList.add("stub");
      rib.full = ribbonLine(app, link);
      rib.full.classList.add("far");
      rib.full.setAttribute("d", whole);
      shapes.push(rib.full);
    }
    rib.hit = mark(svg("path", { class: "ehit", d: near ? whole : rib.line.getAttribute("d") }), { link });
    const title = svg("title", {});
    title.textContent = linkText(app, link);
    rib.hit.append(title);
    shapes.push(rib.line, rib.hit);
    app.ribs.push(rib);
  }
  overlay.replaceChildren(...shapes);
}

function curve(x1, y1, x2, y2) {
  const bend = Math.max(14, Math.abs(y2 - y1) * 0.5);
  return `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
}

function ribbonLine(app, link) {
  const line = svg("path", { class: `erib ${link.status}` });
  line.style.strokeWidth = (1 + 2.6 * (link.score ?? 1)).toFixed(2);
  for (const name of ["possible", "pending", "going", "stale"]) line.classList.toggle(name, Boolean(link[name]));
  const label = sharedLabel(app, link);
  if (label) {
    colour(app, line, label);
    line.classList.add("same");
  }
  return line;
}

// The label of the spans at both ends, if it is one.
function sharedLabel(app, link) {
  const here = app.view.spans.filter((s) => s.side === "source" && live(s) && covers(s, link.source)).map((s) => s.label);
  return app.view.spans.find((s) => s.side === "target" && live(s) && covers(s, link.target) && here.includes(s.label))?.label;
}

function linkText(app, link) {
  return `${tokensOf(app, "source")[link.source]} – ${tokensOf(app, "target")[link.target]}, ${link.status}, ${madeBy(link)}`
    + `${link.possible ? ", possible" : ""}${link.stale ? ", the text has changed under it" : ""}${link.note ? `, note: ${link.note}` : ""}`;
}

// Both ends of a link that was only chosen by its ribbon.
function linkAt(app, source, target) {
  const link = linkOf(app.view, [source, target]);
  return link && live(link) && !link.going ? link : undefined;
}

// One method: a column of tokens per sentence, entities as boxes, links as ribbons.

function drawColumn(app, c) {
  const column = app.data.columns[c];
  const card = el("section", "card column");
  card.setAttribute("aria-label", column.title);
  const head = el("div", "head");
  head.append(el("h3", "", column.title), el("span", "count", column.count));
  card.append(head);
  if (column.problem !== null) {
    card.append(el("p", "problem", column.problem));
    return card;
  }
  card.append(el("p", "route", column.route));
  const body = el("div", "body");
  app.bodies[c] = body;
  card.append(body, columnFoot(app, column));
  drawBody(app, c);
  return card;
}

function drawBody(app, c) {
  app.rows[c] = [];
  app.ribbons[c] = [];
  app.boxes[c] = [];
  app.places[c] = null;
  const heat = app.view === "heat" && app.data.columns[c].matrices.length > 0;
  app.bodies[c].replaceChildren(...(heat ? heatMap(app, c) : [strand(app, c)]));
}

function columnFoot(app, column) {
  const foot = el("div", "foot");
  const summary = el("p", "summary");
  column.summary.forEach((piece, k) => {
    const glue = k && !/^[:.,]/.test(piece.text) ? " " : "";
    summary.append(glue, el(piece.tone === "plain" ? "span" : "b", piece.tone, piece.text));
  });
  foot.append(summary);
  const lost = column.why.filter((w) => w.lost);
  if (lost.length) {
    const list = el("ul", "lost");
    for (const why of lost) {
      const item = el("li");
      const chip = mark(button("chip", undefined, `${why.label}, ${why.text}, lost in ${column.title}: ${why.message}`), { entity: why.id });
      colour(app, chip, why.label);
      const text = el("bdi", "", why.text);
      chip.append(text, el("span", "badge", why.label));
      item.append(chip, el("span", "reason", why.message || why.reason));
      list.append(item);
    }
    foot.append(list);
  }
  for (const note of column.notes) foot.append(el("p", "note", note));
  return foot;
}

function strand(app, c) {
  const column = app.data.columns[c];
  const longest = Math.max(...column.rows.map((r) => sentenceOf(app, r).tokens.length));
  const box = el("div", "strand");
  box.dataset.rows = column.rows.length;
  box.classList.toggle("dense", longest > 40);
  box.style.gridTemplateColumns = `repeat(${column.rows.length}, minmax(0, max-content))`;
  const under = el("div", "boxes");
  const ribbons = svg("svg", { class: "ribbons", "aria-hidden": "true" });
  box.append(under, ribbons);
  column.rows.forEach((row, r) => box.append(side(app, c, r, row)));
  column.rows.forEach((row, r) => {
    app.boxes[c][r] = row.spans.map((span) => {
      const node = mark(el("div", `box ${span.kind}`), { column: c, row: r, span, entity: span.entity });
      node.title = span.aria;
      colour(app, node, span.label);
      // many tints over one another must not hide the words
      if (row.lanes > 2) node.style.setProperty("--tint", `${Math.max(1, 26 / row.lanes)}%`);
      under.append(node);
      return node;
    });
  });
  app.ribbons[c] = column.hops.flatMap((hop, k) => [
    ...hop.links.map((link) => ribbon(app, c, k, link, ribbons)),
    ...hop.bonds.map((bond) => bondRibbon(app, c, k, bond, ribbons)),
  ]);
  app.places[c] = () => placing(app, c, box);
  return box;
}

function side(app, c, r, row) {
  const column = app.data.columns[c];
  const sentence = sentenceOf(app, row);
  const node = el("div", "side");
  node.classList.add(r > 0 && r < column.rows.length - 1 ? "middle" : "end");
  node.style.setProperty("--out", `${(row.lanes - 1) * pitch(row.lanes)}px`);
  node.append(sideHead(app, c, r, row));
  const list = el("div", "tokens");
  list.setAttribute("role", "list");
  list.setAttribute("aria-label", `${row.name}, ${column.title}`);
  app.rows[c][r] = sentence.tokens.map((text, i) => {
    const token = strandToken(app, c, r, i, text, sentence);
    list.append(token);
    return token;
  });
  node.append(list);
  return node;
}

function sideHead(app, c, r, row) {
  const column = app.data.columns[c];
  const head = el("div", "sidehead");
  const name = el("h4", "", row.name);
  if (row.slot !== null) {
    const pencil = button("pencil", "✎", `Type over the ${row.name} sentence of ${column.title}`);
    pencil.dataset.slot = row.slot;
    pencil.dataset.method = column.method;
    name.append(pencil);
  }
  head.append(name);
  if (row.origin) {
    const tag = el("span", "origin", row.origin);
    tag.title = row.origin_title;
    head.append(tag);
  }
  return head;
}

function strandToken(app, c, r, i, text, sentence) {
  const spans = app.data.columns[c].rows[r].spans.filter((s) => s.start <= i && i < s.end);
  const inner = spans.reduce((best, s) => (!best || s.lane > best.lane ? s : best), null);
  const token = mark(el("div", "tok"), { column: c, row: r, token: i, entity: inner ? inner.entity : null });
  token.setAttribute("role", "listitem");
  token.tabIndex = -1;
  token.dataset.group = `column-${c}`;
  token.title = text;
  const word = el("span", "w", text);
  word.dir = sentence.dir;
  word.lang = sentence.language;
  token.append(word);
  if (spans.length) {
    token.classList.add("in");
    token.setAttribute("aria-label", [text, ...spans.map((s) => s.aria)].join("; "));
  }
  for (const span of spans.filter((s) => s.start === i)) {
    const badge = mark(el("span", `badge ${span.kind}`, span.label), { column: c, row: r, span, entity: span.entity });
    badge.setAttribute("aria-hidden", "true");
    colour(app, badge, span.label);
    token.append(badge);
  }
  return token;
}

function ribbon(app, c, k, link, into) {
  const line = svg("path", { class: "ribbon" });
  const hit = mark(svg("path", { class: "hit" }), { column: c, hop: k, link });
  line.style.strokeWidth = (0.8 + 3.2 * link.score).toFixed(2);
  line.style.setProperty("--o", (0.18 + 0.6 * link.score).toFixed(2));
  const texts = [[k, link.source], [k + 1, link.target]].map(
    ([r, i]) => sentenceOf(app, app.data.columns[c].rows[r]).tokens[i]);
  hit.append(svg("title", {}));
  hit.firstChild.textContent = `${texts[0]} – ${texts[1]} ${decimal(link.score)}`;
  if (link.label) {
    colour(app, line, link.label);
    line.classList.add("same");
  }
  into.append(line, hit);
  return { line, hit, hop: k, from: [link.source, link.source + 1], to: [link.target, link.target + 1] };
}

function bondRibbon(app, c, k, bond, into) {
  const line = svg("path", { class: "ribbon bond" });
  colour(app, line, bond.label);
  into.append(line);
  return { line, hop: k, from: bond.source, to: bond.target };
}

// How far an outer box stands out over the one inside it, in px.
function pitch(lanes) {
  return lanes < 2 ? 0 : Math.max(2, Math.min(4, 16 / (lanes - 1)));
}

// Smaller type and gaps in strands whose words would be cut short otherwise.
function tighten(app) {
  const strands = [...app.root.querySelectorAll(".strand")];
  for (const strand of strands) strand.classList.remove("tight");
  const crowded = strands.filter((strand) =>
    [...strand.querySelectorAll(".w")].some((word) => word.scrollWidth > word.clientWidth));
  for (const strand of crowded) strand.classList.add("tight");
}

// Where the tokens are; gives what then places boxes and ribbons, so that the columns can all
// be read before any is written.
function placing(app, c, box) {
  const origin = box.getBoundingClientRect();
  if (!origin.width) return () => {};
  const rects = app.rows[c].map((tokens) => tokens.map((token) => {
    const r = token.getBoundingClientRect();
    return { left: r.left - origin.left, right: r.right - origin.left, top: r.top - origin.top, bottom: r.bottom - origin.top };
  }));
  return () => place(app, c, rects);
}

function place(app, c, rects) {
  const column = app.data.columns[c];
  const edges = rects.map((row) => row.map((r) => ({ left: r.left, right: r.right })));
  column.rows.forEach((row, r) => row.spans.forEach((span, s) => {
    const mine = rects[r].slice(span.start, span.end);
    const out = (row.lanes - 1 - span.lane) * pitch(row.lanes);
    const left = Math.min(...mine.map((m) => m.left)) - out;
    const right = Math.max(...mine.map((m) => m.right)) + out;
    const top = mine[0].top + 1 - Math.min(out, 2);
    const bottom = mine[mine.length - 1].bottom - 1 + Math.min(out, 2);
    const style = app.boxes[c][r][s].style;
    style.left = `${left}px`;
    style.top = `${top}px`;
    style.width = `${right - left}px`;
    style.height = `${bottom - top}px`;
    for (const edge of edges[r].slice(span.start, span.end)) {
      edge.left = Math.min(edge.left, left);
      edge.right = Math.max(edge.right, right);
    }
  }));
  const middle = (r, [from, to]) => (rects[r][from].top + rects[r][to - 1].bottom) / 2;
  for (const rib of app.ribbons[c]) {
    const x1 = edges[rib.hop][rib.from[0]].right + 2;
    const x2 = edges[rib.hop + 1][rib.to[0]].left - 2;
    const y1 = middle(rib.hop, rib.from);
    const y2 = middle(rib.hop + 1, rib.to);
    const mx = (x1 + x2) / 2;
    const d = `M${x1} ${y1}C${mx} ${y1} ${mx} ${y2} ${x2} ${y2}`;
    rib.line.setAttribute("d", d);
    rib.hit?.setAttribute("d", d);
  }
}

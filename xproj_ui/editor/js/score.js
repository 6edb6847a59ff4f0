// Both sentences like two staves of music: a line of the source over its line of the target,
// links in between, spans on the outer sides, the other systems' labels underneath.

const NARROW = 560;

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
  const block = names + Math.max(...app.lines.map(([a, b, c, d]) => Math.max(wide("source", a, b), wide("target", c, d))));
  const overlay = svg("svg", { class: "eribs", "aria-hidden": "true" });
  app.overlay = overlay;
  const systems = app.lines.map(([a, b, c, d], k) => {
    const system = el("div", "system");
    if (rtl) system.style.inlineSize = `${block}px`;
    if (app.data.source) system.append(line(app, "source", a, b, widths.source, k === 0, narrow, []));
    if (app.data.source && app.data.target) system.append(el("div", "gap"));
    if (app.data.target) system.append(line(app, "target", c, d, widths.target, k === 0, narrow, shown));
    return system;
  });
  score.replaceChildren(overlay, ...systems);
  drawLinks(app);
}

// Widths of the words alone, and then with room for the labels over them.
function measured(app, room) {
  const key = JSON.stringify([room, app.data.source?.tokens, app.data.target?.tokens]);
  if (app.measure?.key !== key) {
    const probe = el("div", "eprobe");
    const nodes = SIDES.map((side) => tokensOf(app, side).map((text) => wordNode(app, side, text)));
    probe.append(...nodes.flat());
    app.parts.score.append(probe);
    const found = nodes.map((row) => row.map((node) => Math.min(room, Math.ceil(node.getBoundingClientRect().width))));
    probe.remove();
    app.measure = { key, source: found[0], target: found[1] };
    app.breaks = null;
  }
  const made = {};
  for (const side of SIDES) {
    made[side] = [...app.measure[side]];
    const tracks = side === "target" ? app.data.tracks.flatMap((t) => t.spans) : [];
    for (const span of [...app.view.spans.filter((s) => s.side === side), ...tracks]) {
      const wanted = Math.min(room, span.label.length * 7.4 + (span.status ? 26 : 16));
      const has = made[side].slice(span.start, span.end).reduce((sum, w) => sum + w, 0);
      if (has < wanted && span.end <= made[side].length) made[side][span.end - 1] += wanted - has;
    }
  }
  return made;
}

// Lines stay where they are while words can still fit: nothing jumps under the pointer.
function lineBreaks(app, widths, room) {
  const fits = app.breaks?.every((p) => SIDES.every((side, k) => {
    const [from, to] = [p[2 * k], p[2 * k + 1]];
    return to - from < 2 || widths[side].slice(from, to).reduce((sum, w) => sum + w, 0) <= room;
  }));
  if (!fits) app.breaks = pairsOfLines(widths.source, widths.target, app.view.links.filter(live), room);
  return app.breaks;
}

function wordNode(app, side, text) {
  const node = el("span", "etok");
  const word = el("span", "ew", text);
  word.dir = app.data[side].dir;
  word.lang = app.data[side].language;
  node.append(word);
  return node;
}

function line(app, side, from, to, widths, first, narrow, tracks) {
  const node = el("div", `eline ${side}`);
  node.dir = app.data[side].dir;
  // names stand on the left, whichever way the line runs
  const columns = widths.slice(from, to).map((w) => `${w}px`);
  const rtl = node.dir === "rtl";
  node.style.gridTemplateColumns = (rtl ? [...columns, "1fr", "var(--names)"] : ["var(--names)", ...columns]).join(" ");
  node.style.setProperty("--first", rtl ? columns.length + 2 : 1);
  const spans = app.view.spans.filter((s) => s.side === side && s.start < to && s.end > from);
  const lanes = spans.reduce((n, s) => Math.max(n, s.lane + 1), 0);
  const ghosts = offered(app, side, from, to);
  node.style.setProperty("--tint", `${Math.min(15, 48 / Math.max(1, lanes)).toFixed(1)}%`);
  const extra = ghosts.length ? 1 : 0;
  const tokenRow = side === "source" ? lanes + extra + 1 : 1;
  const laneRow = (lane) => (side === "source" ? lanes + extra - lane : lane + 2);
  const heights = Array(lanes + extra).fill("var(--lane)");
  const rows = side === "source" ? [...heights, "auto"] : ["auto", ...heights];
  if (first || narrow) node.append(...sideName(app, side, tokenRow, first, narrow));
  for (let i = from; i < to; i++) node.append(tokenNode(app, side, i, column(app, side, i, from), tokenRow));
  for (const span of spans) node.append(...barNodes(app, span, from, to, tokenRow, laneRow(span.lane)));
  for (const ghost of ghosts) node.append(ghostNode(app, ghost, from, to, laneRow(lanes)));
  for (const track of tracks) drawTrack(app, node, rows, track, from, to, narrow);
  node.style.gridTemplateRows = rows.join(" ");
  return node;
}

// The grid's column of a word in a line that begins at `from`.
function column(app, side, i, from) {
  return i - from + (app.data[side].dir === "rtl" ? 1 : 2);
}

const columnsOf = (app, side, start, end, from) => `${column(app, side, start, from)} / ${column(app, side, end, from)}`;

function sideName(app, side, row, first, narrow) {
  if (narrow) return [];
  const name = el("span", "ename");
  name.append(el("bdi", "", app.data.names[side]));
  name.style.gridRow = row;
  if (!app.data.read_only) name.append(pencil(app, side));
  return [name];
}

function pencil(app, side) {
  const made = button("epencil", "✎", `Edit the ${app.data.names[side]} text (T)`);
  made.dataset.retext = side;
  return made;
}

function tokenNode(app, side, i, at, row) {
  const node = mark(wordNode(app, side, tokensOf(app, side)[i]), { side, token: i });
  node.style.gridColumn = at;
  node.style.gridRow = row;
  node.tabIndex = -1;
  node.dataset.go = "";
  node.setAttribute("role", "button");
  node.setAttribute("aria-label", spoken(app, side, i));
  if (app.view.links.some((l) => l[side] === i && l.stale && live(l))) node.classList.add("stalelink");
  app.tok[side][i] = node;
  return node;
}

function spoken(app, side, i) {
  const labels = app.view.spans.filter((s) => s.side === side && covers(s, i) && live(s)).map((s) => s.label);
  const other = side === "source" ? "target" : "source";
  const linked = app.view.links.filter((l) => l[side] === i && live(l)).map((l) => tokensOf(app, other)[l[other]]);
  return [tokensOf(app, side)[i], `${app.data.names[side]} word ${i + 1}`, ...labels,
    linked.length ? `linked with ${linked.join(", ")}` : "not linked"].join(", ");
}

const MARKS = { projected: "", accepted: "✓", corrected: "✎", rejected: "✕" };

function barNodes(app, span, from, to, tokenRow, row) {
  const start = Math.max(span.start, from);
  const end = Math.min(span.end, to);
  const columns = columnsOf(app, span.side, start, end, from);
  const made = [];
  if (live(span) && !span.going) {
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
  bar.classList.toggle("going", Boolean(span.going));
  bar.classList.toggle("before", start > span.start);
  bar.classList.toggle("after", end < span.end);
  bar.classList.toggle("stale", Boolean(span.stale));
  bar.classList.toggle("lost", Boolean(span.lost));
  bar.classList.toggle("leaving", Boolean(app.data.offer?.gone.includes(span.id)));
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

function words(app, side, start, end) {
  return tokensOf(app, side).slice(start, end).join(app.data[side].glue);
}

function describe(app, span) {
  return [span.label, words(app, span.side, span.start, span.end), span.status, madeBy(span),
    ...(span.lost && live(span) ? [`landed nowhere: ${span.lost}`] : []),
    ...(span.stale ? ["the text has changed under it"] : []), ...(span.note ? [`note: ${span.note}`] : [])].join(", ");
}

function madeBy(thing) {
  if (thing.by === "person") return thing.origin ? `by ${thing.origin}` : "by you";
  const score = thing.score === null || thing.score === undefined ? "" : ` ${decimal(thing.score)}`;
  return thing.by === "import" ? `imported${score}` : `${thing.origin}${score}`;
}

// Another system's labels: a click takes one over.
function drawTrack(app, node, rows, track, from, to, narrow) {
  const spans = track.spans.filter((s) => s.start < to && s.end > from).map((s) => ({ ...s }));
  if (narrow && !spans.length) return;
  lay(spans);
  const lanes = Math.max(1, ...spans.map((s) => s.lane + 1));
  const name = el("span", narrow ? "ecaption" : "ename quiet");
  name.append(el("bdi", "", track.title));
  name.title = track.title;
  if (narrow) {
    rows.push("auto");
    name.style.gridRow = rows.length;
  } else name.style.gridRow = `${rows.length + 1} / span ${lanes}`;
  const top = rows.length + 1;
  for (let k = 0; k < lanes; k++) rows.push("var(--lane)");
  node.append(name);
  for (let i = from; i < to; i++) {
    const cell = el("span", "ecell");
    Object.assign(cell.style, { gridColumn: column(app, "target", i, from), gridRow: `${top} / span ${lanes}` });
    node.append(cell);
  }
  for (const span of spans) node.append(trackBar(app, track, span, from, to, top + span.lane));
}

function trackBar(app, track, span, from, to, row) {
  const same = app.view.spans.some((s) => s.side === "target" && live(s) && s.start === span.start && s.end === span.end && s.label === span.label);
  const label = `${span.label}, ${words(app, "target", span.start, span.end)}, ${track.title}${same ? "" : ": take it over"}`;
  const made = mark(button("etrack", undefined, label), { track: span });
  const [start, end] = [Math.max(span.start, from), Math.min(span.end, to)];
  Object.assign(made.style, { gridColumn: columnsOf(app, "target", start, end, from), gridRow: row });
  made.classList.toggle("same", same);
  made.tabIndex = -1;
  made.dataset.go = "";
  made.disabled = app.data.read_only;
  colour(app, made, span.label);
  made.append(el("span", "elabel", span.label));
  return made;
}

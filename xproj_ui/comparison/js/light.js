// Lighting up what belongs together: links, counterparts, entities, in every row and track.
// A place is "column:row:token"; all of it is plain set work, without asking the server.

function light(app, ref, event) {
  if (app.ref === ref && !ref.heat) return;
  app.ref = ref;
  const pair = ref.heat ? heatPair(ref, event) : null;
  if (ref.heat && !pair) return dark(app);
  if (pair) pointAt(app, ref, pair);
  const seeds = seedsOf(app, ref, pair);
  if (!seeds) return dark(app);
  const key = JSON.stringify(seeds.map((s) => s && s.map((row) => [...row])));
  if (app.lit === key) return;
  app.lit = key;
  const lit = spread(app, seeds, ref);
  app.root.classList.add("lit");
  show(app, lit, ref);
}

function dark(app) {
  app.ref = null;
  if (app.lit === null) return;
  app.lit = null;
  app.root.classList.remove("lit");
  for (const node of app.root.querySelectorAll(".on, .at, .kin")) node.classList.remove("on", "at", "kin");
  for (const { node, help } of app.readouts.filter(Boolean)) node.textContent = help;
  for (const node of app.root.querySelectorAll(".cursor")) node.setAttribute("visibility", "hidden");
}

const range = (from, to) => Array.from({ length: to - from }, (_, k) => from + k);

// Per column, per row, the set of tokens to begin with; a column without any is null.
function seedsOf(app, ref, pair) {
  const { columns } = app.data;
  const seeds = columns.map(() => null);
  const blank = (c) => (seeds[c] ??= columns[c].rows.map(() => new Set()));
  if (ref.entity) {
    const c = columns.findIndex((col) => col.why.some((w) => w.id === ref.entity));
    entityTokens(app, c, ref.entity).forEach((set, r) => blank(c)[r] = set);
  } else if (pair) {
    blank(ref.column)[ref.matrix.rows].add(pair[0]);
    seeds[ref.column][ref.matrix.columns].add(pair[1]);
    return seeds;
  } else if (ref.link) {
    blank(ref.column)[ref.hop].add(ref.link.source);
    seeds[ref.column][ref.hop + 1].add(ref.link.target);
  }
  if (ref.row !== undefined && ref.token !== undefined) {
    closure(app, ref.column, ref.row, new Set([ref.token])).forEach((set, r) => {
      set.forEach((i) => blank(ref.column)[r].add(i));
    });
  } else if (ref.row !== undefined && !ref.entity) {
    range(ref.span.start, ref.span.end).forEach((i) => blank(ref.column)[ref.row].add(i));
  }
  if (ref.target && ref.token !== undefined) seedTarget(app, seeds, blank, [ref.token]);
  if (ref.track !== undefined && !ref.entity) seedTarget(app, seeds, blank, range(ref.span.start, ref.span.end));
  return seeds.some(Boolean) || ref.target ? seeds : null;
}

function seedTarget(app, seeds, blank, tokens) {
  app.data.columns.forEach((column, c) => {
    const last = column.rows.length - 1;
    if (last < 0 || column.rows[last].sentence !== app.data.target) return;
    closure(app, c, last, new Set(tokens)).forEach((set, r) => {
      set.forEach((i) => blank(c)[r].add(i));
    });
  });
}

// Rows reached from `tokens` of row `r` going up and going down, never back.
function closure(app, c, r, tokens) {
  const { rows, hops } = app.data.columns[c];
  const sets = rows.map(() => new Set());
  sets[r] = tokens;
  for (let k = r; k < hops.length; k++) step(hops[k], sets[k], sets[k + 1], false);
  for (let k = r - 1; k >= 0; k--) step(hops[k], sets[k + 1], sets[k], true);
  return sets;
}

function step(hop, from, into, backwards) {
  for (const link of hop.links) {
    const [a, b] = backwards ? [link.target, link.source] : [link.source, link.target];
    if (from.has(a)) into.add(b);
  }
  for (const bond of hop.bonds) {
    const [a, b] = backwards ? [bond.target, bond.source] : [bond.source, bond.target];
    if (range(...a).some((i) => from.has(i))) range(...b).forEach((i) => into.add(i));
  }
}

// An entity's tokens in each row of its column: its spans at the ends, its way between.
function entityTokens(app, c, id) {
  const { rows, why } = app.data.columns[c];
  const sets = rows.map((row) => {
    const mine = row.spans.filter((s) => s.entity === id);
    return new Set(mine.flatMap((s) => range(s.start, s.end)));
  });
  const reason = why.find((w) => w.id === id);
  if (reason.source && rows.length > 1) range(...reason.source).forEach((i) => sets[reason.source_row].add(i));
  if (reason.target) range(...reason.target).forEach((i) => sets[rows.length - 1].add(i));
  return sets;
}

// Carry what is lit in one column over to the others, through sentences that they share.
function spread(app, seeds, ref) {
  const { columns, target } = app.data;
  const lit = seeds.map((sets) => sets && sets.map((set) => new Set(set)));
  const bySentence = new Map();
  seeds.forEach((sets, c) => sets?.forEach((set, r) => {
    const s = columns[c].rows[r].sentence;
    if (!bySentence.has(s)) bySentence.set(s, new Set());
    set.forEach((i) => bySentence.get(s).add(i));
  }));
  if (ref.target) bySentence.set(target, new Set([ref.token]));
  columns.forEach((column, c) => {
    if (lit[c] || !column.rows.length) return;
    const sets = column.rows.map(() => new Set());
    const last = column.rows.length - 1;
    const shared = bySentence.get(column.rows[last].sentence);
    const first = bySentence.get(column.rows[0].sentence);
    const from = shared?.size ? closure(app, c, last, new Set(shared)) : first?.size ? closure(app, c, 0, new Set(first)) : sets;
    from.forEach((set, r) => set.forEach((i) => sets[r].add(i)));
    if (last > 0) first?.forEach((i) => sets[0].add(i));
    lit[c] = sets;
  });
  lit.target = bySentence.get(target) ?? new Set();
  lit.forEach((sets, c) => {
    if (columns[c].rows.at(-1)?.sentence === target) sets?.at(-1)?.forEach((i) => {
      if (seeds[c]) lit.target.add(i);
    });
  });
  return lit;
}

function show(app, lit, ref) {
  app.rows.forEach((rows, c) => rows.forEach((tokens, r) => tokens?.forEach((node, i) => {
    node.classList.remove("kin");
    node.classList.toggle("on", Boolean(lit[c]?.[r].has(i)));
    node.classList.toggle("at", node.xp === ref || Boolean(ref.column === c && ref.row === r && ref.token === i));
  })));
  app.boxes.forEach((rows, c) => rows.forEach((boxes, r) => boxes?.forEach((node) => {
    const tokens = range(node.xp.span.start, node.xp.span.end);
    const on = tokens.some((i) => lit[c]?.[r].has(i));
    node.classList.toggle("on", on);
    if (on) tokens.forEach((i) => app.rows[c][r][i].classList.add("kin"));
    node.classList.toggle("at", Boolean(ref.entity) && node.xp.entity === ref.entity);
  })));
  app.ribbons.forEach((ribbons, c) => ribbons.forEach((rib) => {
    const on = range(...rib.from).some((i) => lit[c]?.[rib.hop].has(i)) && range(...rib.to).some((i) => lit[c]?.[rib.hop + 1].has(i));
    rib.line.classList.toggle("on", on);
  }));
  app.lines?.querySelectorAll("[data-ref]").forEach((node) => {
    const { token, span, entity } = node.xp;
    const tokens = span ? range(span.start, span.end) : [token];
    node.classList.toggle("on", tokens.some((i) => lit.target.has(i)));
    node.classList.toggle("at", node.xp === ref || Boolean(entity && entity === ref.entity));
  });
}

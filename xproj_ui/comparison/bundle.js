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
function quoting(text) {
  return text.split(/(?<=“)([^”]+)(?=”)/).map((part, k) => k % 2 ? el("bdi", "", part) : part);
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

// xproj_ui/comparison/js/bar.js
var PRESSED = '[aria-pressed="true"]';
function drawBar(app) {
  const legend = el("div", "legend");
  for (const label of Object.keys(app.data.colours)) {
    const badge = el("span", "badge", label);
    colour(app, badge, label);
    legend.append(badge);
  }
  const heat = app.view === "heat";
  legend.append(
    el("span", "hint", heat ? "fuller: stronger; outlined: link" : "thicker: stronger link")
  );
  const group = el("div", "picker");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "View");
  for (const [view, name] of [
    ["ribbons", "Ribbons"],
    ["heat", "Heat map"]
  ]) {
    const choice = button("choice", name);
    choice.dataset.view = view;
    choice.setAttribute("aria-pressed", String(app.view === view));
    group.append(choice);
  }
  const inside = app.parts.bar.contains(focused(app.root));
  app.parts.bar.hidden = !app.data.columns.some((c) => c.rows.length);
  app.parts.bar.replaceChildren(legend, group);
  if (inside) first(group, PRESSED)?.focus();
}

// xproj_ui/comparison/js/refs.js
var refAt = (event) => (
  /** @type {Ref | null} */
  refOf(event)
);
var stopAt = (event) => (
  /** @type {Marked | null} */
  closest(event, "[data-group]")
);
var marked = (root, selector = "[data-ref]") => (
  /** @type {Marked[]} */
  all(root, selector)
);

// xproj_ui/comparison/js/focus.js
var ACROSS = (
  /** @type {const} */
  ["left", "right"]
);
var DOWN = (
  /** @type {const} */
  ["top", "bottom"]
);
function groupOf(app, name) {
  return marked(app.root, `[data-group="${name}"]`);
}
function openTabStops(app) {
  const names = new Set(marked(app.root, "[data-group]").map((n) => n.dataset.group));
  for (const name of names) {
    const group = groupOf(app, name);
    if (!group.some((node) => node.tabIndex === 0)) group[0].tabIndex = 0;
  }
}
function focusOn(app, node) {
  if (!node) return;
  for (const other of groupOf(app, node.dataset.group)) other.tabIndex = -1;
  node.tabIndex = 0;
  node.focus();
}
function neighbour(app, node, key) {
  const here = node.getBoundingClientRect();
  const across = key === "ArrowLeft" || key === "ArrowRight";
  const sign = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1;
  const [low, high] = across ? ACROSS : DOWN;
  const [sideLow, sideHigh] = across ? DOWN : ACROSS;
  let best = null;
  for (const other of groupOf(app, node.dataset.group)) {
    const there = other.getBoundingClientRect();
    const along = sign * (there[low] + there[high] - here[low] - here[high]) / 2;
    if (other === node || along < 4) continue;
    const aside = Math.max(
      0,
      there[sideLow] - here[sideHigh] + 1,
      here[sideLow] - there[sideHigh] + 1
    );
    const slant = Math.abs(there[sideLow] - here[sideLow]);
    const far = along + 3 * aside + slant / 100;
    if (!best || far < best.far) best = { far, other };
  }
  return best?.other;
}

// xproj_ui/comparison/js/stages.js
var SIGNS = { done: "✓", failed: "✕", open: "…", absent: "–" };
var SAID = { done: "", failed: "went wrong here", open: "", absent: "" };
function strip(app, why) {
  const list = el("ol", "strip");
  list.setAttribute("aria-label", "The steps that it went through");
  for (const stage of why.stages) list.append(stageOf(app, stage));
  return list;
}
function stageOf(app, stage) {
  const item = el("li", `stage ${stage.state}`);
  item.dataset.step = stage.step;
  const name = el("span", "stagename");
  const sign = el("span", "sign", SIGNS[stage.state]);
  sign.setAttribute("aria-hidden", "true");
  name.append(sign, ` ${stage.name}`);
  item.append(name);
  if (SAID[stage.state]) item.append(el("b", "fault", SAID[stage.state]));
  const did = el("span", "did");
  did.append(...quoting(stage.text));
  item.append(did);
  if (stage.state === "failed") shaded(item, app.data.step_colours[stage.step]);
  return item;
}
function outcomesOf(why) {
  const list = el("ul", "outcomes");
  list.setAttribute("aria-label", "What each method made of the gold entity");
  for (const outcome of why.outcomes) {
    const item = el("li");
    const here = outcome.entity === why.id;
    const text = `${outcome.title}: ${outcome.text}`;
    const sign = outcome.right ? "✓" : "✕";
    if (here) item.append(el("b", "", `${sign} ${text}`));
    else item.append(mark(button("other", `${sign} ${text}`), { entity: outcome.entity }));
    list.append(item);
  }
  return list;
}

// xproj_ui/comparison/js/why.js
function findWhy(app, id) {
  for (const column of app.data.columns) {
    const why = column.why.find((w) => w.id === id);
    if (why) return { why, column };
  }
  return null;
}
function drawWhy(app) {
  const panel = app.parts.why;
  const found = app.selected === null ? null : findWhy(app, app.selected);
  panel.replaceChildren();
  panel.hidden = !found;
  markChosen(app);
  if (!found) return;
  const { why } = found;
  colour(app, panel, why.label);
  const head = el("div", "head");
  const close = button("close", "×", "Close the explanation");
  head.append(el("h3", "", why.question), el("span", "count", why.facts), close);
  panel.append(head);
  const opening = el("p", "opening");
  opening.append(...quoting(why.opening));
  panel.append(opening);
  if (why.reason) {
    const text = el("p", "lostreason");
    text.append(el("b", "bad", why.reason));
    if (why.message) text.append(...quoting(` – ${why.message}`));
    panel.append(text);
  }
  panel.append(strip(app, why));
  if (why.outcomes.length) panel.append(outcomesOf(why));
  if (why.candidates.length) panel.append(candidateTable(why));
  panel.append(whyDetails(why));
}
function markChosen(app) {
  for (const node of marked(app.root)) {
    const chosen = app.selected !== null && node.xp.entity === app.selected;
    node.classList.toggle("chosen", chosen);
  }
}
function candidateTable(why) {
  const frame = el("div", "tableframe");
  const table = el("table");
  const parts = [...new Set(why.candidates.flatMap((c) => c.parts.map(([name]) => name)))];
  const linked = why.candidates.some((c) => c.linked);
  const names = [
    "candidate",
    ...linked ? ["words linked"] : [],
    "score",
    ...parts.length > 1 ? parts : [],
    "verdict"
  ];
  const head = el("tr");
  for (const name of names) {
    const cell = el("th", "", name);
    cell.scope = "col";
    head.append(cell);
  }
  const body = el("tbody");
  table.append(el("thead"), body);
  table.tHead?.append(head);
  for (const candidate of why.candidates) {
    const row = el("tr", candidate.chosen ? "chosenrow" : "");
    const text = el("td");
    text.append(el("bdi", "", candidate.text));
    row.append(text);
    if (linked) row.append(el("td", "number", candidate.linked));
    row.append(scoreCell(candidate, why.best));
    if (parts.length > 1) {
      const values = new Map(candidate.parts);
      for (const name of parts) row.append(el("td", "number", values.get(name) ?? ""));
    }
    row.append(el("td", "", candidate.verdict));
    body.append(row);
  }
  frame.append(table);
  if (why.more > 0) frame.append(el("p", "note", `and ${why.more} more, none with a higher score`));
  return frame;
}
function scoreCell(candidate, best) {
  const cell = el("td", "number");
  const bar = el("span", "bar");
  const share = best > 0 ? Math.max(0, candidate.score / best) : 0;
  bar.style.inlineSize = `${(share * 6).toFixed(2)}em`;
  cell.append(bar, el("span", "", candidate.score_text));
  return cell;
}
function whyDetails(why) {
  const list = el("dl");
  const add = (name, ...nodes) => {
    const item = el("div");
    const value = el("dd");
    value.append(...nodes);
    item.append(el("dt", "", name), value);
    list.append(item);
  };
  if (why.rule) add("decided by", why.rule);
  if (why.links.length) {
    const links = el("ul", "links");
    for (const [source, target, score] of why.links) {
      const item = el("li");
      item.append(el("bdi", "", source), " – ", el("bdi", "", target), " ", el("b", "", score));
      links.append(item);
    }
    add("rests on", links);
  }
  if (why.steps.length) {
    const steps = el("ol", "steps");
    steps.append(...why.steps.map((step2) => el("li", "", step2)));
    add("step by step", steps);
  }
  return list;
}
function select(app, id, toggle) {
  const next = toggle && id === app.selected ? null : id;
  const inside = app.parts.why.contains(focused(app.root));
  const opener = inside ? first(app.root, ".chosen[data-group]") : null;
  app.selected = next;
  drawWhy(app);
  focusOn(app, opener);
  if (next !== null) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    app.parts.why.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  }
  tell(app, "selected", next);
}
function tell(app, key, value) {
  app.told[key].push(value);
  app.state(key, value ?? "");
}

// xproj_ui/comparison/js/keys.js
function onKey(app, event) {
  const node = stopAt(event);
  if (event.key === "Escape" && app.selected !== null) {
    select(app, null);
    event.preventDefault();
    return;
  }
  if (!node) return;
  if (event.key === "Enter" || event.key === " ") {
    if (node.xp.entity) select(app, node.xp.entity, true);
    event.preventDefault();
    return;
  }
  const next = event.key.startsWith("Arrow") ? neighbour(app, node, event.key) : null;
  if (!next) return;
  event.preventDefault();
  focusOn(app, next);
}

// xproj_ui/comparison/js/sentence.js
function sentenceOf(app, row) {
  return app.data.sentences[row.sentence];
}

// xproj_ui/comparison/js/matrix.js
function heatMap(app, c) {
  const column = app.data.columns[c];
  const chosen = Math.min(app.matrix[column.method] ?? 0, column.matrices.length - 1);
  const parts = [];
  if (column.matrices.length > 1) parts.push(matrixPicker(app, c, chosen));
  const matrix = column.matrices[chosen];
  const readout = el("p", "readout", matrix.help);
  app.readouts[c] = { node: readout, help: matrix.help };
  const frame = el("div", "heatframe");
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", `${matrix.title}, ${column.title}: ${matrix.help}`);
  frame.append(heatGrid(app, c, matrix));
  parts.push(frame, readout);
  return parts;
}
function matrixPicker(app, c, chosen) {
  const column = app.data.columns[c];
  const picker = el("div", "picker");
  picker.setAttribute("role", "group");
  picker.setAttribute("aria-label", `Which matrix of ${column.title}`);
  column.matrices.forEach((matrix, m) => {
    const choice = button("choice", matrix.title, `${matrix.title}: ${matrix.help}`);
    choice.setAttribute("aria-pressed", String(m === chosen));
    choice.dataset.matrix = String(m);
    choice.dataset.column = String(c);
    picker.append(choice);
  });
  return picker;
}
var SIZE = 22;
function heatGrid(app, c, matrix) {
  const column = app.data.columns[c];
  const [down, across] = [column.rows[matrix.rows], column.rows[matrix.columns]];
  const [rows, columns] = [sentenceOf(app, down), sentenceOf(app, across)];
  const [m, n] = [rows.tokens.length, columns.tokens.length];
  const grid = el("div", "heat");
  grid.dir = columns.dir;
  const size = Math.max(m, n) > 40 ? 16 : SIZE;
  grid.style.setProperty("--size", `${size}px`);
  const top = el("div", "across");
  app.rows[c][matrix.columns] = columns.tokens.map(
    (text, j) => heatLabel(app, c, matrix.columns, j, text, columns, top)
  );
  const left = el("div", "down");
  app.rows[c][matrix.rows] = rows.tokens.map(
    (text, i) => heatLabel(app, c, matrix.rows, i, text, rows, left)
  );
  const x = (j) => (columns.dir === "rtl" ? n - 1 - j : j) * size;
  const field = svg("svg", { class: "cells", width: n * size, height: m * size });
  field.append(...tints(app, down, across, x, size, m, n));
  const square = ([i, j]) => `M${x(j) + 1} ${i * size + 1}h${size - 2}v${size - 2}h${2 - size}z`;
  const alike = /* @__PURE__ */ new Map();
  for (const cell of matrix.cells) {
    const squares = alike.get(cell[2]) ?? [];
    squares.push(square(cell));
    alike.set(cell[2], squares);
  }
  for (const [score, squares] of alike) {
    const path = svg("path", { class: "score", d: squares.join("") });
    path.style.fillOpacity = String(score);
    field.append(path);
  }
  field.append(svg("path", { class: "linked", d: matrix.links.map(square).join("") }));
  const scores = new Map(matrix.cells.map(([i, j, score]) => [i * n + j, score]));
  const cursor = svg("rect", {
    class: "cursor",
    width: size,
    height: size,
    rx: 3,
    visibility: "hidden"
  });
  field.append(cursor);
  const rtl = columns.dir === "rtl";
  mark(field, { heat: { field, column: c, matrix, scores, size, n, m, cursor, x, rtl } });
  grid.append(el("div", "corner"), top, left, field);
  return grid;
}
function heatLabel(app, c, r, i, text, sentence, into) {
  const spans = app.data.columns[c].rows[r].spans.filter((s) => s.start <= i && i < s.end);
  const label = mark(el("div", "hlabel"), {
    column: c,
    row: r,
    token: i,
    entity: spans.length ? spans[spans.length - 1].entity : null
  });
  label.title = [text, ...spans.map((s) => s.aria)].join("; ");
  const word = el("span", "w", text);
  word.dir = sentence.dir;
  word.lang = sentence.language;
  label.append(word);
  if (spans.length) {
    colour(app, label, spans[spans.length - 1].label);
    label.classList.add("in");
    label.setAttribute("aria-label", label.title);
    const first2 = spans.find((s) => s.start === i);
    if (first2) label.append(el("span", "badge", first2.label));
  }
  label.tabIndex = -1;
  label.dataset.group = `column-${c}`;
  into.append(label);
  return label;
}
function tints(app, down, across, x, size, m, n) {
  const made = [];
  for (const span of down.spans) {
    made.push(
      svg("rect", {
        class: "tint",
        x: 0,
        y: span.start * size,
        width: n * size,
        height: (span.end - span.start) * size
      })
    );
    colour(app, made[made.length - 1], span.label);
  }
  for (const span of across.spans) {
    const from = Math.min(x(span.start), x(span.end - 1));
    made.push(
      svg("rect", {
        class: "tint",
        x: from,
        y: 0,
        width: (span.end - span.start) * size,
        height: m * size
      })
    );
    colour(app, made[made.length - 1], span.label);
  }
  return made;
}
function heatPair(ref, event) {
  const box = ref.field.getBoundingClientRect();
  const i = Math.floor((event.clientY - box.top) / ref.size);
  const at = Math.floor((event.clientX - box.left) / ref.size);
  const j = ref.rtl ? ref.n - 1 - at : at;
  return i >= 0 && i < ref.m && j >= 0 && j < ref.n ? [i, j] : null;
}
function pointAt(app, ref, pair) {
  const [i, j] = pair;
  ref.cursor.setAttribute("x", String(ref.x(j)));
  ref.cursor.setAttribute("y", String(i * ref.size));
  ref.cursor.setAttribute("visibility", "visible");
  const { rows } = app.data.columns[ref.column];
  const words = [
    sentenceOf(app, rows[ref.matrix.rows]).tokens[i],
    sentenceOf(app, rows[ref.matrix.columns]).tokens[j]
  ];
  const score = ref.scores.get(i * ref.n + j) ?? 0;
  const linked = ref.matrix.links.some(([a, b]) => a === i && b === j);
  const readout = app.readouts[ref.column].node;
  readout.replaceChildren(
    el("bdi", "", words[0]),
    " – ",
    el("bdi", "", words[1]),
    " ",
    el("b", "", decimal(score)),
    linked ? " link" : " no link"
  );
}

// xproj_ui/comparison/js/reach.js
var range = (from, to) => Array.from({ length: to - from }, (_, k) => from + k);
function seedsOf(app, ref, pair) {
  const { columns } = app.data;
  const seeds = columns.map(() => null);
  const rowsOf = (c) => {
    const rows = seeds[c] ?? columns[c].rows.map(() => /* @__PURE__ */ new Set());
    seeds[c] = rows;
    return rows;
  };
  const { heat, link, span, entity, column = -1, row, token } = ref;
  if (entity) {
    const c = columns.findIndex((col) => col.why.some((w) => w.id === entity));
    entityTokens(app, c, entity).forEach((set, r) => {
      rowsOf(c)[r] = set;
    });
  } else if (heat && pair) {
    rowsOf(heat.column)[heat.matrix.rows].add(pair[0]);
    rowsOf(heat.column)[heat.matrix.columns].add(pair[1]);
    return seeds;
  } else if (link && ref.hop !== void 0) {
    rowsOf(column)[ref.hop].add(link.source);
    rowsOf(column)[ref.hop + 1].add(link.target);
  }
  if (row !== void 0 && token !== void 0) {
    addAll(rowsOf(column), closure(app, column, row, /* @__PURE__ */ new Set([token])));
  } else if (row !== void 0 && span && !entity) {
    for (const i of range(span.start, span.end)) rowsOf(column)[row].add(i);
  }
  if (ref.target && token !== void 0) seedTarget(app, rowsOf, [token]);
  if (ref.track !== void 0 && span && (!entity || span.kind === "gold")) {
    seedTarget(app, rowsOf, range(span.start, span.end));
  }
  return seeds.some(Boolean) || ref.target ? seeds : null;
}
function addAll(into, more) {
  more.forEach((set, r) => {
    for (const i of set) into[r].add(i);
  });
}
function seedTarget(app, rowsOf, tokens) {
  app.data.columns.forEach((column, c) => {
    const last = column.rows.length - 1;
    if (last < 0 || column.rows[last].sentence !== app.data.target) return;
    addAll(rowsOf(c), closure(app, c, last, new Set(tokens)));
  });
}
function closure(app, c, r, tokens) {
  const { rows, hops } = app.data.columns[c];
  const sets = rows.map(() => /* @__PURE__ */ new Set());
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
    if (range(...a).some((i) => from.has(i))) for (const i of range(...b)) into.add(i);
  }
}
function entityTokens(app, c, id) {
  const { rows, why } = app.data.columns[c];
  const sets = rows.map((row) => {
    const mine = row.spans.filter((s) => s.entity === id);
    return new Set(mine.flatMap((s) => range(s.start, s.end)));
  });
  const reason = why.find((w) => w.id === id);
  if (reason?.source && rows.length > 1) {
    for (const i of range(...reason.source)) sets[reason.source_row].add(i);
  }
  if (reason?.target) for (const i of range(...reason.target)) sets[rows.length - 1].add(i);
  return sets;
}
function spread(app, seeds, ref) {
  const { columns, target } = app.data;
  const bySentence = /* @__PURE__ */ new Map();
  seeds.forEach((sets, c) => {
    sets?.forEach((set, r) => {
      const s = columns[c].rows[r].sentence;
      bySentence.set(s, /* @__PURE__ */ new Set([...bySentence.get(s) ?? [], ...set]));
    });
  });
  if (ref.target && ref.token !== void 0) bySentence.set(target, /* @__PURE__ */ new Set([ref.token]));
  const lit = {
    columns: columns.map(
      (_, c) => seeds[c]?.map((set) => new Set(set)) ?? carried(app, c, bySentence)
    ),
    target: new Set(bySentence.get(target))
  };
  columns.forEach(({ rows }, c) => {
    if (!seeds[c] || rows.at(-1)?.sentence !== target) return;
    for (const i of lit.columns[c]?.at(-1) ?? []) lit.target.add(i);
  });
  return lit;
}
function carried(app, c, bySentence) {
  const { rows } = app.data.columns[c];
  if (!rows.length) return null;
  const last = rows.length - 1;
  const shared = bySentence.get(rows[last].sentence);
  const first2 = bySentence.get(rows[0].sentence);
  const sets = rows.map(() => /* @__PURE__ */ new Set());
  if (shared?.size) addAll(sets, closure(app, c, last, new Set(shared)));
  else if (first2?.size) addAll(sets, closure(app, c, 0, new Set(first2)));
  if (last > 0) for (const i of first2 ?? []) sets[0].add(i);
  return sets;
}

// xproj_ui/comparison/js/light.js
function light(app, ref, event) {
  if (app.ref === ref && !ref.heat) return;
  app.ref = ref;
  const pair = ref.heat ? heatPair(ref.heat, event) : null;
  if (ref.heat && !pair) return dark(app);
  if (ref.heat && pair) pointAt(app, ref.heat, pair);
  const seeds = seedsOf(app, ref, pair);
  if (!seeds) return dark(app);
  const key = JSON.stringify(seeds.map((s) => s?.map((row) => [...row]) ?? null));
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
  for (const node of app.root.querySelectorAll(".on, .at, .kin"))
    node.classList.remove("on", "at", "kin");
  for (const { node, help } of app.readouts.filter(Boolean)) node.textContent = help;
  for (const node of app.root.querySelectorAll(".cursor"))
    node.setAttribute("visibility", "hidden");
}
function show(app, lit, ref) {
  app.rows.forEach(
    (rows, c) => rows.forEach(
      (tokens, r) => tokens?.forEach((node, i) => {
        node.classList.remove("kin");
        node.classList.toggle("on", Boolean(lit.columns[c]?.[r].has(i)));
        node.classList.toggle(
          "at",
          node.xp === ref || Boolean(ref.column === c && ref.row === r && ref.token === i)
        );
      })
    )
  );
  app.boxes.forEach(
    (rows, c) => rows.forEach(
      (boxes, r) => boxes?.forEach((node) => {
        const tokens = node.xp.span ? range(node.xp.span.start, node.xp.span.end) : [];
        const on = tokens.some((i) => lit.columns[c]?.[r].has(i));
        node.classList.toggle("on", on);
        if (on) tokens.forEach((i) => app.rows[c][r][i].classList.add("kin"));
        node.classList.toggle("at", Boolean(ref.entity) && node.xp.entity === ref.entity);
      })
    )
  );
  app.ribbons.forEach(
    (ribbons, c) => ribbons.forEach((rib) => {
      const on = range(...rib.from).some((i) => lit.columns[c]?.[rib.hop].has(i)) && range(...rib.to).some((i) => lit.columns[c]?.[rib.hop + 1].has(i));
      rib.line.classList.toggle("on", on);
    })
  );
  for (const node of app.lines ? marked(app.lines) : []) {
    const { token = -1, span, entity } = node.xp;
    const on = span ? range(span.start, span.end).some((i) => lit.target.has(i)) : lit.target.has(token);
    node.classList.toggle("on", on);
    node.classList.toggle("at", node.xp === ref || Boolean(entity && entity === ref.entity));
  }
}

// xproj_ui/comparison/js/place.js
function pitch(lanes) {
  return lanes < 2 ? 0 : Math.max(2, Math.min(4, 16 / (lanes - 1)));
}
function tighten(app) {
  const strands = all(app.root, ".strand");
  for (const strand2 of strands) strand2.classList.remove("tight");
  const crowded = strands.filter(
    (strand2) => all(strand2, ".w").some((word) => word.scrollWidth > word.clientWidth)
  );
  for (const strand2 of crowded) strand2.classList.add("tight");
}
function placing(app, c, box) {
  const origin = box.getBoundingClientRect();
  if (!origin.width) return () => {
  };
  const rects = app.rows[c].map(
    (tokens) => tokens.map((token) => {
      const r = token.getBoundingClientRect();
      return {
        left: r.left - origin.left,
        right: r.right - origin.left,
        top: r.top - origin.top,
        bottom: r.bottom - origin.top
      };
    })
  );
  return () => place2(app, c, rects);
}
function place2(app, c, rects) {
  const column = app.data.columns[c];
  const edges = rects.map((row) => row.map((r) => ({ left: r.left, right: r.right })));
  column.rows.forEach(
    (row, r) => row.spans.forEach((span, s) => {
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
    })
  );
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

// xproj_ui/comparison/js/strand.js
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
  app.bodies[c].replaceChildren(...heat ? heatMap(app, c) : [strand(app, c)]);
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
      const chip = mark(
        button(
          "chip",
          void 0,
          `${why.label}, ${why.text}, lost in ${column.title}: ${why.message}`
        ),
        { entity: why.id }
      );
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
  box.dataset.rows = String(column.rows.length);
  box.classList.toggle("dense", longest > 40);
  box.style.gridTemplateColumns = `repeat(${column.rows.length}, minmax(0, max-content))`;
  const under = el("div", "boxes");
  const ribbons = svg("svg", { class: "ribbons", "aria-hidden": "true" });
  box.append(under, ribbons);
  column.rows.forEach((row, r) => box.append(side(app, c, r, row)));
  column.rows.forEach((row, r) => {
    app.boxes[c][r] = row.spans.map((span) => {
      const node = mark(el("div", `box ${span.kind}`), {
        column: c,
        row: r,
        span,
        entity: span.entity
      });
      node.title = span.aria;
      colour(app, node, span.label);
      if (row.lanes > 2) node.style.setProperty("--tint", `${Math.max(1, 26 / row.lanes)}%`);
      under.append(node);
      return node;
    });
  });
  app.ribbons[c] = column.hops.flatMap((hop, k) => [
    ...hop.links.map((link) => ribbon(app, c, k, link, ribbons)),
    ...hop.bonds.map((bond) => bondRibbon(app, k, bond, ribbons))
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
  node.append(sideHead(app, c, row));
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
function sideHead(app, c, row) {
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
  const inner = spans.toSorted((a, b) => b.lane - a.lane)[0];
  const token = mark(el("div", "tok"), {
    column: c,
    row: r,
    token: i,
    entity: inner?.entity ?? null
  });
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
    const badge = mark(el("span", `badge ${span.kind}`, span.label), {
      column: c,
      row: r,
      span,
      entity: span.entity
    });
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
  const texts = [
    [k, link.source],
    [k + 1, link.target]
  ].map(([r, i]) => sentenceOf(app, app.data.columns[c].rows[r]).tokens[i]);
  const title = svg("title", {});
  hit.append(title);
  title.textContent = `${texts[0]} – ${texts[1]} ${decimal(link.score)}`;
  if (link.label) {
    colour(app, line, link.label);
    line.classList.add("same");
  }
  into.append(line, hit);
  return {
    line,
    hit,
    hop: k,
    from: [link.source, link.source + 1],
    to: [link.target, link.target + 1]
  };
}
function bondRibbon(app, k, bond, into) {
  const line = svg("path", { class: "ribbon bond" });
  colour(app, line, bond.label);
  into.append(line);
  return { line, hop: k, from: bond.source, to: bond.target };
}

// xproj_ui/comparison/js/lines.js
function broken(widths, room) {
  const lines = [];
  let from = 0;
  let used = 0;
  widths.forEach((w, i) => {
    if (i > from && used + w > room) {
      lines.push([from, i]);
      from = i;
      used = 0;
    }
    used += w;
  });
  lines.push([from, widths.length]);
  return lines;
}
function widened(tokens, breaks, labels) {
  let changed = false;
  for (const [from, to] of breaks) {
    for (const label of labels) {
      const [start, end] = [Math.max(from, label.start), Math.min(to, label.end)];
      if (start >= end) continue;
      const lacking = label.width - tokens.slice(start, end).reduce((sum, w) => sum + w, 0);
      if (lacking <= 0.5) continue;
      tokens[end - 1] += lacking;
      changed = true;
    }
  }
  return changed;
}

// xproj_ui/comparison/js/tracks.js
function drawTracks(app) {
  const { data } = app;
  const card = app.parts.tracks;
  card.replaceChildren();
  app.lines = null;
  card.hidden = data.target === null || data.tracks.length === 0;
  if (card.hidden) return;
  const head = el("div", "head");
  head.append(el("h3", "", data.tracks.length > 1 ? "Where they differ" : "Labels"));
  head.append(el("span", "count", data.differ));
  app.lines = el("div", "lines");
  app.lines.setAttribute("role", "group");
  app.lines.setAttribute("aria-label", "The target sentence with each method's labels");
  card.append(head, app.lines);
}
var targetOf = (app) => app.data.sentences[app.data.target ?? 0];
function layTracks(app) {
  if (!app.lines) return;
  const width = app.lines.clientWidth;
  if (!width || app.laid === width) return;
  app.laid = width;
  const room = Math.max(60, width - Math.min(128, width * 0.34) - 8);
  app.lines.style.setProperty("--room", `${room}px`);
  const n = targetOf(app).tokens.length;
  const probe = trackLine(app, 0, n, null);
  probe.classList.add("probe");
  app.lines.replaceChildren(probe);
  const [names, ...tokens] = getComputedStyle(probe).gridTemplateColumns.split(" ").map(parseFloat);
  const labels = labelWidths(probe);
  let breaks = broken(tokens, width - names);
  for (let k = 0; k < 4 && widened(tokens, breaks, labels); k++)
    breaks = broken(tokens, width - names);
  app.lines.replaceChildren(
    ...breaks.map(([from, to]) => trackLine(app, from, to, [names, ...tokens.slice(from, to)]))
  );
}
function labelWidths(probe) {
  return marked(probe, ".tspan").map((node) => ({
    start: node.xp.span?.start ?? 0,
    end: node.xp.span?.end ?? 0,
    width: (first(node, ".label")?.offsetWidth ?? 0) + 21
  }));
}
function trackLine(app, from, to, widths) {
  const { data } = app;
  const sentence = targetOf(app);
  const line = el("div", "line");
  line.dir = sentence.dir;
  line.style.gridTemplateColumns = widths ? widths.map((w) => `${w}px`).join(" ") : `fit-content(min(8rem, 34cqw)) repeat(${to - from}, max-content)`;
  const lanes = data.tracks.reduce((n, t) => n + t.lanes, 0);
  line.style.gridTemplateRows = `auto repeat(${lanes}, var(--lane))`;
  const differ = new Set(data.disagreements);
  for (let i = from; i < to; i++) line.append(...targetToken(app, sentence, i, from, differ));
  let row = 2;
  data.tracks.forEach((track, t) => {
    const name = el("span", "name");
    name.append(el("bdi", "", track.title));
    name.title = track.note ? `${track.title}: ${track.note}` : track.title;
    name.style.gridRow = `${row} / span ${track.lanes}`;
    line.append(name);
    if (track.note) line.append(trackNote(track, row));
    else {
      for (let i = from; i < to; i++) line.append(trackCell(i, from, row, track.lanes));
      for (const span of track.spans) {
        if (span.start < to && span.end > from) line.append(trackSpan(app, t, span, from, to, row));
      }
    }
    row += track.lanes;
  });
  return line;
}
function targetToken(app, sentence, i, from, differ) {
  const at = i - from + 2;
  const token = mark(el("span", "word", sentence.tokens[i]), { target: true, token: i });
  token.setAttribute("role", "img");
  token.title = `${sentence.tokens[i]}: ${opinions(app, i)}`;
  token.setAttribute("aria-label", token.title);
  token.style.gridColumn = String(at);
  token.tabIndex = -1;
  token.dataset.group = "tracks";
  token.lang = sentence.language;
  if (!differ.has(i)) return [token];
  const band = el("span", "band");
  band.style.gridColumn = String(at);
  token.classList.add("differs");
  return [band, token];
}
function opinions(app, i) {
  const said = app.data.tracks.filter((track) => !track.note).map((track) => {
    const labels = track.spans.filter((s) => s.start <= i && i < s.end).map((s) => s.label);
    return [track.title, labels.join(" and ") || "no label"];
  });
  if (!app.data.disagreements.includes(i)) return said.length ? said[0][1] : "no label";
  return said.map(([title, labels]) => `${title} ${labels}`).join(", ");
}
function trackCell(i, from, row, lanes) {
  const cell = mark(el("span", "cell"), { target: true, token: i });
  cell.style.gridColumn = String(i - from + 2);
  cell.style.gridRow = `${row} / span ${lanes}`;
  return cell;
}
function trackNote(track, row) {
  const note = el("span", "tracknote", track.note);
  note.dir = "ltr";
  note.style.gridRow = `${row} / span ${track.lanes}`;
  return note;
}
function trackSpan(app, t, span, from, to, row) {
  const node = span.entity ? button("tspan", void 0, span.aria) : el("span", "tspan");
  if (!span.entity) {
    node.title = span.aria;
    node.setAttribute("role", "img");
    node.setAttribute("aria-label", span.aria);
  }
  mark(node, { track: t, span, entity: span.entity });
  node.tabIndex = -1;
  node.dataset.group = "tracks";
  const start = Math.max(span.start, from);
  const end = Math.min(span.end, to);
  node.style.gridColumn = `${start - from + 2} / ${end - from + 2}`;
  node.style.gridRow = String(row + span.lane);
  node.classList.toggle("before", start > span.start);
  node.classList.toggle("after", end < span.end);
  colour(app, node, span.label);
  node.append(el("span", "label", span.label));
  return node;
}

// xproj_ui/comparison/js/main.js
var apps = /* @__PURE__ */ new WeakMap();
function main_default(component) {
  const root = place(component.parentElement, ".xp");
  const app = apps.get(root) ?? mount(root, component);
  apps.set(root, app);
  app.state = component.setStateValue;
  app.trigger = component.setTriggerValue;
  update(app, component.data);
  return () => {
    app.observer.disconnect();
    app.listening.abort();
    root.replaceChildren();
    apps.delete(root);
  };
}
function mount(root, component) {
  let width = 0;
  const app = {
    root,
    data: component.data,
    digest: null,
    view: "ribbons",
    selected: null,
    lit: null,
    ref: null,
    matrix: {},
    told: { view: [], selected: [] },
    heard: {},
    ahead: false,
    parts: {
      tracks: el("section", "card tracks"),
      bar: el("div", "bar-top"),
      columns: el("div", "columns"),
      why: el("section", "card why")
    },
    watch: el("div", "watch"),
    lines: null,
    laid: null,
    rows: [],
    boxes: [],
    ribbons: [],
    places: [],
    bodies: [],
    readouts: [],
    listening: new AbortController(),
    observer: new ResizeObserver(() => {
      if (root.clientWidth === width) return;
      width = root.clientWidth;
      arrange(app);
    }),
    state: component.setStateValue,
    trigger: component.setTriggerValue
  };
  app.parts.why.setAttribute("aria-live", "polite");
  app.parts.why.hidden = true;
  root.replaceChildren(app.watch, ...Object.values(app.parts));
  listen(app);
  adoptTheme(app);
  app.observer.observe(root);
  document.fonts?.ready.then(() => arrange(app, true));
  return app;
}
function listen(app) {
  const on = (type, handler) => app.root.addEventListener(type, handler, { signal: app.listening.signal });
  on("pointermove", (event) => hovered(app, event));
  on("pointerleave", () => dark(app));
  on("pointerover", (event) => lookAhead(app, event));
  on("focusin", (event) => {
    lookAhead(app, event);
    onFocus(app, event);
  });
  on("focusout", () => dark(app));
  on("click", (event) => clicked(app, event));
  on("keydown", (event) => onKey(app, event));
  on("transitionrun", (event) => event.target === app.watch && adoptTheme(app));
}
function update(app, data) {
  const fresh = data.digest !== app.digest;
  const arrived = !fresh && app.data.closed && !data.closed;
  app.data = data;
  app.digest = data.digest;
  const view = heard(app, "view", data.view);
  const selected = heard(app, "selected", data.selected);
  const turned = view !== void 0 && view !== app.view;
  if (view !== void 0) app.view = view;
  if (selected !== void 0) app.selected = selected;
  if (fresh) draw(app);
  else if (turned || arrived && app.view === "heat") drawBodies(app);
  if (fresh || selected !== void 0) drawWhy(app);
}
function heard(app, key, value) {
  const told = app.told[key].indexOf(value);
  const repeated = key in app.heard && app.heard[key] === value;
  app.heard[key] = value;
  if (told >= 0) {
    app.told[key].splice(0, told + 1);
    return void 0;
  }
  return repeated ? void 0 : value;
}
function draw(app) {
  const { columns } = app.data;
  dark(app);
  Object.assign(app, {
    rows: columns.map(() => []),
    ribbons: columns.map(() => []),
    boxes: columns.map(() => []),
    places: [],
    bodies: [],
    readouts: []
  });
  if (app.selected !== null && !findWhy(app, app.selected)) app.selected = null;
  drawTracks(app);
  drawBar(app);
  app.parts.columns.dataset.n = String(columns.length);
  app.parts.columns.replaceChildren(...columns.map((_, c) => drawColumn(app, c)));
  arrange(app, true);
}
function drawBodies(app) {
  dark(app);
  app.readouts = [];
  drawBar(app);
  app.bodies.forEach((body, c) => body && drawBody(app, c));
  arrange(app);
  drawWhy(app);
}
function arrange(app, again) {
  if (again && app.lines) app.laid = null;
  layTracks(app);
  tighten(app);
  for (const write of app.places.map((read) => read?.())) write?.();
  openTabStops(app);
  markChosen(app);
}
function hovered(app, event) {
  if (event.pointerType === "touch") return;
  const ref = refAt(event);
  if (ref) light(app, ref, event);
  else dark(app);
}
function onFocus(app, event) {
  const node = stopAt(event);
  if (node?.matches(":focus-visible")) light(app, node.xp, { clientX: 0, clientY: 0 });
}
function clicked(app, event) {
  const choice = closest(event, ".choice");
  if (choice?.dataset.view) return turn(app, choice.dataset.view === "heat" ? "heat" : "ribbons");
  if (choice) {
    const c = Number(choice.dataset.column);
    app.matrix[app.data.columns[c].method] = Number(choice.dataset.matrix);
    drawBody(app, c);
    arrange(app);
    first(app.bodies[c], PRESSED)?.focus();
    return;
  }
  if (closest(event, ".close")) return select(app, null);
  const pencil = closest(event, ".pencil");
  if (pencil)
    return app.trigger("edit", { slot: pencil.dataset.slot, method: pencil.dataset.method });
  const ref = refAt(event);
  if (ref?.entity) select(app, ref.entity, true);
  else if (ref) light(app, ref, event);
  else dark(app);
}
function lookAhead(app, event) {
  if (app.ahead || !app.data.closed || closest(event, "[data-view]")?.dataset.view !== "heat")
    return;
  app.ahead = true;
  app.state("ahead", true);
}
function turn(app, view) {
  if (view === app.view) return;
  if (view !== "heat" && app.ahead) {
    app.ahead = false;
    app.state("ahead", false);
  }
  app.view = view;
  if (view === "heat" && app.data.closed)
    drawBar(app);
  else drawBodies(app);
  first(app.parts.bar, PRESSED)?.focus();
  tell(app, "view", view);
}
export {
  main_default as default
};

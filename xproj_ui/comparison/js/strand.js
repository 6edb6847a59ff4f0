// @ts-check
// One method: a column of tokens per sentence, entities as boxes, links as ribbons.

import { button, colour, decimal, el, mark, svg } from "../../js/dom.js";
import { heatMap } from "./matrix.js";
import { pitch, placing } from "./place.js";
import { sentenceOf } from "./sentence.js";

/** @import { BondView, ColumnView, LinkView, RowView, SentenceView } from "../../js/payload" */
/** @import { App, Ribbon } from "./types" */

/**
 * @param {App} app
 * @param {number} c
 */
export function drawColumn(app, c) {
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

/**
 * @param {App} app
 * @param {number} c
 */
export function drawBody(app, c) {
  app.rows[c] = [];
  app.ribbons[c] = [];
  app.boxes[c] = [];
  app.places[c] = null;
  const heat = app.view === "heat" && app.data.columns[c].matrices.length > 0;
  app.bodies[c].replaceChildren(...(heat ? heatMap(app, c) : [strand(app, c)]));
}

/**
 * @param {App} app
 * @param {ColumnView} column
 */
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
          undefined,
          `${why.label}, ${why.text}, lost in ${column.title}: ${why.message}`,
        ),
        { entity: why.id },
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

/**
 * @param {App} app
 * @param {number} c
 */
export function strand(app, c) {
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
        entity: span.entity,
      });
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
    ...hop.bonds.map((bond) => bondRibbon(app, k, bond, ribbons)),
  ]);
  app.places[c] = () => placing(app, c, box);
  return box;
}

/**
 * @param {App} app
 * @param {number} c
 * @param {number} r
 * @param {RowView} row
 */
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

/**
 * @param {App} app
 * @param {number} c
 * @param {RowView} row
 */
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

/**
 * @param {App} app
 * @param {number} c
 * @param {number} r
 * @param {number} i
 * @param {string} text
 * @param {SentenceView} sentence
 */
function strandToken(app, c, r, i, text, sentence) {
  const spans = app.data.columns[c].rows[r].spans.filter((s) => s.start <= i && i < s.end);
  const inner = spans.toSorted((a, b) => b.lane - a.lane)[0];
  const token = mark(el("div", "tok"), {
    column: c,
    row: r,
    token: i,
    entity: inner?.entity ?? null,
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
      entity: span.entity,
    });
    badge.setAttribute("aria-hidden", "true");
    colour(app, badge, span.label);
    token.append(badge);
  }
  return token;
}

/**
 * @param {App} app
 * @param {number} c
 * @param {number} k
 * @param {LinkView} link
 * @param {Element} into
 * @returns {Ribbon}
 */
function ribbon(app, c, k, link, into) {
  const line = svg("path", { class: "ribbon" });
  const hit = mark(svg("path", { class: "hit" }), { column: c, hop: k, link });
  line.style.strokeWidth = (0.8 + 3.2 * link.score).toFixed(2);
  line.style.setProperty("--o", (0.18 + 0.6 * link.score).toFixed(2));
  const texts = [
    [k, link.source],
    [k + 1, link.target],
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
    to: [link.target, link.target + 1],
  };
}

/**
 * @param {App} app
 * @param {number} k
 * @param {BondView} bond
 * @param {Element} into
 * @returns {Ribbon}
 */
function bondRibbon(app, k, bond, into) {
  const line = svg("path", { class: "ribbon bond" });
  colour(app, line, bond.label);
  into.append(line);
  return { line, hop: k, from: bond.source, to: bond.target };
}

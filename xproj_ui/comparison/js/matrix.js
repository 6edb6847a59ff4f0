// @ts-check
// A matrix over two rows: a cell per pair of tokens, shaded by score, links outlined.

import { button, colour, decimal, el, mark, svg } from "../../js/dom.js";
import { sentenceOf } from "./sentence.js";

/** @import { MatrixView, RowView, SentenceView } from "../../js/payload" */
/** @import { App, HeatField } from "./types" */

/**
 * @param {App} app
 * @param {number} c
 */
export function heatMap(app, c) {
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

/**
 * @param {App} app
 * @param {number} c
 * @param {number} chosen
 */
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

const SIZE = 22;

/**
 * @param {App} app
 * @param {number} c
 * @param {MatrixView} matrix
 */
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
  app.rows[c][matrix.columns] = columns.tokens.map((text, j) =>
    heatLabel(app, c, matrix.columns, j, text, columns, top),
  );
  const left = el("div", "down");
  app.rows[c][matrix.rows] = rows.tokens.map((text, i) =>
    heatLabel(app, c, matrix.rows, i, text, rows, left),
  );
  // the cells' x runs with the target's direction
  /** @param {number} j */
  const x = (j) => (columns.dir === "rtl" ? n - 1 - j : j) * size;
  const field = svg("svg", { class: "cells", width: n * size, height: m * size });
  field.append(...tints(app, down, across, x, size, m, n));
  // one path for all cells of a score: thousands of elements would be slow
  /** @param {number[]} cell */
  const square = ([i, j]) => `M${x(j) + 1} ${i * size + 1}h${size - 2}v${size - 2}h${2 - size}z`;
  /** @type {Map<number, string[]>} */
  const alike = new Map();
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
    visibility: "hidden",
  });
  field.append(cursor);
  const rtl = columns.dir === "rtl";
  mark(field, { heat: { field, column: c, matrix, scores, size, n, m, cursor, x, rtl } });
  grid.append(el("div", "corner"), top, left, field);
  return grid;
}

/**
 * @param {App} app
 * @param {number} c
 * @param {number} r
 * @param {number} i
 * @param {string} text
 * @param {SentenceView} sentence
 * @param {HTMLElement} into
 */
function heatLabel(app, c, r, i, text, sentence, into) {
  const spans = app.data.columns[c].rows[r].spans.filter((s) => s.start <= i && i < s.end);
  const label = mark(el("div", "hlabel"), {
    column: c,
    row: r,
    token: i,
    entity: spans.length ? spans[spans.length - 1].entity : null,
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
    const first = spans.find((s) => s.start === i);
    if (first) label.append(el("span", "badge", first.label));
  }
  label.tabIndex = -1;
  label.dataset.group = `column-${c}`;
  into.append(label);
  return label;
}

/**
 * @param {App} app
 * @param {RowView} down
 * @param {RowView} across
 * @param {(j: number) => number} x
 * @param {number} size
 * @param {number} m
 * @param {number} n
 * @returns {SVGRectElement[]}
 */
function tints(app, down, across, x, size, m, n) {
  const made = [];
  for (const span of down.spans) {
    made.push(
      svg("rect", {
        class: "tint",
        x: 0,
        y: span.start * size,
        width: n * size,
        height: (span.end - span.start) * size,
      }),
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
        height: m * size,
      }),
    );
    colour(app, made[made.length - 1], span.label);
  }
  return made;
}

/**
 * The pair of tokens under the pointer.
 * @param {HeatField} ref
 * @param {{ clientX: number, clientY: number }} event
 * @returns {[number, number] | null}
 */
export function heatPair(ref, event) {
  const box = ref.field.getBoundingClientRect();
  const i = Math.floor((event.clientY - box.top) / ref.size);
  const at = Math.floor((event.clientX - box.left) / ref.size);
  const j = ref.rtl ? ref.n - 1 - at : at;
  return i >= 0 && i < ref.m && j >= 0 && j < ref.n ? [i, j] : null;
}

/**
 * @param {App} app
 * @param {HeatField} ref
 * @param {[number, number]} pair
 */
export function pointAt(app, ref, pair) {
  const [i, j] = pair;
  ref.cursor.setAttribute("x", String(ref.x(j)));
  ref.cursor.setAttribute("y", String(i * ref.size));
  ref.cursor.setAttribute("visibility", "visible");
  const { rows } = app.data.columns[ref.column];
  const words = [
    sentenceOf(app, rows[ref.matrix.rows]).tokens[i],
    sentenceOf(app, rows[ref.matrix.columns]).tokens[j],
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
    linked ? " link" : " no link",
  );
}

// @ts-check
// Why an entity is where it is, or why it is nowhere.

import { button, colour, el, first, focused, quoting } from "../../js/dom.js";
import { focusOn } from "./focus.js";
import { marked } from "./refs.js";
import { outcomesOf, strip } from "./stages.js";

/** @import { CandidateView, WhyView } from "../../js/payload" */
/** @import { App } from "./types" */

/**
 * @param {App} app
 * @param {string} id
 */
export function findWhy(app, id) {
  for (const column of app.data.columns) {
    const why = column.why.find((w) => w.id === id);
    if (why) return { why, column };
  }
  return null;
}

/** @param {App} app */
export function drawWhy(app) {
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

/** @param {App} app */
export function markChosen(app) {
  for (const node of marked(app.root)) {
    const chosen = app.selected !== null && node.xp.entity === app.selected;
    node.classList.toggle("chosen", chosen);
  }
}

/** @param {WhyView} why */
function candidateTable(why) {
  const frame = el("div", "tableframe");
  const table = el("table");
  const parts = [...new Set(why.candidates.flatMap((c) => c.parts.map(([name]) => name)))];
  const linked = why.candidates.some((c) => c.linked);
  const names = [
    "candidate",
    ...(linked ? ["words linked"] : []),
    "score",
    ...(parts.length > 1 ? parts : []),
    "verdict",
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

/**
 * @param {CandidateView} candidate
 * @param {number} best
 */
function scoreCell(candidate, best) {
  const cell = el("td", "number");
  const bar = el("span", "bar");
  const share = best > 0 ? Math.max(0, candidate.score / best) : 0;
  bar.style.inlineSize = `${(share * 6).toFixed(2)}em`;
  cell.append(bar, el("span", "", candidate.score_text));
  return cell;
}

/** @param {WhyView} why */
function whyDetails(why) {
  const list = el("dl");
  /**
   * @param {string} name
   * @param {(string | Node)[]} nodes
   */
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
    steps.append(...why.steps.map((step) => el("li", "", step)));
    add("step by step", steps);
  }
  return list;
}

/**
 * Open an explanation, or close it with null; `toggle` closes the one that is open.
 * @param {App} app
 * @param {string | null} id
 * @param {boolean} [toggle]
 */
export function select(app, id, toggle) {
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

/**
 * @param {App} app
 * @param {string} key
 * @param {string | null} value
 */
export function tell(app, key, value) {
  app.told[key].push(value);
  app.state(key, value ?? "");
}

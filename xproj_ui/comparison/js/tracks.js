// @ts-check
// Where they differ: the target once, a label track per method, wrapped as blocks.

import { button, colour, el, first, mark } from "../../js/dom.js";
import { broken, widened } from "./lines.js";
import { marked } from "./refs.js";

/** @import { SentenceView, SpanView, TrackView } from "../../js/payload" */
/** @import { App } from "./types" */

/** @param {App} app */
export function drawTracks(app) {
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

/**
 * Tracks are drawn only where there is a target.
 * @param {App} app
 */
const targetOf = (app) => app.data.sentences[app.data.target ?? 0];

/** @param {App} app */
export function layTracks(app) {
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
    ...breaks.map(([from, to]) => trackLine(app, from, to, [names, ...tokens.slice(from, to)])),
  );
}

/**
 * Each drawn span with the room that its label needs.
 * @param {HTMLElement} probe
 */
function labelWidths(probe) {
  return marked(probe, ".tspan").map((node) => ({
    start: node.xp.span?.start ?? 0,
    end: node.xp.span?.end ?? 0,
    width: (first(node, ".label")?.offsetWidth ?? 0) + 21,
  }));
}

/**
 * @param {App} app
 * @param {number} from
 * @param {number} to
 * @param {number[] | null} widths
 */
function trackLine(app, from, to, widths) {
  const { data } = app;
  const sentence = targetOf(app);
  const line = el("div", "line");
  line.dir = sentence.dir;
  line.style.gridTemplateColumns = widths
    ? widths.map((w) => `${w}px`).join(" ")
    : `fit-content(min(8rem, 34cqw)) repeat(${to - from}, max-content)`;
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

/**
 * @param {App} app
 * @param {SentenceView} sentence
 * @param {number} i
 * @param {number} from
 * @param {Set<number>} differ
 */
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

/**
 * What each track says of a token, as one phrase where all agree.
 * @param {App} app
 * @param {number} i
 */
function opinions(app, i) {
  const said = app.data.tracks
    .filter((track) => !track.note)
    .map((track) => {
      const labels = track.spans.filter((s) => s.start <= i && i < s.end).map((s) => s.label);
      return [track.title, labels.join(" and ") || "no label"];
    });
  if (!app.data.disagreements.includes(i)) return said.length ? said[0][1] : "no label";
  return said.map(([title, labels]) => `${title} ${labels}`).join(", ");
}

/**
 * @param {number} i
 * @param {number} from
 * @param {number} row
 * @param {number} lanes
 */
function trackCell(i, from, row, lanes) {
  const cell = mark(el("span", "cell"), { target: true, token: i });
  cell.style.gridColumn = String(i - from + 2);
  cell.style.gridRow = `${row} / span ${lanes}`;
  return cell;
}

/**
 * @param {TrackView} track
 * @param {number} row
 */
function trackNote(track, row) {
  const note = el("span", "tracknote", track.note);
  note.dir = "ltr";
  note.style.gridRow = `${row} / span ${track.lanes}`;
  return note;
}

/**
 * @param {App} app
 * @param {number} t
 * @param {SpanView} span
 * @param {number} from
 * @param {number} to
 * @param {number} row
 */
function trackSpan(app, t, span, from, to, row) {
  const node = span.entity ? button("tspan", undefined, span.aria) : el("span", "tspan");
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

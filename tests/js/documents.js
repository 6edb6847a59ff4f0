// @ts-check
// Payloads and an editor without a screen, for tests.

import { endGuess, guessing, lookAhead } from "../../xproj_ui/editor/js/ahead.js";
import { preview } from "../../xproj_ui/editor/js/forecast.js";
import { command, send, settle } from "../../xproj_ui/editor/js/outbox.js";

/** @import { Ack, EditorPayload, ReviewLink, ReviewSpan } from "../../xproj_ui/js/payload" */
/** @import { App, Flight } from "../../xproj_ui/editor/js/types" */

const MARK = /** @type {const} */ ({
  origin: "direct/match-exact",
  by: "method",
  score: 0.9,
  status: "projected",
  editor: "",
  note: "",
  stale: false,
});

/**
 * @param {string} id
 * @param {"source" | "target"} side
 * @param {number} start
 * @param {number} end
 * @param {Partial<ReviewSpan>} [more]
 * @returns {ReviewSpan}
 */
export const span = (id, side, start, end, more) => ({
  ...MARK,
  id,
  side,
  start,
  end,
  label: "PER",
  from: null,
  ...more,
});

/**
 * @param {number} source
 * @param {number} target
 * @param {Partial<ReviewLink>} [more]
 * @returns {ReviewLink}
 */
export const link = (source, target, more) => ({
  ...MARK,
  source,
  target,
  possible: false,
  ...more,
});

/**
 * Ada met Kofi . | Ada traf Kofi . with a label over each name and words linked one by one.
 * @param {Partial<EditorPayload>} [more]
 * @returns {EditorPayload}
 */
export function payload(more) {
  const side = (/** @type {string} */ text) => ({
    tokens: text.split(" "),
    language: "en",
    dir: /** @type {const} */ ("ltr"),
    text,
    glue: " ",
  });
  return {
    revision: 3,
    done: false,
    read_only: false,
    source: side("Ada met Kofi ."),
    target: side("Ada traf Kofi ."),
    spans: [
      span("s0", "source", 0, 1),
      span("t0", "target", 0, 1, { from: "s0" }),
      span("t1", "target", 2, 3),
    ],
    links: [0, 1, 2, 3].map((i) => link(i, i)),
    tracks: [],
    labels: ["PER", "LOC"],
    can_undo: false,
    can_redo: false,
    saved: "12:00",
    offer: null,
    item: "one",
    names: { source: "English", target: "German" },
    colours: {},
    place: { text: "1 of 3", previous: false, next: true },
    annotator: "Ana",
    cookie: "",
    keys: [],
    ack: null,
    conflict: null,
    ahead: null,
    ...more,
  };
}

/**
 * An editor that remembers what was sent and what was said.
 * @param {EditorPayload} data
 */
export function editor(data) {
  /** @type {Flight[]} */
  const sent = [];
  /** @type {string[]} */
  const said = [];
  const bare = {
    data,
    served: data,
    view: { spans: [], links: [], done: false, offer: null, renewing: false },
    session: "w",
    count: 0,
    queue: [],
    flight: null,
    made: {},
    guess: null,
    unsaved: 0,
    problem: null,
    told: null,
    lastSaved: null,
    tries: 0,
    leaving: false,
    root: { isConnected: false },
    sel: null,
    menu: false,
    linking: null,
    drag: null,
    trigger: (/** @type {string} */ _, /** @type {Flight} */ flight) => sent.push(flight),
    draw: () => {
      app.view = preview(app);
    },
    drawBar: () => {},
    show: (/** @type {EditorPayload} */ next) => {
      app.data = next;
      app.draw();
    },
    choose: (/** @type {App["sel"]} */ sel) => {
      app.sel = sel;
    },
    refocus: () => {},
    say: (/** @type {string} */ text) => {
      said.push(text);
      return null;
    },
    tok: { source: [], target: [] },
    bars: [],
  };
  const app = /** @type {App} */ (/** @type {unknown} */ (bare));
  app.draw();
  return { app, sent, said, command: command.bind(null, app) };
}

/**
 * The server answers what is on its way; gives the payload that it sends.
 * @param {App} app
 * @param {Partial<EditorPayload>} next
 * @param {Partial<Ack>} [ack]
 */
export function answer(app, next, ack) {
  const id = app.flight?.id ?? "";
  clearTimeout(app.timer);
  const taken = { id, ok: true, problem: "", made: null, told: "", at: "", ...ack };
  const data = { ...app.served, revision: app.served.revision + 1, ...next, ack: taken };
  app.served = data;
  settle(app);
  if (!guessing(app)) {
    endGuess(app);
    app.show(data);
    lookAhead(app);
  }
  send(app);
  clearTimeout(app.timer);
}

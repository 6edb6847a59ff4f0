// @ts-check
// What keys and clicks ask for, from what is chosen.

import assert from "node:assert/strict";
import { test } from "node:test";
import { giveLabel, pullEdge, setLink, toggleLink } from "../../xproj_ui/editor/js/edits.js";
import { keepChoice, linkAt, rangeOf, unchecked } from "../../xproj_ui/editor/js/selection.js";
import { describe, linkText, spoken } from "../../xproj_ui/editor/js/wording.js";
import { editor, payload, span } from "./documents.js";

/** @param {import("../../xproj_ui/editor/js/types").App} app */
function waiting(app) {
  clearTimeout(app.timer);
  return app.queue.map((entry) => [entry.op, entry.args]);
}

test("a range is the same whichever end it was begun at", () => {
  assert.deepEqual(rangeOf({ kind: "tokens", side: "target", anchor: 3, head: 1 }), {
    start: 1,
    end: 4,
  });
});

test("chosen words are labelled, and a label is there only once", () => {
  const { app } = editor(payload());
  app.sel = { kind: "tokens", side: "target", anchor: 1, head: 1 };
  giveLabel(app, "LOC");
  assert.deepEqual(app.sel, { kind: "span", id: "pending:w:1" });
  app.sel = { kind: "tokens", side: "target", anchor: 1, head: 1 };
  giveLabel(app, "LOC");
  assert.deepEqual(waiting(app), [
    ["add_span", { side: "target", start: 1, end: 2, label: "LOC" }],
  ]);
});

test("words that a label was rejected on get it back", () => {
  const spans = [span("t0", "target", 0, 1, { status: "rejected" })];
  const { app } = editor(payload({ spans }));
  app.sel = { kind: "tokens", side: "target", anchor: 0, head: 0 };
  giveLabel(app, "PER");
  assert.deepEqual(waiting(app), [
    ["set_status", { spans: ["t0"], links: [], status: "accepted" }],
  ]);
});

test("an edge stays inside the sentence and before the other edge", () => {
  const { app } = editor(payload());
  const [, first, second] = app.view.spans;
  app.edge = "end";
  pullEdge(app, first, -1);
  pullEdge(app, second, 1);
  app.edge = "start";
  pullEdge(app, first, -1);
  assert.deepEqual(waiting(app), [["resize", { id: "t1", start: 2, end: 4 }]]);
});

test("words that are all linked are unlinked, else the missing links are made", () => {
  const { app } = editor(payload());
  toggleLink(app, { side: "source", start: 0, end: 2 }, "target", 0);
  assert.ok(linkAt(app, 1, 0));
  toggleLink(app, { side: "source", start: 0, end: 2 }, "target", 0);
  assert.equal(linkAt(app, 1, 0), undefined);
  assert.equal(linkAt(app, 0, 0), undefined);
  assert.deepEqual(
    waiting(app).map(([op]) => op),
    ["link", "unlink", "unlink"],
  );
});

test("a sure link becomes possible and sure again, however fast", () => {
  const { app } = editor(payload());
  setLink(app, 0, 0);
  setLink(app, 0, 0);
  assert.deepEqual(
    waiting(app).map(([, args]) => args),
    [
      { source: 0, target: 0, possible: true },
      { source: 0, target: 0, possible: false },
    ],
  );
});

test("what is not there any more is not chosen any more", () => {
  const { app } = editor(payload());
  app.sel = { kind: "span", id: "gone" };
  keepChoice(app);
  assert.equal(app.sel, null);
  app.sel = { kind: "tokens", side: "target", anchor: 0, head: 9 };
  keepChoice(app);
  assert.equal(app.sel, null);
});

test("everything is said in words", () => {
  const { app } = editor(payload());
  assert.equal(unchecked(app).length, 3);
  assert.equal(describe(app, app.view.spans[1]), "PER, Ada, projected, direct/match-exact .90");
  assert.equal(spoken(app, "target", 0), "Ada, German word 1, PER, linked with Ada");
  assert.equal(linkText(app, app.view.links[1]), "met – traf, projected, direct/match-exact .90");
});

// @ts-check
// What is drawn while commands are on their way. The steps themselves are held to the server's by
// tests/unit/test_optimistic_steps.py.

import assert from "node:assert/strict";
import { test } from "node:test";
import { acceptAll, remove } from "../../xproj_ui/editor/js/edits.js";
import { lay, preview } from "../../xproj_ui/editor/js/forecast.js";
import { apply } from "../../xproj_ui/editor/js/steps.js";
import { editor, payload, span } from "./documents.js";

test("what was deleted stays deleted when everything is accepted at once", () => {
  const { app } = editor(payload());
  app.sel = { kind: "span", id: "t0" };
  remove(app);
  acceptAll(app);
  clearTimeout(app.timer);
  assert.deepEqual(
    app.view.spans.map((s) => [s.id, s.status]),
    [
      ["s0", "accepted"],
      ["t0", "rejected"],
      ["t1", "accepted"],
    ],
  );
  const accepted = app.queue.at(-1);
  assert.ok(accepted?.op === "set_status");
  assert.deepEqual(accepted.args.spans, ["s0", "t1"]);
});

test("what a taken offer takes away is not accepted either", () => {
  const moved = span("t0", "target", 1, 2, { status: "corrected" });
  const offer = { projector: "match-exact", spans: [moved], gone: ["t1"], messages: ["so"] };
  const { app, command } = editor(payload({ offer }));
  command("take_offer", {});
  acceptAll(app);
  clearTimeout(app.timer);
  assert.equal(app.view.offer, null);
  assert.equal(app.view.renewing, false);
  assert.equal(app.view.spans.find((s) => s.id === "t1")?.status, "rejected");
  assert.equal(app.view.spans.find((s) => s.id === "t0")?.start, 1);
});

test("an offer stays in sight, but cannot be taken, while the server looks at it again", () => {
  const offer = { projector: "match-exact", spans: [], gone: ["t1"], messages: ["so"] };
  const { app, command } = editor(payload({ offer }));
  command("unlink", { source: 0, target: 0 });
  clearTimeout(app.timer);
  assert.equal(app.view.offer, null);
  assert.equal(app.view.renewing, true);
});

test("an edge that is pulled out and back ends where it began", () => {
  const { app, command } = editor(payload());
  command("resize", { id: "t0", start: 0, end: 2 });
  clearTimeout(app.timer);
  app.drag = { kind: "resize", id: "t0", side: "target", edge: "end", start: 0, end: 1 };
  assert.equal(preview(app).spans.find((s) => s.id === "t0")?.end, 1);
  app.drag = null;
  assert.equal(preview(app).spans.find((s) => s.id === "t0")?.end, 2);
});

test("what will be refused, and what is done after it, is not drawn", () => {
  const { app, command } = editor(payload());
  command("add_span", { side: "target", start: 0, end: 1, label: "PER" });
  command("done", { done: true });
  clearTimeout(app.timer);
  assert.equal(app.view.spans.length, 3);
  assert.equal(app.view.done, false);
});

test("only what was changed is pending, and the payload itself never changes", () => {
  const data = payload();
  const before = structuredClone(data);
  const { app, command } = editor(data);
  command("relabel", { id: "t1", label: "LOC" });
  command("link", { source: 0, target: 1, possible: false });
  clearTimeout(app.timer);
  assert.deepEqual(
    app.view.spans.filter((s) => s.pending).map((s) => s.id),
    ["t1"],
  );
  assert.deepEqual(
    app.view.links.filter((l) => l.pending).map((l) => [l.source, l.target]),
    [[0, 1]],
  );
  assert.deepEqual(data, before);
});

test("a label that nobody knows is refused, unless none is known", () => {
  const args = /** @type {const} */ ({ side: "target", start: 1, end: 2, label: "NEW" });
  assert.equal(apply(payload(), "add_span", args, "Ana", "x"), null);
  const open = payload({ labels: [], spans: [] });
  assert.equal(apply(open, "add_span", args, "Ana", "x")?.spans.length, 1);
});

test("spans of one lane never overlap, and rejected ones stand outside", () => {
  const spans = [
    { start: 0, end: 3, lane: 0 },
    { start: 1, end: 2, lane: 0 },
    { start: 3, end: 4, lane: 0 },
    { start: 0, end: 1, lane: 0, status: /** @type {const} */ ("rejected") },
  ];
  lay(spans);
  assert.deepEqual(
    spans.map((s) => s.lane),
    [0, 1, 0, 1],
  );
});

// @ts-check
// Commands wait in line, and what is drawn is what will be once they have been taken.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { known, named } from "../../xproj_ui/editor/js/outbox.js";
import { answer, editor, payload, span } from "./documents.js";

/** @type {import("../../xproj_ui/editor/js/types").App[]} */
const open = [];
afterEach(() => {
  for (const app of open.splice(0)) clearTimeout(app.timer);
});

/** @param {import("../../xproj_ui/js/payload").EditorPayload} data */
function opened(data) {
  const made = editor(data);
  open.push(made.app);
  return made;
}

test("one command travels at a time, each with the revision that came back before it", () => {
  const { app, sent, command } = opened(payload());
  command("done", { done: true });
  command("done", { done: false });
  assert.deepEqual(
    sent.map((flight) => [flight.id, flight.base_revision]),
    [["w:1", 3]],
  );
  answer(app, { done: true });
  assert.deepEqual([sent[1].id, sent[1].base_revision], ["w:2", 4]);
});

test("a span that was just made can be changed before the server has named it", () => {
  const { app, sent, command } = opened(payload());
  const id = command("add_span", { side: "target", start: 1, end: 2, label: "LOC" });
  command("relabel", { id: `pending:${id}`, label: "PER" });
  assert.equal(app.view.spans.find((s) => s.id === `pending:${id}`)?.label, "PER");
  const made = span("p7", "target", 1, 2, { label: "LOC", by: "person" });
  answer(app, { spans: [...payload().spans, made] }, { made: "p7" });
  assert.deepEqual(sent[1].args, { id: "p7", label: "PER" });
  assert.equal(app.view.spans.filter((s) => s.start === 1).length, 1);
});

test("ids of other things stay as they are", () => {
  const app = { made: { "w:1": "p7" } };
  assert.equal(known(app, "t0"), "t0");
  assert.equal(known(app, "pending:w:2"), "pending:w:2");
  assert.deepEqual(named(app, { spans: ["t0", "pending:w:1"], links: [[0, 0]] }), {
    spans: ["t0", "p7"],
    links: [[0, 0]],
  });
});

test("what was refused takes what was done after it along, and says so", () => {
  const { app, command } = opened(payload());
  command("relabel", { id: "t0", label: "LOC" });
  command("done", { done: true });
  answer(app, { revision: 3 }, { ok: false, problem: "It does not fit." });
  assert.equal(app.queue.length, 0);
  assert.equal(app.problem, "It does not fit. What you did after it was not saved either.");
  assert.equal(app.view.done, false);
});

test("nothing but loading is sent while there is a conflict", () => {
  const { command, sent, said } = opened(payload({ conflict: { by: "Ben", at: "12:01" } }));
  assert.equal(command("done", { done: true }), null);
  assert.deepEqual(said, ["Load the other version first."]);
  command("load", {});
  assert.equal(sent[0].op, "load");
});

test("nobody changes what is only to be read", () => {
  const { command, sent } = opened(payload({ read_only: true }));
  assert.equal(command("done", { done: true }), null);
  assert.deepEqual(sent, []);
});

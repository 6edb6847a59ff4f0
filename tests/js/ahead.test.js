// @ts-check
// The next sentence is drawn before the server has opened it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { leavingItem } from "../../xproj_ui/editor/js/ahead.js";
import { answer, editor, payload } from "./documents.js";

const next = { ...payload({ item: "two", revision: 9 }) };
const first = payload({ ahead: { next } });

test("what was sent ahead is drawn at once, and what is done on it waits for it", () => {
  const { app, sent, command } = editor(first);
  command("done", { done: true, go: "next" });
  assert.equal(app.data.item, "two");
  command("done", { done: true });
  assert.equal(sent.length, 1);
  answer(app, { ...next, ahead: null });
  assert.equal(app.guess, null);
  assert.deepEqual(
    sent.map((flight) => [flight.item, flight.base_revision]),
    [
      ["one", 3],
      ["two", 9],
    ],
  );
  clearTimeout(app.timer);
});

test("what was done on a sentence that was not opened after all goes nowhere and is told", () => {
  const { app, sent, command } = editor(first);
  command("go", { to: "next" });
  command("done", { done: true });
  answer(app, { ...payload({ item: "three" }), ahead: null });
  assert.equal(app.data.item, "three");
  assert.equal(sent.length, 1);
  assert.match(app.problem ?? "", /Another sentence/);
  clearTimeout(app.timer);
});

test("while a sentence is left that nothing was sent ahead for, nothing is changed", () => {
  const { app, command } = editor(payload());
  command("go", { to: "next" });
  assert.ok(leavingItem(app));
  assert.equal(command("done", { done: true }), null);
  clearTimeout(app.timer);
});

test("a second step before the first has led anywhere starts from wherever that leads", () => {
  const { app, sent, command } = editor(payload());
  command("go", { to: "next" });
  command("go", { to: "next" });
  answer(app, { ...payload({ item: "two" }) });
  assert.deepEqual(
    sent.map((flight) => flight.item),
    ["one", "two"],
  );
  clearTimeout(app.timer);
});

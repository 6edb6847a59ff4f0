// @ts-check
// Where sentences are broken into lines.

import assert from "node:assert/strict";
import { test } from "node:test";
import { broken, widened } from "../../xproj_ui/comparison/js/lines.js";
import { pairsOfLines } from "../../xproj_ui/editor/js/breaks.js";

/** @param {number} n */
const words = (n) => Array(n).fill(50);
/** @param {number} n */
const straight = (n) => Array.from({ length: n }, (_, i) => ({ source: i, target: i }));

test("what fits stands in one pair of lines", () => {
  assert.deepEqual(pairsOfLines(words(4), words(3), straight(3), 1000), [[0, 4, 0, 3]]);
});

test("pairs of lines follow each other, leave no word out and are no wider than the room", () => {
  for (const [n, m] of [
    [30, 25],
    [7, 40],
    [1, 12],
  ]) {
    const pairs = pairsOfLines(words(n), words(m), straight(Math.min(n, m)), 400);
    let [i, j] = [0, 0];
    for (const [a, b, c, d] of pairs) {
      assert.deepEqual([a, c], [i, j]);
      assert.ok(b - a <= 8 && d - c <= 8);
      [i, j] = [b, d];
    }
    assert.deepEqual([i, j], [n, m]);
  }
});

test("linked words stand in the same pair of lines", () => {
  const pairs = pairsOfLines(words(20), words(20), straight(20), 500);
  for (const [a, b, c, d] of pairs) assert.deepEqual([a, b], [c, d]);
});

test("a word that is wider than the room has a line of its own", () => {
  assert.deepEqual(
    pairsOfLines([900, 50], [], [], 400).map(([a, b]) => [a, b]),
    [
      [0, 1],
      [1, 2],
    ],
  );
});

test("no words, no lines", () => {
  assert.deepEqual(pairsOfLines([], [], [], 400), []);
});

test("columns fill a line greedily", () => {
  assert.deepEqual(broken([50, 50, 50], 100), [
    [0, 2],
    [2, 3],
  ]);
});

test("a span's columns are widened until its label fits on each of its lines", () => {
  const tokens = [20, 20, 20];
  const labels = [{ start: 1, end: 3, width: 60 }];
  assert.ok(widened(tokens, [[0, 3]], labels));
  assert.deepEqual(tokens, [20, 20, 40]);
  assert.ok(!widened(tokens, [[0, 3]], labels));
});

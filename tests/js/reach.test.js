// @ts-check
// What is lit in the comparison: links, counterparts and entities of every column.

import assert from "node:assert/strict";
import { test } from "node:test";
import { seedsOf, spread } from "../../xproj_ui/comparison/js/reach.js";

/** @import { ColumnView, LinkView, Payload } from "../../xproj_ui/js/payload" */
/** @import { Ref } from "../../xproj_ui/comparison/js/types" */

/**
 * @param {number[]} sentences
 * @param {[number, number][][]} hops
 */
function column(sentences, hops) {
  const link = (/** @type {[number, number]} */ [source, target]) =>
    /** @type {LinkView} */ ({ source, target, score: 1, label: null });
  const rows = sentences.map((sentence) => ({ sentence, spans: [] }));
  const made = {
    rows,
    hops: hops.map((pairs) => ({ links: pairs.map(link), bonds: [] })),
    why: [],
  };
  return /** @type {ColumnView} */ (/** @type {unknown} */ (made));
}

// the target is sentence 0; one column goes straight, the other through sentence 2
const app = {
  data: /** @type {Payload} */ ({
    target: 0,
    columns: [
      column(
        [1, 0],
        [
          [
            [0, 0],
            [1, 2],
          ],
        ],
      ),
      column(
        [1, 2, 0],
        [
          [[0, 1]],
          [
            [1, 0],
            [1, 1],
          ],
        ],
      ),
    ],
  }),
};

/**
 * @param {Ref} ref
 */
function lit(ref) {
  const seeds = seedsOf(app, ref, null);
  if (!seeds) return null;
  const { columns, target } = spread(app, seeds, ref);
  return {
    columns: columns.map((rows) => rows?.map((set) => [...set].sort())),
    target: [...target].sort(),
  };
}

test("a word lights what it is linked with, in every column that has its sentence", () => {
  assert.deepEqual(lit({ column: 0, row: 0, token: 0 }), {
    columns: [
      [[0], [0]],
      [[0], [1], [0]],
    ],
    target: [0],
  });
});

test("a word of the target lights its way back through each column", () => {
  assert.deepEqual(lit({ target: true, token: 1 }), {
    columns: [
      [[], [1]],
      [[0], [1], [1]],
    ],
    target: [1],
  });
});

test("a link lights its two words, and no others of its column", () => {
  const link = { source: 1, target: 2, score: 1, label: null };
  assert.deepEqual(lit({ column: 0, hop: 0, link })?.columns[0], [[1], [2]]);
});

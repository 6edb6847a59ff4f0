// @ts-check
// What belongs together: links, counterparts, entities, in every row. Plain set work on the
// payload, without asking the server.

/** @import { HopView, Payload } from "../../js/payload" */
/** @import { Lit, Ref, Rows } from "./types" */

/**
 * @param {number} from
 * @param {number} to
 */
export const range = (from, to) => Array.from({ length: to - from }, (_, k) => from + k);

/**
 * Per column, per row, the set of tokens to begin with; a column without any is null.
 * @param {{ data: Payload }} app
 * @param {Ref} ref
 * @param {[number, number] | null} pair
 * @returns {(Rows | null)[] | null}
 */
export function seedsOf(app, ref, pair) {
  const { columns } = app.data;
  /** @type {(Rows | null)[]} */
  const seeds = columns.map(() => null);
  /** @param {number} c */
  const rowsOf = (c) => {
    const rows = seeds[c] ?? columns[c].rows.map(() => new Set());
    seeds[c] = rows;
    return rows;
  };
  const { heat, link, span, entity, column = -1, row, token } = ref;
  if (entity) {
    const c = columns.findIndex((col) => col.why.some((w) => w.id === entity));
    entityTokens(app, c, entity).forEach((set, r) => {
      rowsOf(c)[r] = set;
    });
  } else if (heat && pair) {
    rowsOf(heat.column)[heat.matrix.rows].add(pair[0]);
    rowsOf(heat.column)[heat.matrix.columns].add(pair[1]);
    return seeds;
  } else if (link && ref.hop !== undefined) {
    rowsOf(column)[ref.hop].add(link.source);
    rowsOf(column)[ref.hop + 1].add(link.target);
  }
  if (row !== undefined && token !== undefined) {
    addAll(rowsOf(column), closure(app, column, row, new Set([token])));
  } else if (row !== undefined && span && !entity) {
    for (const i of range(span.start, span.end)) rowsOf(column)[row].add(i);
  }
  if (ref.target && token !== undefined) seedTarget(app, rowsOf, [token]);
  // a gold entity is explained by what a method made of it, and stands on the target itself
  if (ref.track !== undefined && span && (!entity || span.kind === "gold")) {
    seedTarget(app, rowsOf, range(span.start, span.end));
  }
  return seeds.some(Boolean) || ref.target ? seeds : null;
}

/**
 * @param {Rows} into
 * @param {Rows} more
 */
function addAll(into, more) {
  more.forEach((set, r) => {
    for (const i of set) into[r].add(i);
  });
}

/**
 * @param {{ data: Payload }} app
 * @param {(c: number) => Rows} rowsOf
 * @param {number[]} tokens
 */
function seedTarget(app, rowsOf, tokens) {
  app.data.columns.forEach((column, c) => {
    const last = column.rows.length - 1;
    if (last < 0 || column.rows[last].sentence !== app.data.target) return;
    addAll(rowsOf(c), closure(app, c, last, new Set(tokens)));
  });
}

/**
 * Rows reached from `tokens` of row `r` going up and going down, never back.
 * @param {{ data: Payload }} app
 * @param {number} c
 * @param {number} r
 * @param {Set<number>} tokens
 * @returns {Rows}
 */
function closure(app, c, r, tokens) {
  const { rows, hops } = app.data.columns[c];
  /** @type {Rows} */
  const sets = rows.map(() => new Set());
  sets[r] = tokens;
  for (let k = r; k < hops.length; k++) step(hops[k], sets[k], sets[k + 1], false);
  for (let k = r - 1; k >= 0; k--) step(hops[k], sets[k + 1], sets[k], true);
  return sets;
}

/**
 * @param {HopView} hop
 * @param {Set<number>} from
 * @param {Set<number>} into
 * @param {boolean} backwards
 */
export function step(hop, from, into, backwards) {
  for (const link of hop.links) {
    const [a, b] = backwards ? [link.target, link.source] : [link.source, link.target];
    if (from.has(a)) into.add(b);
  }
  for (const bond of hop.bonds) {
    const [a, b] = backwards ? [bond.target, bond.source] : [bond.source, bond.target];
    if (range(...a).some((i) => from.has(i))) for (const i of range(...b)) into.add(i);
  }
}

/**
 * An entity's tokens in each row of its column: its spans at the ends, its way between.
 * @param {{ data: Payload }} app
 * @param {number} c
 * @param {string} id
 * @returns {Rows}
 */
function entityTokens(app, c, id) {
  const { rows, why } = app.data.columns[c];
  const sets = rows.map((row) => {
    const mine = row.spans.filter((s) => s.entity === id);
    return new Set(mine.flatMap((s) => range(s.start, s.end)));
  });
  const reason = why.find((w) => w.id === id);
  if (reason?.source && rows.length > 1) {
    for (const i of range(...reason.source)) sets[reason.source_row].add(i);
  }
  if (reason?.target) for (const i of range(...reason.target)) sets[rows.length - 1].add(i);
  return sets;
}

/**
 * Carry what is lit in one column over to the others, through sentences that they share.
 * @param {{ data: Payload }} app
 * @param {(Rows | null)[]} seeds
 * @param {Ref} ref
 * @returns {Lit}
 */
export function spread(app, seeds, ref) {
  const { columns, target } = app.data;
  /** @type {Map<number | null, Set<number>>} */
  const bySentence = new Map();
  seeds.forEach((sets, c) => {
    sets?.forEach((set, r) => {
      const s = columns[c].rows[r].sentence;
      bySentence.set(s, new Set([...(bySentence.get(s) ?? []), ...set]));
    });
  });
  if (ref.target && ref.token !== undefined) bySentence.set(target, new Set([ref.token]));
  const lit = {
    columns: columns.map(
      (_, c) => seeds[c]?.map((set) => new Set(set)) ?? carried(app, c, bySentence),
    ),
    target: new Set(bySentence.get(target)),
  };
  columns.forEach(({ rows }, c) => {
    if (!seeds[c] || rows.at(-1)?.sentence !== target) return;
    for (const i of lit.columns[c]?.at(-1) ?? []) lit.target.add(i);
  });
  return lit;
}

/**
 * What is lit in a column because of sentences that others have too.
 * @param {{ data: Payload }} app
 * @param {number} c
 * @param {Map<number | null, Set<number>>} bySentence
 * @returns {Rows | null}
 */
function carried(app, c, bySentence) {
  const { rows } = app.data.columns[c];
  if (!rows.length) return null;
  const last = rows.length - 1;
  const shared = bySentence.get(rows[last].sentence);
  const first = bySentence.get(rows[0].sentence);
  /** @type {Rows} */
  const sets = rows.map(() => new Set());
  if (shared?.size) addAll(sets, closure(app, c, last, new Set(shared)));
  else if (first?.size) addAll(sets, closure(app, c, 0, new Set(first)));
  if (last > 0) for (const i of first ?? []) sets[0].add(i);
  return sets;
}

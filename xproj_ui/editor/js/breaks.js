// @ts-check
// Both sentences are broken into lines together, so that links stay within a pair of lines.

/** @import { LinePair, Pair } from "./types" */

const LINE_COST = 3;

const BAND = 0.3;

/**
 * Pairs of lines [from, to, from, to] over source and target. Few pairs and few links that
 * leave their pair; no line is wider than `room` unless a single word is.
 * @param {number[]} source
 * @param {number[]} target
 * @param {{ source: number, target: number }[]} links
 * @param {number} room
 * @returns {LinePair[]}
 */
export function pairsOfLines(source, target, links, room) {
  if (!source.length || !target.length) return oneSided(source, target, room);
  const [n, m] = [source.length, target.length];
  const inside = counted(n, m, links);
  const reach = [reaches(source, room), reaches(target, room)];
  const wide = [sums(source), sums(target)];
  // long sentences: only what lies near the diagonal, else it takes seconds
  const band = Math.min(BAND, 40 / Math.max(n, m)) + 12 / Math.min(n, m);
  /**
   * @param {number} i
   * @param {number} j
   */
  const at = (i, j) => i * (m + 1) + j;
  const best = new Float64Array((n + 1) * (m + 1)).fill(Infinity);
  const from = new Int32Array(best.length);
  best[0] = 0;
  for (let i = 0; i <= n; i++) {
    for (let j = 0; j <= m; j++) {
      const so = best[at(i, j)];
      if (so === Infinity || Math.abs(i / n - j / m) > band) continue;
      for (let b = i; b <= reach[0][i]; b++) {
        const half = b === n || wide[0][b] - wide[0][i] > room * 0.45;
        for (let d = j; d <= reach[1][j]; d++) {
          if (!half && d !== m && wide[1][d] - wide[1][j] <= room * 0.45) continue;
          if (b === i && d === j) continue;
          const used = Math.max(wide[0][b] - wide[0][i], wide[1][d] - wide[1][j]) / room;
          const cost = so + LINE_COST + (1 - used) ** 2 + leaving(inside, n, m, i, b, j, d);
          if (cost < best[at(b, d)]) {
            best[at(b, d)] = cost;
            from[at(b, d)] = at(i, j);
          }
        }
      }
    }
  }
  if (best[at(n, m)] === Infinity) return sideBySide(source, target, room);
  /** @type {LinePair[]} */
  const found = [];
  for (let k = at(n, m); k > 0; k = from[k]) {
    const before = from[k];
    found.unshift([
      Math.floor(before / (m + 1)),
      Math.floor(k / (m + 1)),
      before % (m + 1),
      k % (m + 1),
    ]);
  }
  return found;
}

/** @param {number[]} widths */
function sums(widths) {
  const made = new Float64Array(widths.length + 1);
  widths.forEach((w, i) => {
    made[i + 1] = made[i] + w;
  });
  return made;
}

/**
 * How far a line that begins at a word can go.
 * @param {number[]} widths
 * @param {number} room
 */
function reaches(widths, room) {
  const until = sums(widths);
  return Array.from(until, (start, i) => {
    let end = Math.min(i + 1, widths.length);
    while (end < widths.length && until[end + 1] - start <= room) end++;
    return end;
  });
}

/**
 * links[i][j] summed from the corner, as one array.
 * @param {number} n
 * @param {number} m
 * @param {{ source: number, target: number }[]} links
 */
function counted(n, m, links) {
  const made = new Int32Array((n + 1) * (m + 1));
  for (const { source, target } of links) made[(source + 1) * (m + 1) + target + 1]++;
  for (let i = 1; i <= n; i++) {
    for (let j = 1; j <= m; j++) {
      const k = i * (m + 1) + j;
      made[k] += made[k - 1] + made[k - m - 1] - made[k - m - 2];
    }
  }
  return made;
}

/**
 * @param {Int32Array} inside
 * @param {number} n
 * @param {number} m
 * @param {number} a
 * @param {number} b
 * @param {number} c
 * @param {number} d
 */
function leaving(inside, n, m, a, b, c, d) {
  /**
   * @param {number} i
   * @param {number} k
   * @param {number} j
   * @param {number} l
   */
  const sum = (i, k, j, l) =>
    inside[k * (m + 1) + l] -
    inside[i * (m + 1) + l] -
    inside[k * (m + 1) + j] +
    inside[i * (m + 1) + j];
  return sum(a, b, 0, m) + sum(0, n, c, d) - 2 * sum(a, b, c, d);
}

/**
 * @param {number[]} source
 * @param {number[]} target
 * @param {number} room
 * @returns {LinePair[]}
 */
function oneSided(source, target, room) {
  if (source.length) return greedy(source, room).map(([a, b]) => [a, b, 0, 0]);
  return greedy(target, room).map(([a, b]) => [0, 0, a, b]);
}

/**
 * @param {number[]} source
 * @param {number[]} target
 * @param {number} room
 * @returns {LinePair[]}
 */
function sideBySide(source, target, room) {
  const [a, b] = [greedy(source, room), greedy(target, room)];
  return Array.from({ length: Math.max(a.length, b.length) }, (_, k) => [
    ...(a[k] ?? [source.length, source.length]),
    ...(b[k] ?? [target.length, target.length]),
  ]);
}

/**
 * @param {number[]} widths
 * @param {number} room
 * @returns {Pair[]}
 */
function greedy(widths, room) {
  const reach = reaches(widths, room);
  /** @type {Pair[]} */
  const lines = [];
  for (let i = 0; i < widths.length; i = reach[i]) lines.push([i, reach[i]]);
  return lines;
}

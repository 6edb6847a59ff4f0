// @ts-check
// Breaking a row of columns into lines, by width alone.

/**
 * Greedy line breaking of column widths.
 * @param {number[]} widths
 * @param {number} room
 * @returns {[number, number][]}
 */
export function broken(widths, room) {
  /** @type {[number, number][]} */
  const lines = [];
  let from = 0;
  let used = 0;
  widths.forEach((w, i) => {
    if (i > from && used + w > room) {
      lines.push([from, i]);
      from = i;
      used = 0;
    }
    used += w;
  });
  lines.push([from, widths.length]);
  return lines;
}

/**
 * A span that goes on in the next line repeats its label there: widen what is too narrow for it.
 * @param {number[]} tokens
 * @param {[number, number][]} breaks
 * @param {{ start: number, end: number, width: number }[]} labels
 */
export function widened(tokens, breaks, labels) {
  let changed = false;
  for (const [from, to] of breaks) {
    for (const label of labels) {
      const [start, end] = [Math.max(from, label.start), Math.min(to, label.end)];
      if (start >= end) continue;
      const lacking = label.width - tokens.slice(start, end).reduce((sum, w) => sum + w, 0);
      if (lacking <= 0.5) continue;
      tokens[end - 1] += lacking;
      changed = true;
    }
  }
  return changed;
}

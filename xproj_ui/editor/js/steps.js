// @ts-check
// What each command makes of a document, before the server has said so. The rules are those of
// the server's `commands`; a property test drives random commands through both.

/** @import { Arguments, ReviewLink, ReviewSpan } from "../../js/payload" */
/** @import { Pair, ReviewDocument, Side, Status, StepOp, Steps } from "./types" */

/**
 * True unless somebody rejected it: what is rejected stays, for the record.
 * @param {{ status?: Status }} thing
 */
export const live = (thing) => thing.status !== "rejected";

/** Operations of which only the server knows what comes of them: it has the log and cuts words. */
export const AWAITED = new Set(["retext", "adopt", "undo", "redo"]);

/**
 * Whether the browser can say what an operation makes of the document.
 * @param {string} op
 * @returns {op is StepOp}
 */
export const isStep = (op) => Object.hasOwn(STEPS, op);

/**
 * The document after a command; null where the server will refuse it.
 * @template {StepOp} K
 * @param {ReviewDocument} document
 * @param {K} op
 * @param {Arguments[K]} args
 * @param {string} by the person's name
 * @param {string} id of a span that the command makes
 * @returns {ReviewDocument | null}
 */
export function apply(document, op, args, by, id) {
  const after = STEPS[op](document, args, by, id);
  if (!after || op === "take_offer" || op === "keep") return after;
  // which offer follows from the change is the server's to find out
  const changed = after.spans !== document.spans || relinked(document.links, after.links);
  return document.offer && changed ? { ...after, offer: null } : after;
}

/** @type {Steps} */
const STEPS = {
  add_span(document, { side, start, end, label }, by, id) {
    if (!fits(document, side, start, end) || !knows(document, label)) return null;
    if (occupied(document, side, start, end, label)) return null;
    /** @type {ReviewSpan} */
    const span = { id, side, start, end, label, from: null, lost: null, ...person(by) };
    return { ...document, spans: [...document.spans, span] };
  },

  delete_span(document, { id }, by) {
    return spanOf(document, id) ? withoutSpans(document, [id], by) : null;
  },

  relabel(document, { id, label }, by) {
    const span = spanOf(document, id);
    return span && knows(document, label) ? respan(document, span, { ...span, label }, by) : null;
  },

  resize(document, { id, start, end }, by) {
    const span = spanOf(document, id);
    if (!span || !fits(document, span.side, start, end)) return null;
    return respan(document, span, { ...span, start, end }, by);
  },

  set_status(document, { spans = [], links = [], status }, by) {
    const chosen = spans.map((id) => spanOf(document, id));
    const pairs = links.map((pair) => linkOf(document, pair));
    if (chosen.includes(undefined) || pairs.includes(undefined)) return null;
    /** @type {<Thing extends object>(thing: Thing) => Thing} */
    const state = (thing) => ({ ...thing, status, editor: by, stale: false });
    return {
      ...document,
      spans: chosen.length ? replaced(document.spans, new Set(chosen), state) : document.spans,
      links: pairs.length ? replaced(document.links, new Set(pairs), state) : document.links,
    };
  },

  note(document, { span, link, text = "" }, by) {
    /** @type {<Thing extends object>(thing: Thing) => Thing} */
    const noted = (thing) => ({ ...thing, note: text, editor: by });
    if (link) {
      const old = linkOf(document, link);
      return old ? withLink(document, noted(old)) : null;
    }
    const old = spanOf(document, span);
    return old ? withSpan(document, noted(old)) : null;
  },

  link(document, { source, target, possible = false }, by) {
    if (!linkable(document, source, target)) return null;
    const old = linkOf(document, [source, target]);
    if (!old) return withLink(document, { source, target, possible, ...person(by) });
    if (old.possible !== possible) return withLink(document, { ...corrected(old, by), possible });
    if (live(old)) return document;
    return withLink(document, { ...old, status: "accepted", editor: by, stale: false });
  },

  unlink(document, { source, target }, by) {
    const old = linkOf(document, [source, target]);
    if (!old) return null;
    if (old.by !== "person") return withLink(document, rejected(old, by));
    return { ...document, links: document.links.filter((link) => link !== old) };
  },

  take_offer(document, _args, by) {
    const { offer } = document;
    if (!offer) return null;
    let after = document;
    for (const span of offer.spans) {
      after = withSpan(after, { ...spanOf(after, span.id), ...span, editor: by });
    }
    return { ...withoutSpans(after, offer.gone, by), offer: null };
  },

  keep(document) {
    return { ...document, offer: null };
  },

  done(document, { done = true }) {
    return { ...document, done };
  },
};

/**
 * @param {string} by
 * @returns {Pick<ReviewSpan, "origin" | "by" | "score" | "status" | "editor" | "note" | "stale">}
 */
const person = (by) => ({
  origin: by,
  by: "person",
  score: null,
  status: "accepted",
  editor: by,
  note: "",
  stale: false,
});

/**
 * @template {ReviewSpan | ReviewLink} Thing
 * @param {Thing} thing
 * @param {string} by
 * @returns {Thing}
 */
const rejected = (thing, by) => ({ ...thing, status: "rejected", editor: by, stale: false });

/**
 * A person's own thing keeps its status when it is changed.
 * @template {ReviewSpan | ReviewLink} Thing
 * @param {Thing} thing
 * @param {string} by
 * @returns {Thing}
 */
function corrected(thing, by) {
  const status = thing.by === "person" && live(thing) ? thing.status : "corrected";
  return { ...thing, status, editor: by, stale: false };
}

/**
 * @param {ReviewDocument} document
 * @param {ReviewSpan} old
 * @param {ReviewSpan} wanted
 * @param {string} by
 */
function respan(document, old, wanted, by) {
  const { side, start, end, label } = wanted;
  if (old.start === start && old.end === end && old.label === label) return document;
  if (occupied(document, side, start, end, label, old.id)) return null;
  return withSpan(document, corrected(wanted, by));
}

/**
 * Whether a live span other than `but` has this label on these words already.
 * @param {ReviewDocument} document
 * @param {Side} side
 * @param {number} start
 * @param {number} end
 * @param {string} label
 * @param {string} [but]
 */
function occupied(document, side, start, end, label, but) {
  return document.spans.some(
    (s) =>
      s.id !== but &&
      live(s) &&
      s.side === side &&
      s.start === start &&
      s.end === end &&
      s.label === label,
  );
}

/**
 * Whether there are such words.
 * @param {ReviewDocument} document
 * @param {Side} side
 * @param {number} start
 * @param {number} end
 */
function fits(document, side, start, end) {
  return 0 <= start && start < end && end <= (document[side]?.tokens.length ?? 0);
}

/**
 * Whether there are two such words.
 * @param {ReviewDocument} document
 * @param {number} source
 * @param {number} target
 */
function linkable(document, source, target) {
  return (
    fits(document, "source", source, source + 1) && fits(document, "target", target, target + 1)
  );
}

/**
 * Whether a label may be given: any word where no label is known.
 * @param {ReviewDocument} document
 * @param {string} label
 */
function knows(document, label) {
  const known = new Set([...document.labels, ...document.spans.map((s) => s.label)]);
  return label.trim() !== "" && (known.size === 0 || known.has(label));
}

/**
 * @param {ReviewDocument} document
 * @param {string | undefined} id
 */
const spanOf = (document, id) => document.spans.find((s) => s.id === id);

/**
 * @param {ReviewDocument} document
 * @param {Pair} pair
 */
const linkOf = (document, [i, j]) => document.links.find((l) => l.source === i && l.target === j);

/**
 * @template Thing
 * @param {Thing[]} things
 * @param {Set<Thing | undefined>} chosen
 * @param {(thing: Thing) => Thing} change
 */
const replaced = (things, chosen, change) =>
  things.map((thing) => (chosen.has(thing) ? change(thing) : thing));

/**
 * With a span in place of the one that has its id, or as a new one.
 * @param {ReviewDocument} document
 * @param {ReviewSpan} span
 * @returns {ReviewDocument}
 */
function withSpan(document, span) {
  const at = document.spans.findIndex((s) => s.id === span.id);
  const spans = at < 0 ? [...document.spans, span] : document.spans.with(at, span);
  return { ...document, spans };
}

/**
 * With a link in place of the one between its words, or as a new one.
 * @param {ReviewDocument} document
 * @param {ReviewLink} link
 * @returns {ReviewDocument}
 */
function withLink(document, link) {
  const at = document.links.findIndex((l) => l.source === link.source && l.target === link.target);
  const links = at < 0 ? [...document.links, link] : document.links.with(at, link);
  return { ...document, links };
}

/**
 * A person's own span goes; what a machine or a file said is kept as rejected.
 * @param {ReviewDocument} document
 * @param {string[]} ids
 * @param {string} by
 * @returns {ReviewDocument}
 */
function withoutSpans(document, ids, by) {
  if (!ids.length) return document;
  const left = document.spans
    .filter((s) => !ids.includes(s.id) || s.by !== "person")
    .map((s) => (ids.includes(s.id) ? rejected(s, by) : s));
  const known = new Set(left.map((s) => s.id));
  const spans = left.map((s) => (s.from === null || known.has(s.from) ? s : { ...s, from: null }));
  return { ...document, spans };
}

/**
 * Whether the links that count are others than before.
 * @param {ReviewLink[]} before
 * @param {ReviewLink[]} after
 */
function relinked(before, after) {
  /** @param {ReviewLink[]} links */
  const counting = (links) =>
    links
      .filter(live)
      .map((l) => `${l.source}-${l.target}-${l.possible}`)
      .sort()
      .join();
  return before !== after && counting(before) !== counting(after);
}

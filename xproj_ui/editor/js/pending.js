// What the document will be once the server has taken the commands that are on their way.

const SIDES = ["source", "target"];
const tokensOf = (app, side) => app.data[side]?.tokens ?? [];
const live = (thing) => thing.status !== "rejected";

function preview(app) {
  const view = {
    spans: app.data.spans.map((span) => ({ ...span })),
    links: app.data.links.map((link) => ({ ...link })),
    done: app.data.done,
  };
  for (const entry of app.queue) {
    if (entry.item === app.data.item) STEPS[entry.op]?.(view, entry.args, entry.id, app);
  }
  if (app.drag?.kind === "resize") {
    const span = view.spans.find((s) => s.id === app.drag.id);
    if (span) Object.assign(span, { start: app.drag.start, end: app.drag.end, pending: true });
  }
  for (const side of SIDES) lay(view.spans.filter((s) => s.side === side));
  return view;
}

const person = (app) => ({ by: "person", origin: app.data.annotator ?? "", score: null, note: "", stale: false, pending: true });
const spanOf = (view, app, id) => view.spans.find((s) => s.id === known(app, id));
const linkOf = (view, [i, j]) => view.links.find((l) => l.source === i && l.target === j);

const STEPS = {
  add_span(view, args, id, app) {
    view.spans.push({ ...args, id: `pending:${id}`, from: null, status: "accepted", ...person(app) });
  },
  delete_span(view, args, id, app) {
    const span = spanOf(view, app, args.id);
    if (span) Object.assign(span, { going: true, pending: true });
  },
  relabel(view, args, id, app) {
    const span = spanOf(view, app, args.id);
    if (span) Object.assign(span, { label: args.label, pending: true });
  },
  resize(view, args, id, app) {
    const span = spanOf(view, app, args.id);
    if (span) Object.assign(span, { start: args.start, end: args.end, pending: true });
  },
  set_status(view, args, id, app) {
    for (const one of args.spans ?? []) {
      const span = spanOf(view, app, one);
      if (span) Object.assign(span, { status: args.status, pending: true });
    }
    for (const pair of args.links ?? []) {
      const link = linkOf(view, pair);
      if (link) Object.assign(link, { status: args.status, pending: true });
    }
  },
  note(view, args, id, app) {
    const thing = args.link ? linkOf(view, args.link) : spanOf(view, app, args.span);
    if (thing) Object.assign(thing, { note: args.text, pending: true });
  },
  link(view, args, id, app) {
    const old = linkOf(view, [args.source, args.target]);
    const status = old?.by !== "person" && old?.possible !== args.possible ? "corrected" : "accepted";
    if (old) Object.assign(old, { status, possible: args.possible, pending: true });
    else view.links.push({ ...args, status: "accepted", ...person(app) });
  },
  unlink(view, args) {
    const link = linkOf(view, [args.source, args.target]);
    if (link) Object.assign(link, { going: true, pending: true });
  },
  done(view, args) {
    view.done = args.done;
  },
};

// A lane for each span such that spans of one lane never overlap; rejected ones outermost.
function lay(spans) {
  const order = [...spans].sort((a, b) => live(b) - live(a) || a.start - b.start || b.end - a.end);
  const lanes = [];
  for (const span of order) {
    let lane = lanes.findIndex((held) => held.every((o) => o.end <= span.start || span.end <= o.start));
    if (lane < 0) lane = lanes.push([]) - 1;
    lanes[lane].push(span);
    span.lane = lane;
  }
}

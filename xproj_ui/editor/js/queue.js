// Commands wait in line: one travels at a time, each with the revision that came back before it.
// Up to the colon an id names the window that the command comes from.

const PATIENCE = 6000;

// The id of a span, also of one that the server had not named yet when it was chosen.
function known(app, id) {
  return typeof id === "string" && id.startsWith("pending:") ? app.made[id.slice(8)] ?? id : id;
}

function command(app, op, args) {
  if (app.data.conflict && op !== "load" && op !== "go") return say(app, "Load the other version first.");
  if (op !== "go" && (leavingItem(app) || (app.data.read_only && op !== "load"))) return null;
  const item = leavingItem(app) ? ANY : app.data.item;
  const base = app.guess && app.data.revision;
  const entry = { id: `${app.session}:${++app.count}`, op, args, item, base };
  app.queue.push(entry);
  app.problem = null;
  app.told = null;
  if (!lookAhead(app)) draw(app);
  send(app);
  return entry.id;
}

function send(app) {
  const entry = app.queue[0];
  if (entry?.item === ANY) entry.item = app.served.item;
  if (app.flight || entry?.item !== app.served.item) return;
  const args = { ...entry.args };
  for (const name of ["id", "span"]) if (name in args) args[name] = known(app, args[name]);
  if (args.spans) args.spans = args.spans.map((id) => known(app, id));
  app.tries = 0;
  // on a guess: the revision that was seen; else commands build on each other
  const base = entry.base ?? app.served.revision;
  app.flight = { id: entry.id, item: entry.item, base_revision: base, op: entry.op, args };
  post(app);
}

// Sent again with the same id if nothing comes back: the server takes an id only once.
function post(app) {
  clearTimeout(app.timer);
  if (++app.tries > 1) drawBar(app);
  reloadIfBack(app);
  app.trigger("command", app.flight);
  app.timer = setTimeout(() => app.flight && app.root.isConnected && post(app), PATIENCE);
}

// What came back: the command in flight was taken, or it was not and those behind it fall too.
function settle(app) {
  const { ack, conflict } = app.served;
  app.unsaved = conflict ? Math.max(app.unsaved, app.queue.filter(isEdit).length) : 0;
  if (!ack || ack.id !== app.flight?.id) return;
  clearTimeout(app.timer);
  const entry = app.queue.shift();
  app.flight = null;
  if (ack.ok) {
    if (ack.made) app.made[entry.id] = ack.made;
    app.problem = null;
    app.told = ack.told || null;
    app.lastSaved = ack.at || app.lastSaved;
    return;
  }
  app.problem = ack.problem || null;
  if (app.problem && app.queue.some(isEdit)) app.problem += " What you did after it was not saved either.";
  app.queue = [];
}

// What was typed while the server was away is kept in this tab and sent when it is back.

const KEPT = "xproj-unsent";
const PATIENT = 3;

// The commands that are still on their way, for the page that comes after this one.
function keepUnsent(app) {
  const queue = app.queue.filter((entry) => entry.op !== "go" && entry.op !== "load");
  try {
    if (!queue.length) sessionStorage.removeItem(KEPT);
    else {
      const { session, count, made, data } = app;
      sessionStorage.setItem(KEPT, JSON.stringify({ session, count, made, queue, item: data.item }));
    }
  } catch { /* a browser may forbid it */ }
}

// Ids stay the same, so that what had arrived after all is not carried out twice.
function reviveUnsent(app) {
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(KEPT));
    sessionStorage.removeItem(KEPT);
  } catch { /* nothing of ours */ }
  if (!kept || kept.item !== app.data.item || !Array.isArray(kept.queue)) return;
  const { session, count, made, queue } = kept;
  Object.assign(app, { session, count, made, queue });
}

// A server that was started again does not know this page: only a reload makes it known.
async function reloadIfBack(app) {
  if (app.tries < PATIENT) return;
  const path = location.pathname.replace(/\/+$/, "");
  for (const base of [path.slice(0, path.lastIndexOf("/")), path, ""]) {
    const answer = await fetch(`${base}/_stcore/health`).catch(() => null);
    if (!answer?.ok || !app.flight) continue;
    keepUnsent(app);
    app.leaving = true;
    location.reload();
    return;
  }
}

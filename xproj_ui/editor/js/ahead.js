// The next sentence is drawn at once, from what the server sent ahead with this one. Until the
// server has opened it too it is a guess: what is done on it waits, under its own name and
// revision, and is never sent for another sentence.

const leaves = (entry) => (entry.op === "go" ? entry.args.to : entry.args.go);
const isEdit = (entry) => entry.op !== "go" && entry.op !== "load";

// A second step before the first has led anywhere is one from wherever that leads.
const ANY = "any";
const leavesShown = (app, entry) => leaves(entry) && (entry.item === app.data.item || entry.item === ANY);

// True while the sentence that is shown is being left, and the next one is not there yet.
const leavingItem = (app) => app.queue.some((entry) => leavesShown(app, entry));

// Draw what the first step away from the shown sentence leads to, if it was sent ahead.
function lookAhead(app) {
  if (app.guess) return false;
  const step = app.queue.find((entry) => leavesShown(app, entry));
  if (step) step.item = app.data.item;
  const next = step && app.data.ahead?.[leaves(step)];
  if (!next) return false;
  app.guess = { item: next.item, by: step.id };
  const place = { ...next.place, previous: true, next: true }; // not known before it is opened
  show(app, { ...app.data, ...next, place, ahead: null, ack: null, conflict: null });
  return true;
}

// The step that led to the guess has not been answered yet.
const guessing = (app) => Boolean(app.guess) && app.queue.some((entry) => entry.id === app.guess.by);

// The server has answered. What waits for another sentence than the one it opened is void.
function endGuess(app) {
  app.guess = null;
  const stays = (entry) => [app.served.item, ANY].includes(entry.item) || entry.id === app.flight?.id;
  const lost = app.queue.filter((entry) => !stays(entry));
  app.queue = app.queue.filter(stays);
  if (lost.some(isEdit)) {
    app.problem = "Another sentence than the one you saw has been opened; what you did last was not saved.";
  }
}

// The line above the sentence: where we are, what is saved, undo, redo, done, next.

function drawBar(app) {
  const { bar } = app.parts;
  const { place, read_only: fixed } = app.data;
  const focus = app.root.getRootNode().activeElement?.dataset?.act;
  bar.replaceChildren();
  bar.hidden = fixed && !place;
  if (place) bar.append(control("‹", "previous", "Previous sentence (P)", !place.previous), el("span", "eplace", place.text),
    control("›", "next", "Next sentence (N)", !place.next));
  if (fixed) return;
  bar.append(saved(app), el("span", "espring"));
  bar.append(control("↶", "undo", "Undo (Ctrl+Z)", !app.data.can_undo), control("↷", "redo", "Redo (Ctrl+Shift+Z)", !app.data.can_redo));
  if (app.data.tracks.length) {
    const shown = app.tracks ?? app.parts.score.clientWidth >= NARROW;
    const made = control("≡", "tracks", shown ? "Hide the other labels" : "Show the other labels");
    made.setAttribute("aria-pressed", String(shown));
    bar.append(made);
  }
  if (app.parts.score.clientWidth < NARROW) bar.append(control("✎", "retext", "Edit the text (T)"));
  bar.append(control("?", "help", "Keys (?)"));
  const done = button(`ebutton ${app.view.done ? "isdone" : "primary"}`, app.view.done ? "✓ Done" : "Done");
  done.dataset.act = app.view.done ? "undone" : "done";
  done.title = app.view.done ? "Open it again" : "Done, and on to the next sentence (D)";
  if (!app.view.done) done.append(el("kbd", "", "D"));
  bar.append(done);
  if (focus) bar.querySelector(`[data-act="${focus}"]`)?.focus();
}

function control(text, act, label, off) {
  const made = button("econtrol", text, label);
  made.dataset.act = act;
  made.disabled = Boolean(off);
  return made;
}

function saved(app) {
  const made = el("span", "esaved");
  if (app.data.conflict || app.problem) made.append(el("span", "bad", "Not saved"));
  else if (app.tries > 1 && app.queue.length) made.append(el("span", "bad", "No answer from the server yet, trying again …"));
  else if (app.queue.some((e) => e.op !== "go" && e.op !== "load")) made.append(el("span", "esaving", "Saving …"));
  else if (app.queue.length) made.append(el("span", "esaving", "Opening …"));
  else if (app.data.saved) made.textContent = `Saved ${app.data.saved}${app.told ? ` · ${app.told}` : ""}`;
  return made;
}

function go(app, to) {
  if (app.data.place?.[to]) command(app, "go", { to });
}

// Done and on to the next, in one go: the next sentence comes with the confirmation.
function finish(app) {
  command(app, "done", app.data.place?.next ? { done: true, go: "next" } : { done: true });
}

// Called by Streamlit with every new payload, on the same root: draws what changed.

export default function (component) {
  const root = component.parentElement.querySelector(".xp");
  const app = (root.app ??= mount(root));
  app.state = component.setStateValue;
  app.trigger = component.setTriggerValue;
  update(app, component.data);
  return () => {
    app.observer.disconnect();
    app.listening.abort();
    root.replaceChildren();
    delete root.app;
  };
}

function mount(root) {
  const app = {
    root, data: null, digest: null, view: "ribbons", selected: null, lit: null, matrix: {},
    told: { view: [], selected: [] }, heard: {}, listening: new AbortController(),
    parts: { tracks: el("section", "card tracks"), bar: el("div", "bar-top"), columns: el("div", "columns"), why: el("section", "card why") },
    watch: el("div", "watch"),
  };
  app.parts.why.setAttribute("aria-live", "polite");
  app.parts.why.hidden = true;
  root.replaceChildren(app.watch, ...Object.values(app.parts));
  const on = (type, handler) => root.addEventListener(type, handler, { signal: app.listening.signal });
  on("pointermove", (event) => hovered(app, event));
  on("pointerleave", () => dark(app));
  on("pointerover", (event) => lookAhead(app, event));
  on("focusin", (event) => (lookAhead(app, event), focused(app, event)));
  on("focusout", () => dark(app));
  on("click", (event) => clicked(app, event));
  on("keydown", (event) => onKey(app, event));
  // the watch's colour is the page's, with a transition: its start tells of a new theme
  on("transitionrun", (event) => event.target === app.watch && adoptTheme(app));
  adoptTheme(app);
  let width = 0;
  app.observer = new ResizeObserver(() => {
    if (root.clientWidth === width) return;
    width = root.clientWidth;
    arrange(app);
  });
  app.observer.observe(root);
  document.fonts?.ready.then(() => app.data && arrange(app, true));
  return app;
}

function update(app, data) {
  const fresh = data.digest !== app.digest;
  const arrived = !fresh && app.data.closed && !data.closed;
  app.data = data;
  app.digest = data.digest;
  const view = heard(app, "view", data.view);
  const selected = heard(app, "selected", data.selected);
  const turned = view !== undefined && view !== app.view;
  if (view !== undefined) app.view = view;
  if (selected !== undefined) app.selected = selected;
  if (fresh) draw(app);
  else if (turned || (arrived && app.view === "heat")) drawBodies(app);
  if (fresh || selected !== undefined) drawWhy(app);
}

// A value from Python counts unless it repeats itself or echoes what we told it.
function heard(app, key, value) {
  const told = app.told[key].indexOf(value);
  const repeated = key in app.heard && app.heard[key] === value;
  app.heard[key] = value;
  if (told >= 0) {
    app.told[key].splice(0, told + 1);
    return undefined;
  }
  return repeated ? undefined : value;
}

function tell(app, key, value) {
  app.told[key].push(value);
  app.state(key, value ?? "");
}

function draw(app) {
  const { columns } = app.data;
  dark(app);
  Object.assign(app, {
    rows: columns.map(() => []), ribbons: columns.map(() => []), boxes: columns.map(() => []),
    places: [], bodies: [], readouts: [], heatLinks: [],
  });
  if (app.selected !== null && !findWhy(app, app.selected)) app.selected = null;
  drawTracks(app);
  drawBar(app);
  app.parts.columns.dataset.n = columns.length;
  app.parts.columns.replaceChildren(...columns.map((_, c) => drawColumn(app, c)));
  arrange(app, true);
}

function drawBodies(app) {
  dark(app);
  app.readouts = [];
  drawBar(app);
  app.bodies.forEach((body, c) => body && drawBody(app, c));
  arrange(app);
  drawWhy(app);
}

function arrange(app, again) {
  if (!app.data) return;
  if (again && app.lines) app.lines.laid = null;
  layTracks(app);
  tighten(app);
  for (const write of app.places.map((read) => read?.())) write?.();
  openTabStops(app);
  markChosen(app);
}

function drawBar(app) {
  const legend = el("div", "legend");
  for (const label of Object.keys(app.data.colours)) {
    const badge = el("span", "badge", label);
    colour(app, badge, label);
    legend.append(badge);
  }
  const heat = app.view === "heat";
  legend.append(el("span", "hint", heat ? "fuller: stronger; outlined: link" : "thicker: stronger link"));
  const group = el("div", "picker");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "View");
  for (const [view, name] of [["ribbons", "Ribbons"], ["heat", "Heat map"]]) {
    const choice = button("choice", name);
    choice.dataset.view = view;
    choice.setAttribute("aria-pressed", String(app.view === view));
    group.append(choice);
  }
  const inside = app.parts.bar.contains(app.root.getRootNode().activeElement);
  app.parts.bar.hidden = !app.data.columns.some((c) => c.rows.length);
  app.parts.bar.replaceChildren(legend, group);
  if (inside) group.querySelector('[aria-pressed="true"]').focus();
}

function hovered(app, event) {
  if (event.pointerType === "touch") return;
  const ref = refOf(event);
  if (ref) light(app, ref, event);
  else dark(app);
}

function focused(app, event) {
  const node = event.target.closest("[data-group]");
  if (node && node.matches(":focus-visible")) light(app, node.xp, event);
}

function clicked(app, event) {
  const at = (selector) => event.target.closest(selector);
  const choice = at(".choice");
  if (choice?.dataset.view) return turn(app, choice.dataset.view);
  if (choice) {
    const c = Number(choice.dataset.column);
    app.matrix[app.data.columns[c].method] = Number(choice.dataset.matrix);
    drawBody(app, c);
    arrange(app);
    app.bodies[c].querySelector('[aria-pressed="true"]').focus();
    return;
  }
  if (at(".close")) return select(app, null);
  const pencil = at(".pencil");
  if (pencil) return app.trigger("edit", { slot: pencil.dataset.slot, method: pencil.dataset.method });
  const ref = refOf(event);
  if (ref?.entity) select(app, ref.entity, true);
  else if (ref) light(app, ref, event);
  else dark(app);
}

// Have the matrices sent while the hand is still on its way to the button that shows them.
function lookAhead(app, event) {
  if (app.ahead || !app.data?.closed || event.target.closest("[data-view]")?.dataset.view !== "heat") return;
  app.ahead = true;
  app.state("ahead", true);
}

function turn(app, view) {
  if (view === app.view) return;
  if (view !== "heat" && app.ahead) {
    app.ahead = false;
    app.state("ahead", false);
  }
  app.view = view;
  if (view === "heat" && app.data.closed) drawBar(app); // the matrices are on their way
  else drawBodies(app);
  app.parts.bar.querySelector('[aria-pressed="true"]').focus();
  tell(app, "view", view);
}

// Open an explanation, or close it with null; `toggle` closes the one that is open.
function select(app, id, toggle) {
  const next = toggle && id === app.selected ? null : id;
  const inside = app.parts.why.contains(app.root.getRootNode().activeElement);
  const opener = inside ? app.root.querySelector(".chosen[data-group]") : null;
  app.selected = next;
  drawWhy(app);
  focusOn(app, opener);
  if (next !== null) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    app.parts.why.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  }
  tell(app, "selected", next);
}

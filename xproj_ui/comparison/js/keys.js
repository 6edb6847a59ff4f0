// One tab stop for the tracks and one a column; arrows move, Enter explains, Escape closes.

function groupOf(app, name) {
  return [...app.root.querySelectorAll(`[data-group="${name}"]`)];
}

function openTabStops(app) {
  const names = new Set([...app.root.querySelectorAll("[data-group]")].map((n) => n.dataset.group));
  for (const name of names) {
    const group = groupOf(app, name);
    if (!group.some((node) => node.tabIndex === 0)) group[0].tabIndex = 0;
  }
}

function focusOn(app, node) {
  if (!node) return;
  for (const other of groupOf(app, node.dataset.group)) other.tabIndex = -1;
  node.tabIndex = 0;
  node.focus();
}

function onKey(app, event) {
  const node = event.target.closest("[data-group]");
  if (event.key === "Escape" && app.selected !== null) {
    select(app, null);
    event.preventDefault();
    return;
  }
  if (!node) return;
  if (event.key === "Enter" || event.key === " ") {
    if (node.xp.entity) select(app, node.xp.entity, true);
    event.preventDefault();
    return;
  }
  const next = event.key.startsWith("Arrow") ? neighbour(app, node, event.key) : null;
  if (!next) return;
  event.preventDefault();
  focusOn(app, next);
}

// The nearest element of the group in the arrow's direction, by what is on the screen; one that
// lies straight ahead comes before one to the side.
function neighbour(app, node, key) {
  const here = node.getBoundingClientRect();
  const across = key === "ArrowLeft" || key === "ArrowRight";
  const sign = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1;
  const [low, high] = across ? ["left", "right"] : ["top", "bottom"];
  const [sideLow, sideHigh] = across ? ["top", "bottom"] : ["left", "right"];
  let best = null;
  for (const other of groupOf(app, node.dataset.group)) {
    const there = other.getBoundingClientRect();
    const along = (sign * (there[low] + there[high] - here[low] - here[high])) / 2;
    if (other === node || along < 4) continue;
    const aside = Math.max(0, there[sideLow] - here[sideHigh] + 1, here[sideLow] - there[sideHigh] + 1);
    const slant = Math.abs(there[sideLow] - here[sideLow]);
    const far = along + 3 * aside + slant / 100;
    if (!best || far < best.far) best = { far, other };
  }
  return best?.other;
}

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

// The nearest element of the group in the arrow's direction, by what is on the screen.
function neighbour(app, node, key) {
  const here = centre(node);
  let best = null;
  for (const other of groupOf(app, node.dataset.group)) {
    if (other === node) continue;
    const there = centre(other);
    const [dx, dy] = [there.x - here.x, there.y - here.y];
    const [along, aside] = { ArrowRight: [dx, dy], ArrowLeft: [-dx, dy], ArrowDown: [dy, dx], ArrowUp: [-dy, dx] }[key];
    if (along < 4) continue;
    const far = along + 3 * Math.abs(aside);
    if (!best || far < best.far) best = { far, other };
  }
  return best?.other;
}

function centre(node) {
  const box = node.getBoundingClientRect();
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
}

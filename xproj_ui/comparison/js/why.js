// Why an entity is where it is, or why it is nowhere.

function findWhy(app, id) {
  for (const column of app.data.columns) {
    const why = column.why.find((w) => w.id === id);
    if (why) return { why, column };
  }
  return null;
}

function drawWhy(app) {
  const panel = app.parts.why;
  const found = app.selected === null ? null : findWhy(app, app.selected);
  panel.replaceChildren();
  panel.hidden = !found;
  markChosen(app);
  if (!found) return;
  const { why } = found;
  colour(app, panel, why.label);
  const head = el("div", "head");
  const close = button("close", "×", "Close the explanation");
  head.append(el("h3", "", why.question), el("span", "count", why.facts), close);
  panel.append(head);
  if (why.lost) {
    const text = el("p", "lostreason");
    text.append(el("b", "bad", why.reason), why.message ? ` – ${why.message}` : "");
    panel.append(text);
  }
  if (why.candidates.length) panel.append(candidateTable(why));
  panel.append(whyDetails(why));
}

function markChosen(app) {
  for (const node of app.root.querySelectorAll("[data-ref]")) {
    const chosen = app.selected !== null && node.xp.entity === app.selected;
    node.classList.toggle("chosen", chosen);
  }
}

function candidateTable(why) {
  const frame = el("div", "tableframe");
  const table = el("table");
  const parts = [...new Set(why.candidates.flatMap((c) => c.parts.map(([name]) => name)))];
  const linked = why.candidates.some((c) => c.linked);
  const names = ["candidate", ...(linked ? ["words linked"] : []), "score", ...(parts.length > 1 ? parts : []), "verdict"];
  const head = el("tr");
  for (const name of names) {
    const cell = el("th", "", name);
    cell.scope = "col";
    head.append(cell);
  }
  table.append(el("thead"), el("tbody"));
  table.tHead.append(head);
  for (const candidate of why.candidates) {
    const row = el("tr", candidate.chosen ? "chosenrow" : "");
    const text = el("td");
    text.append(el("bdi", "", candidate.text));
    row.append(text);
    if (linked) row.append(el("td", "number", candidate.linked));
    row.append(scoreCell(candidate, why.best));
    if (parts.length > 1) {
      const values = new Map(candidate.parts);
      for (const name of parts) row.append(el("td", "number", values.get(name) ?? ""));
    }
    row.append(el("td", "", candidate.verdict));
    table.tBodies[0].append(row);
  }
  frame.append(table);
  if (why.more > 0) frame.append(el("p", "note", `and ${why.more} more with lower scores`));
  return frame;
}

function scoreCell(candidate, best) {
  const cell = el("td", "number");
  const bar = el("span", "bar");
  const share = best > 0 ? Math.max(0, candidate.score / best) : 0;
  bar.style.inlineSize = `${(share * 6).toFixed(2)}em`;
  cell.append(bar, el("span", "", candidate.score_text));
  return cell;
}

function whyDetails(why) {
  const list = el("dl");
  const add = (name, ...nodes) => {
    const item = el("div");
    const value = el("dd");
    value.append(...nodes);
    item.append(el("dt", "", name), value);
    list.append(item);
  };
  if (why.rule) add("decided by", why.rule);
  if (why.links.length) {
    const links = el("ul", "links");
    for (const [source, target, score] of why.links) {
      const item = el("li");
      item.append(el("bdi", "", source), " – ", el("bdi", "", target), " ", el("b", "", score));
      links.append(item);
    }
    add("rests on", links);
  }
  if (why.steps.length) {
    const steps = el("ol", "steps");
    steps.append(...why.steps.map((step) => el("li", "", step)));
    add("step by step", steps);
  }
  return list;
}

const NARROW = 720;

function group(canvas, app, k) {
  const part = app.parts[k];
  const share = ((100 * part.count) / app.total).toFixed(1);
  const said = `${part.colours ? "Lost: " : ""}${part.name}, ${part.count} gold entities, `
    + `${share} per cent. Show their sentences.`;
  const node = svg("g", { role: "button", tabindex: "0", "aria-label": said, "data-part": k,
                          class: part.colours ? "part loss" : "part stage" });
  if (part.colours) {
    node.style.setProperty("--c", `light-dark(${part.colours[0]}, ${part.colours[1]})`);
  }
  const title = svg("title", {});
  title.textContent = `${part.name}: ${part.count.toLocaleString("en")} (${share} %)`;
  node.append(title);
  canvas.append(node);
  return node;
}

function label(app, k, x, y, wide) {
  const part = app.parts[k];
  const node = el("div", part.colours ? "label loss" : "label stage");
  node.dataset.part = k;
  node.append(el("span", "name", part.name), " ", el("b", "", part.count.toLocaleString("en")));
  Object.assign(node.style, { left: `${x}px`, top: `${y}px`, maxWidth: `${wide}px` });
  app.root.append(node);
}

function draw(app) {
  const width = Math.floor(app.root.getBoundingClientRect().width);
  if (!width) return;
  const focused = app.shadow.activeElement?.dataset?.part;
  app.root.replaceChildren();
  app.canvas = (wide, tall) => {
    const canvas = svg("svg", { width: wide, height: tall, viewBox: `0 0 ${wide} ${tall}` });
    app.root.style.height = `${tall}px`;
    app.root.append(canvas);
    return canvas;
  };
  app.group = (canvas, k) => group(canvas, app, k);
  app.label = (...place) => label(app, ...place);
  adoptTheme(app);
  (width < NARROW ? down : across)(app, width);
  if (focused !== undefined) app.root.querySelector(`g[data-part="${focused}"]`)?.focus();
}

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const root = parentElement.querySelector(".flow");
  const app = { root, shadow: parentElement, parts: data.parts, total: data.parts[0]?.count || 1 };
  const pick = (event) => {
    const part = event.target.closest?.("[data-part]");
    if (part) setTriggerValue("pick", Number(part.dataset.part));
  };
  root.onclick = pick;
  root.onkeydown = (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      pick(event);
    }
  };
  // a label lights up with its stream
  root.onpointerover = root.onpointerout = (event) => {
    const k = event.type === "pointerover" && event.target.closest?.("[data-part]")?.dataset.part;
    for (const node of root.querySelectorAll("[data-part]")) {
      node.classList.toggle("lit", node.dataset.part === k);
    }
  };
  draw(app);
  root.seen?.disconnect();
  let last = root.getBoundingClientRect().width;
  root.seen = new ResizeObserver(() => {
    const now = root.getBoundingClientRect().width;
    if (Math.abs(now - last) >= 1) {
      last = now;
      draw(app);
    }
  });
  root.seen.observe(root);
  return () => root.seen.disconnect();
}

// Written by `npm run build` from the modules in js/: do not edit.

// xproj_ui/js/dom.js
var SVG = "http://www.w3.org/2000/svg";
function el(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== void 0) node.textContent = text;
  return node;
}
function svg(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  return node;
}
function closest(event, selector) {
  return event.target instanceof Element ? event.target.closest(selector) : null;
}
var all = (root, selector) => Array.from(root.querySelectorAll(selector));
var first = (root, selector) => root.querySelector(selector);
function place(root, selector) {
  const node = first(root, selector);
  if (!node) throw new Error(`There is no ${selector} to draw in.`);
  return node;
}
function focused(root) {
  const tree = root.getRootNode();
  const node = tree instanceof ShadowRoot || tree instanceof Document ? tree.activeElement : null;
  return (
    /** @type {HTMLElement | null} */
    node
  );
}

// xproj_ui/js/theme.js
function adoptTheme(app) {
  const page = getComputedStyle(app.root).getPropertyValue("--st-background-color");
  const brush = document.createElement("canvas").getContext("2d");
  if (!brush) return;
  brush.fillStyle = page.trim() || "white";
  brush.fillRect(0, 0, 1, 1);
  const [r, g, b] = brush.getImageData(0, 0, 1, 1).data;
  app.root.style.colorScheme = 0.2126 * r + 0.7152 * g + 0.0722 * b < 128 ? "dark" : "light";
}

// xproj_ui/flow/js/paper.js
function canvas(app, wide, tall) {
  const node = svg("svg", { width: wide, height: tall, viewBox: `0 0 ${wide} ${tall}` });
  app.root.style.height = `${tall}px`;
  app.root.append(node);
  return node;
}
function group(app, canvas2, k) {
  const part = app.parts[k];
  const share = (100 * part.count / app.total).toFixed(1);
  const said = `${part.colours ? "Lost: " : ""}${part.name}, ${part.count} gold entities, ${share} per cent. Show their sentences.`;
  const node = svg("g", {
    role: "button",
    tabindex: "0",
    "aria-label": said,
    "data-part": k,
    class: part.colours ? "part loss" : "part stage"
  });
  if (part.colours) {
    node.style.setProperty("--c", `light-dark(${part.colours[0]}, ${part.colours[1]})`);
  }
  const title = svg("title", {});
  title.textContent = `${part.name}: ${part.count.toLocaleString("en")} (${share} %)`;
  node.append(title);
  canvas2.append(node);
  return node;
}
function label(app, k, x, y, wide) {
  const part = app.parts[k];
  const node = el("div", part.colours ? "label loss" : "label stage");
  node.dataset.part = String(k);
  node.append(el("span", "name", part.name), " ", el("b", "", part.count.toLocaleString("en")));
  Object.assign(node.style, { left: `${x}px`, top: `${y}px`, maxWidth: `${wide}px` });
  app.root.append(node);
}

// xproj_ui/flow/js/across.js
var BAR = 12;
var SLOT = 40;
var TALL = 260;
function across(app, width) {
  const { parts, total } = app;
  const columns = Math.max(...parts.map((p) => p.column)) + 1;
  const step = (width - BAR - 96) / Math.max(1, columns - 1);
  const unit = TALL / total;
  const places = [];
  const low = new Array(columns).fill(0);
  parts.forEach((part, k) => {
    const y = low[part.column];
    const tall = Math.max(1.5, part.count * unit);
    places[k] = { x: step * part.column, y, tall };
    low[part.column] = y + Math.max(tall + 12, part.colours ? SLOT : tall + 20);
  });
  const paper = canvas(app, width, Math.max(...low) + 8);
  const leaves = new Array(columns).fill(0);
  const go = (k, from) => {
    const part = parts[k];
    const start = places[parts.findIndex((p) => !p.colours && p.column === from)];
    const end = places[k];
    const y = start.y + leaves[from];
    const thick = part.count * unit;
    leaves[from] += thick;
    return ribbon(start.x + BAR, y, end.x, end.y, Math.max(1, thick));
  };
  const ways = parts.map((part, k) => part.column ? go(k, part.column - 1) : null);
  parts.forEach((part, k) => {
    const { x, y, tall } = places[k];
    const shape = group(app, paper, k);
    if (ways[k]) shape.append(svg("path", { d: ways[k], class: "way" }));
    shape.append(svg("rect", { x, y, width: BAR, height: tall, class: "bar" }));
    const end = part.column === columns - 1;
    label(
      app,
      k,
      x + BAR + 6,
      part.colours ? y + tall / 2 : y + Math.min(tall / 2, 24),
      end ? 92 : step - BAR - 14
    );
  });
}
function ribbon(x1, y1, x2, y2, thick) {
  const middle = (x1 + x2) / 2;
  return `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}v${thick}C${middle} ${y2 + thick} ${middle} ${y1 + thick} ${x1} ${y1 + thick}Z`;
}

// xproj_ui/flow/js/down.js
var WIDE = 96;
var STAGE = 34;
var LOSS = 34;
function down(app, width) {
  const { parts, total } = app;
  const unit = WIDE / total;
  const columns = Math.max(...parts.map((p) => p.column)) + 1;
  const rows = [];
  let y = 0;
  for (let column = 0; column < columns; column++) {
    parts.forEach((part, k) => {
      if (part.column === column && part.colours) {
        y += LOSS;
        rows.push({ k, y: y - LOSS / 2 });
      }
    });
    parts.forEach((part, k) => {
      if (part.column === column && !part.colours) {
        y += STAGE;
        rows.push({ k, y: y - STAGE / 2 });
      }
    });
  }
  const paper = canvas(app, width, y + 8);
  let right = 0;
  let top = 0;
  for (const row of rows) {
    const part = parts[row.k];
    const shape = group(app, paper, row.k);
    const thick = Math.max(1.5, part.count * unit);
    if (part.colours) {
      const bend = 26;
      const from = right - part.count * unit;
      shape.append(
        svg("path", {
          class: "way",
          d: `M${from} ${top}C${from} ${row.y} ${from + bend} ${row.y} ${WIDE + bend} ${row.y - thick / 2}v${thick}C${from} ${row.y + thick} ${from} ${row.y} ${from} ${top}Z`
        })
      );
      paper.prepend(
        svg("rect", { x: 0, y: top, width: right, height: row.y - top, class: "stem" })
      );
      top = row.y;
      right = Math.max(0, from);
      shape.append(
        svg("rect", {
          x: WIDE + bend,
          y: row.y - Math.max(3, thick / 2),
          width: 6,
          height: Math.max(6, thick),
          class: "bar"
        })
      );
      label(app, row.k, WIDE + bend + 14, row.y, width - WIDE - bend - 16);
    } else {
      paper.prepend(
        svg("rect", { x: 0, y: top, width: right || thick, height: row.y - top, class: "stem" })
      );
      right = part.count * unit;
      top = row.y;
      shape.append(
        svg("rect", { x: 0, y: row.y - 4, width: Math.max(2, thick), height: 8, class: "bar" })
      );
      label(app, row.k, WIDE + 14, row.y, width - WIDE - 16);
    }
  }
}

// xproj_ui/flow/js/main.js
var NARROW = 720;
var observers = /* @__PURE__ */ new WeakMap();
function draw(app) {
  const width = Math.floor(app.root.getBoundingClientRect().width);
  if (!width) return;
  const part = focused(app.root)?.dataset.part;
  app.root.replaceChildren();
  adoptTheme(app);
  (width < NARROW ? down : across)(app, width);
  if (part !== void 0) all(app.root, `g[data-part="${part}"]`)[0]?.focus();
}
function main_default(component) {
  const { parentElement, data, setTriggerValue } = component;
  const root = place(parentElement, ".flow");
  const app = { root, parts: data.parts, total: data.parts[0]?.count || 1 };
  const pick = (event) => {
    const part = closest(event, "[data-part]");
    if (part) setTriggerValue("pick", Number(part.dataset.part));
  };
  root.onclick = pick;
  root.onkeydown = (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      pick(event);
    }
  };
  const light = (event) => {
    const k = event.type === "pointerover" ? closest(event, "[data-part]")?.dataset.part : void 0;
    for (const node of all(root, "[data-part]")) {
      node.classList.toggle("lit", node.dataset.part === k);
    }
  };
  root.onpointerover = light;
  root.onpointerout = light;
  draw(app);
  observers.get(root)?.disconnect();
  let last = root.getBoundingClientRect().width;
  const observer = new ResizeObserver(() => {
    const now = root.getBoundingClientRect().width;
    if (Math.abs(now - last) >= 1) {
      last = now;
      draw(app);
    }
  });
  observer.observe(root);
  observers.set(root, observer);
  return () => observer.disconnect();
}
export {
  main_default as default
};

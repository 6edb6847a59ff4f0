// Small helpers. Data reaches the page through textContent and attributes only.

const SVG = "http://www.w3.org/2000/svg";

function el(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function svg(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

function button(className, text, label) {
  const node = el("button", className, text);
  node.type = "button";
  if (label) {
    node.title = label;
    node.setAttribute("aria-label", label);
  }
  return node;
}

// What an element stands for, for hovering, clicking and the keyboard.
function mark(node, ref) {
  node.xp = ref;
  node.dataset.ref = "";
  return node;
}

function refOf(event) {
  const node = event.target.closest?.("[data-ref]");
  return node ? node.xp : null;
}

function colour(app, node, label) {
  const [light, dark] = app.data.colours[label];
  node.style.setProperty("--c", `light-dark(${light}, ${dark})`);
}

function decimal(value) {
  return value.toFixed(2).replace(/\.00$/, "").replace(/^0\./, ".");
}

function sentenceOf(app, row) {
  return app.data.sentences[row.sentence];
}

// @ts-check
// The keys, over everything else.

import { button, el } from "../../js/dom.js";
import { refocus } from "./focus.js";

/** @import { App } from "./types" */

/** @param {App} app */
export function openHelp(app) {
  const box = app.parts.help;
  box.replaceChildren();
  const head = el("div", "head");
  const close = button("close", "×", "Close");
  close.onclick = () => box.close();
  head.append(el("h3", "", "Keys"), close);
  const list = el("dl", "ekeys");
  for (const [keys, what] of app.data.keys) {
    const names = el("dt");
    keys.split(" ").forEach((key) => names.append(el("kbd", "", key)));
    list.append(names, el("dd", "", what));
  }
  box.append(head, list);
  box.onkeydown = (event) => {
    if (event.key === "?") box.close();
    event.stopPropagation();
  };
  box.onclick = (event) => event.target === box && box.close();
  box.onclose = () => refocus(app);
  box.showModal();
}

// @ts-check

/** @import { Component } from "../js/streamlit" */

/**
 * Clipboard access needs a secure page; over plain http on a network a selection still works.
 * @param {string} text
 */
async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const box = document.createElement("textarea");
  box.value = text;
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  if (!done) throw new Error("copying was refused");
}

/** @param {Component<{ too_long: boolean }>} component */
export default function (component) {
  const { parentElement, data } = component;
  const button = /** @type {HTMLButtonElement} */ (parentElement.querySelector("button"));
  const rest = data.too_long ? "Too long for a link" : "Copy link";
  button.disabled = data.too_long;
  button.title = data.too_long
    ? "No link can hold a text this long. Download it instead."
    : "Copy a link to exactly this view";
  if (!button.dataset.busy) button.textContent = rest;
  button.onclick = async () => {
    button.dataset.busy = "1";
    try {
      await copy(location.href);
      button.textContent = "Link copied";
    } catch {
      button.textContent = "Copy the address bar instead";
    }
    setTimeout(() => {
      delete button.dataset.busy;
      button.textContent = rest;
    }, 2000);
  };
}

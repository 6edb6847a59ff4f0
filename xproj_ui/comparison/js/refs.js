// @ts-check
// Elements of the drawing, with what they stand for.

import { all, closest, refOf } from "../../js/dom.js";

/** @import { Marked, Ref } from "./types" */

/**
 * What the element under an event stands for.
 * @param {Event} event
 * @returns {Ref | null}
 */
export const refAt = (event) => /** @type {Ref | null} */ (refOf(event));

/**
 * The element under an event, if keys can move to it.
 * @param {Event} event
 * @returns {Marked | null}
 */
export const stopAt = (event) => /** @type {Marked | null} */ (closest(event, "[data-group]"));

/**
 * The elements below a node that stand for something.
 * @param {ParentNode} root
 * @param {string} [selector]
 * @returns {Marked[]}
 */
export const marked = (root, selector = "[data-ref]") =>
  /** @type {Marked[]} */ (all(root, selector));

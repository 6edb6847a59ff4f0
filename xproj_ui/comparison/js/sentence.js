// @ts-check

/** @import { RowView } from "../../js/payload" */
/** @import { App } from "./types" */

/**
 * @param {App} app
 * @param {RowView} row
 */
export function sentenceOf(app, row) {
  return app.data.sentences[row.sentence];
}

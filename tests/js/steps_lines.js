// @ts-check
// The browser's steps for tests in another language: a JSON line {document, commands, by} comes
// in, a line with what each command makes of the document goes out, null where it is refused.

import { createInterface } from "node:readline";
import { AWAITED, apply, isStep } from "../../xproj_ui/editor/js/steps.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { document, commands, by } = JSON.parse(line);
  const made = [];
  let now = document;
  for (const { op, args } of commands) {
    if (!isStep(op) && !AWAITED.has(op)) throw new Error(`No step for ${op}.`);
    const after = isStep(op) ? apply(now, op, args, by, args.id) : now;
    made.push(after);
    now = after ?? now;
  }
  console.log(JSON.stringify(made));
}

// @ts-check
// Bundles the source modules of each component into the one file that Streamlit is given.
// `--check` writes nothing and fails where a committed bundle is not what the sources give.

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const COMPONENTS = ["comparison", "editor", "flow"];
const HEAD = "// Written by `npm run build` from the modules in js/: do not edit.";

const made = await build({
  absWorkingDir: ROOT,
  entryPoints: COMPONENTS.map((name) => ({
    in: `xproj_ui/${name}/js/main.js`,
    out: `xproj_ui/${name}/bundle`,
  })),
  outdir: ROOT,
  banner: { js: HEAD },
  bundle: true,
  charset: "utf8",
  format: "esm",
  legalComments: "none",
  target: "es2023",
  treeShaking: true,
  write: false,
});

let stale = 0;
for (const { path, text } of made.outputFiles) {
  if (!process.argv.includes("--check")) writeFileSync(path, text);
  else if (committed(path) !== text) {
    console.error(`${path.slice(ROOT.length)} is not what its sources give: npm run build`);
    stale = 1;
  }
}
process.exitCode = stale;

/** @param {string} path */
function committed(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

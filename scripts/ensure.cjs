// Installs the dependencies once per lock file. Plain CommonJS that any Node >= 14 runs: it is what `npm start`
// and `npm test` call first on a fresh clone, before anything else of the project can run.
"use strict";
const { createHash } = require("crypto");
const fs = require("fs");
const path = require("path");
const { spawnSync } = require("child_process");

const root = path.join(__dirname, "..");
const stamp = path.join(root, "node_modules", ".gwl-lock");
const lock = fs.readFileSync(path.join(root, "package-lock.json"));
const wanted = createHash("sha256").update(lock).digest("hex");

function installed() {
  try {
    return fs.readFileSync(stamp, "utf8");
  } catch {
    return "";
  }
}

/** npm passes its own settings to scripts as variables; an inner npm must not take them for flags of its own. */
function cleanEnvironment() {
  const env = Object.assign({}, process.env);
  for (const key of Object.keys(env)) {
    if (/^npm_(config_(?!registry|cache|userconfig|globalconfig)|lifecycle|package)/i.test(key)) delete env[key];
  }
  return env;
}

if (installed() !== wanted) {
  console.error("gwl: installing dependencies (once)…");
  const result = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    env: cleanEnvironment(),
    shell: process.platform === "win32",
  });
  if (result.status !== 0) process.exit(result.status || 1);
  fs.writeFileSync(stamp, wanted);
}

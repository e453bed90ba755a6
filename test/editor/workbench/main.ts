/**
 * The editor for real: `npm run test:editor`. Installs what it needs, packs the extension, runs it in VS Code in Chromium without a screen, as a
 * person and from inside its extension host, and then in Neovim. Promises: closes with `N passed, N failed, N skipped`; screenshots and logs are in
 * `out/editor/run`; whatever it starts ends with it.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../laws/source-files.ts";
import { type Browser, openBrowser } from "./browser.ts";
import { browserBuildChecks } from "./browser-build.ts";
import { type CodeServer, startCodeServer } from "./code-server.ts";
import { install } from "./install.ts";
import { neovimShowsTheSame } from "./neovim.ts";
import { panelChecks } from "./panel.ts";
import { personChecks } from "./person.ts";
import { insideChecks } from "./inside.ts";
import { type Verdicts, verdicts } from "./verdicts.ts";
import { workbench } from "./workbench.ts";

const OUT = join(ROOT, "out/editor/run");
const WORKSPACE = join(import.meta.dirname, "workspace");

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const began = performance.now();
const say = (what: string): void => console.log(`${((performance.now() - began) / 1000).toFixed(1)} s  ${what}`);

let server: CodeServer | undefined;
let browser: Browser | undefined;
const results: Verdicts = verdicts(async (name) => {
  await browser?.page.screenshot({ path: join(OUT, `failed: ${name.replace(/[^a-z0-9]+/gi, "-")}.png`) }).catch(() => undefined);
});

try {
  const entry = await install();
  say("installed");
  execFileSync(process.execPath, [join(ROOT, "scripts/vsix.ts")], { stdio: "inherit" });
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
  say("packed");
  const setup = { entry, vsix: join(ROOT, `out/editor/gwl-${version}.vsix`), workspace: WORKSPACE, out: OUT };
  [server, browser] = await Promise.all([startCodeServer({ ...setup, build: "node" }), openBrowser(OUT)]);
  say("VS Code and Chromium are up");
  const bench = workbench(browser.page, server, OUT);
  await personChecks(bench, results);
  say("looked at as a person");
  await panelChecks(bench, results);
  say("looked at the panel");
  await insideChecks(bench, results);
  say("asked inside the extension host");
  server.stop();
  server = undefined;
  await browserBuildChecks(setup, browser, results);
  say("looked at the build for browsers");
  await results.check("Neovim shows what `gwl check` says", () => neovimShowsTheSame(join(WORKSPACE, "broken"), "broken.gwl"));
} catch (fault) {
  results.take("the run", fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
} finally {
  await browser?.close();
  server?.stop();
}
say("done");
process.exitCode = results.close() > 0 ? 1 : 0;

/** The extension as on vscode.dev: without Node, client and server in one thread of the browser, files by VS Code's file systems. */
import { type CodeServerSetup, startCodeServer } from "./code-server.ts";
import type { Browser } from "./browser.ts";
import { hoverMistake, pickCompletion, renameAcrossFiles } from "./gestures.ts";
import type { Verdicts } from "./verdicts.ts";
import { workbench } from "./workbench.ts";

export async function browserBuildChecks(setup: Omit<CodeServerSetup, "build">, { page }: Browser, { check }: Verdicts): Promise<void> {
  const server = await startCodeServer({ ...setup, build: "browser" });
  const bench = workbench(page, server, setup.out, "browser");
  const { load, open, until, shot } = bench;
  try {
    await check("in a browser: mistakes have squiggles", async () => {
      await load();
      await open("broken.gwl");
      await until("three squiggles", async () => ((await page.locator(".squiggly-error").count()) === 3 ? true : undefined), 60_000);
      await shot("mistakes");
    });
    await check("in a browser: hovering a mistake tells the repair", () => hoverMistake(bench));
    await check("in a browser: a program of two files is read, and its routes have lenses", async () => {
      await open("gateway.gwl", 30);
      await until("the lenses", async () => {
        const texts = (await page.locator(".codelens-decoration").allInnerTexts()).join(" ");
        return /3 rules, 1 identity/.test(texts) ? true : undefined;
      });
    });
    await check("in a browser: a completion is picked", () => pickCompletion(bench));
    await check("in a browser: a name is renamed across files", () => renameAcrossFiles(bench));
  } finally {
    server.stop();
  }
}

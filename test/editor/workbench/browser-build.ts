/** The extension as on vscode.dev: without Node, client and server in one thread of the browser, files by VS Code's file systems. */
import { type CodeServerSetup, startCodeServer } from "./code-server.ts";
import type { Browser } from "./browser.ts";
import type { Verdicts } from "./verdicts.ts";
import { workbench } from "./workbench.ts";

export async function browserBuildChecks(setup: Omit<CodeServerSetup, "build">, { page }: Browser, { check }: Verdicts): Promise<void> {
  const server = await startCodeServer({ ...setup, build: "browser" });
  const { load, open, until, shot } = workbench(page, server, setup.out);
  try {
    await check("in a browser: mistakes have squiggles", async () => {
      await load();
      await open("broken.gwl");
      await until("three squiggles", async () => ((await page.locator(".squiggly-error").count()) === 3 ? true : undefined), 60_000);
      await shot("browser");
    });
    await check("in a browser: a program of two files is read, and its routes have lenses", async () => {
      await open("gateway.gwl", 30);
      await until("the lenses", async () => {
        const texts = (await page.locator(".codelens-decoration").allInnerTexts()).join(" ");
        return /3 rules, 1 identity/.test(texts) ? true : undefined;
      });
    });
  } finally {
    server.stop();
  }
}

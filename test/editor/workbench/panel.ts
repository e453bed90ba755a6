/// <reference lib="dom" />
/** The side panel: what it draws, the keyboard, the request form, accessibility in every kind of theme. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Frame } from "playwright-core";
import type { Verdicts } from "./verdicts.ts";
import type { Workbench } from "./workbench.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const THEMES = [
  { name: "light", theme: "Light Modern" },
  { name: "dark", theme: "Dark Modern" },
  { name: "high contrast", theme: "Dark High Contrast" },
  { name: "high contrast light", theme: "Light High Contrast" },
] as const;

export async function panelChecks(bench: Workbench, { check }: Verdicts): Promise<void> {
  const { page, open, command, until, shot, panel } = bench;
  let frame: Frame | undefined;
  const routes = async (): Promise<readonly string[]> =>
    (await frame?.locator("[role=treeitem]").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label") ?? ""))) ?? [];

  await check("the panel draws the routes, and who may call each", async () => {
    await open("gateway.gwl", 30, 4);
    await command("GWL: Try a Request", "gwl.tryRequest");
    frame = await panel();
    const labels = await until("the tree", async () => ((await routes()).length >= 6 ? routes() : undefined));
    ok(
      labels.some((label) => /^GET \/notes\/\{id: Uuid\} .*User/.test(label)),
      labels.join("\n"),
    );
    ok(
      labels.some((label) => label.startsWith("GET /status public")),
      labels.join("\n"),
    );
  });

  await check("it shows the decisions of the route under the cursor, with their lines", async () => {
    const table = frame?.locator("svg[role=table]");
    await until("the table of the DELETE route", async () =>
      (await table?.getAttribute("aria-label"))?.includes("DELETE /notes") ? true : undefined,
    );
    const text = (await table?.textContent()) ?? "";
    match(text, /gateway\.gwl:\d+/);
    await shot("panel");
  });

  await check("it is used with the keyboard: arrows move, Enter leads to the line", async () => {
    const reached = frame?.locator("[role=treeitem][tabindex='0']");
    await reached?.focus();
    await page.keyboard.press("Home");
    equal(await frame?.evaluate(() => document.activeElement?.getAttribute("aria-level")), "1");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowLeft");
    equal(await frame?.evaluate(() => document.activeElement?.getAttribute("aria-expanded")), "false");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await until("the last route's line", async () =>
      (await page.locator(".line-numbers.active-line-number").first().innerText()) === "37" ? true : undefined,
    );
  });

  await check("a request is tried, and its phases shown", async () => {
    await frame?.locator("[name=method]").selectOption("DELETE");
    await frame?.locator("[name=target]").fill("/notes/3f2504e0-4f89-41d3-9a0c-0305e82c3301");
    await frame?.locator("[name=from]").fill("192.0.2.1");
    await frame?.locator("[name=identity]").selectOption("User");
    match((await frame?.locator("[name=claims]").inputValue()) ?? "", /"admin": true/);
    await frame?.locator("button[type=submit]").click();
    await until("the verdict", async () =>
      (await frame?.locator("#verdict").innerText())?.includes("refused with 403") ? true : undefined,
    );
    ok(((await frame?.locator("#phases [role=listitem]").count()) ?? 0) >= 3);
    await frame?.locator("#phases").scrollIntoViewIfNeeded();
    await shot("request");
    await frame?.locator("[name=from]").fill("203.0.113.5");
    await frame?.locator("button[type=submit]").click();
    await until("the other verdict", async () =>
      (await frame?.locator("#verdict").innerText())?.includes("allowed, goes to notes") ? true : undefined,
    );
  });

  await check("a mistake in the form is said at its field", async () => {
    await frame?.locator("[name=claims]").fill("{");
    await frame?.locator("button[type=submit]").click();
    equal(await frame?.locator("[name=claims]").getAttribute("aria-invalid"), "true");
    match((await frame?.locator("#mistake").innerText()) ?? "", /not JSON/);
    await frame?.locator("[name=claims]").fill('{ "sub": "u1", "admin": true }');
    await frame?.locator("button[type=submit]").click();
  });

  for (const { name, theme } of THEMES) {
    await check(`axe finds nothing in the panel: ${name}`, async () => {
      await setTheme(bench, theme);
      const kind = name.startsWith("high contrast")
        ? name.endsWith("light")
          ? "vscode-high-contrast-light"
          : "vscode-high-contrast"
        : `vscode-${name}`;
      await until(`the ${name} theme`, async () =>
        (await frame?.evaluate(() => document.body.className.split(" ")))?.includes(kind) ? true : undefined,
      );
      await frame?.evaluate(() => window.scrollTo(0, 0));
      await page.waitForTimeout(200);
      await shot(`panel ${name}`);
      deepEqual(await axe(frame), []);
    });
  }
}

/** By its name, from the list of themes. */
async function setTheme({ page, command }: Workbench, theme: string): Promise<void> {
  await command("Preferences: Color Theme", "workbench.action.selectTheme");
  const input = page.locator(".quick-input-widget input.input");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "Dark Modern" }).first().waitFor({ timeout: 30_000 });
  await input.fill(theme);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: theme }).first().click({ timeout: 30_000 });
}

/** One line a violation. */
async function axe(frame: Frame | undefined): Promise<readonly string[]> {
  if (frame === undefined) throw new Error("there is no panel");
  await frame.evaluate(AXE);
  const { violations, passes } = await frame.evaluate(async () => {
    type Result = { id: string; help: string; nodes: readonly { html: string; failureSummary?: string }[] };
    const { axe: tool } = globalThis as unknown as { axe: { run: () => Promise<{ violations: Result[]; passes: Result[] }> } };
    const found = await tool.run();
    return {
      violations: found.violations.map(
        ({ id, help, nodes }) =>
          `${id}: ${help}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`).join("\n  ")}`,
      ),
      passes: found.passes.length,
    };
  });
  ok(passes > 10, `axe looked at ${passes} rules only`);
  return violations;
}

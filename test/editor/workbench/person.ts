/** What a person does with the editor, and sees. */
import { equal, match, ok } from "node:assert/strict";
import { hoverMistake, pickCompletion, renameAcrossFiles } from "./gestures.ts";
import type { Verdicts } from "./verdicts.ts";
import { visibleText, type Workbench } from "./workbench.ts";

export async function personChecks(bench: Workbench, { check }: Verdicts): Promise<void> {
  const { page, load, open, command, until, shot } = bench;
  await load();

  await check("mistakes have squiggles", async () => {
    await open("broken.gwl");
    await until("three squiggles", async () => ((await page.locator(".squiggly-error").count()) === 3 ? true : undefined), 30_000);
  });

  await check("Problems lists them with code, place and help", async () => {
    await page.keyboard.press("Control+Shift+M");
    const rows = page.locator(".markers-panel-container .monaco-tl-row");
    const texts = await until("the rows", async () => {
      const found = (await rows.allInnerTexts()).map((text) => text.replaceAll("\n", " "));
      return found.some((text) => text.includes("GWL3104")) ? found : undefined;
    });
    const [unknown] = texts.filter((text) => text.includes("noets"));
    match(unknown ?? "", /there is no backend `noets` here.*GWL2061.*Ln 8, Col 14/);
    await shot("problems");
    await page.keyboard.press("Control+Shift+M");
  });

  await check("hovering a mistake tells the repair, and leads to the code's page", async () => {
    await hoverMistake(bench);
    const hover = page.locator(".monaco-hover", { hasText: "did you mean" });
    await hover.locator("a", { hasText: "GWL2061" }).click();
    await page.locator(".tab.active", { hasText: "GWL2061" }).waitFor({ timeout: 30_000 });
    await page.keyboard.press("Control+F4");
  });

  await check("the text has colours before and after the server's", async () => {
    await open("gateway.gwl", 31);
    const classes = await until("colours", async () => {
      const spans = bench.editor().locator(".view-line span span");
      const names = await spans.evaluateAll((all) => [
        ...new Set(all.flatMap((one) => [...one.classList]).filter((name) => name.startsWith("mtk"))),
      ]);
      return names.length >= 5 ? names : undefined;
    });
    ok(classes.length >= 5);
  });

  await check("code lenses stand above tests and routes", async () => {
    await until("the lenses", async () => {
      const texts = (await page.locator(".codelens-decoration").allInnerTexts()).join(" ");
      return /run/i.test(texts) && /explain/.test(texts) ? true : undefined;
    });
    await shot("editor");
  });

  await check("a completion is picked", () => pickCompletion(bench));
  await check("a name is renamed across files", () => renameAcrossFiles(bench));

  await check("a file is formatted", async () => {
    await open("untidy.gwl");
    await page.keyboard.press("Control+Shift+I");
    await until("the form of `gwl fmt`", async () =>
      (await visibleText(bench)).includes("network home {\n  203.0.113.9/32\n  10.0.0.0/8\n}") ? true : undefined,
    );
    await command("File: Save", "workbench.action.files.save");
  });

  await check("the Testing view runs the tests, with results in the gutter and a diff of the failure", async () => {
    await open("gateway.gwl", 40);
    await command("View: Show Testing", "workbench.view.extension.test");
    await page.locator(".test-explorer .monaco-list-row", { hasText: "gateway.gwl" }).first().waitFor({ timeout: 30_000 });
    await command("Test: Run All Tests", "testing.runAll");
    await until("the gutter's signs", async () => {
      const passed = await page.locator(".glyph-margin-widgets .codicon-testing-passed-icon, .cgmr.codicon-testing-passed-icon").count();
      const failed = await page.locator(".glyph-margin-widgets .codicon-testing-failed-icon, .cgmr.codicon-testing-failed-icon").count();
      return passed >= 1 && failed >= 1 ? true : undefined;
    });
    await command("Test: Peek Output", "testing.openOutputPeek");
    await page.locator(".test-output-peek-message-container, .test-output-peek").first().waitFor({ timeout: 30_000 });
    await page.waitForTimeout(500);
    await shot("testing");
    const text = await page.locator(".test-output-peek, .zone-widget").first().innerText();
    ok(/expected/i.test(text), text);
    await page.keyboard.press("Escape");
  });

  await check("an action mends what a finding is about", async () => {
    await open("broken.gwl", 10, 47);
    await page.keyboard.press("Control+.");
    await page.locator(".action-widget .monaco-list-row", { hasText: "203.0.113.0/24" }).first().waitFor({ timeout: 30_000 });
    await shot("action");
    await page.keyboard.press("Enter");
    await until("the mended text", async () => ((await visibleText(bench)).includes("in 203.0.113.0/24") ? true : undefined));
    equal((await visibleText(bench)).includes("203.0.113.7/24"), false);
    await command("File: Revert File", "workbench.action.files.revert");
  });
}

/** What a person does in VS Code on Node and in the build for browsers alike. Promises: each leaves the workspace in the state that it says. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Workbench } from "./workbench.ts";
import { visibleText } from "./workbench.ts";

/** `broken.gwl` is open. */
export async function hoverMistake({ page, shot }: Workbench): Promise<void> {
  const box = await page.locator(".squiggly-error").first().boundingBox();
  await page.mouse.move((box?.x ?? 0) + 10, (box?.y ?? 0) + 9, { steps: 4 });
  await page.locator(".monaco-hover", { hasText: "did you mean" }).waitFor({ timeout: 30_000 });
  await shot("hover");
}

/** The text is as it was afterwards. */
export async function pickCompletion(bench: Workbench): Promise<void> {
  const { page, open, command, until, shot } = bench;
  await open("gateway.gwl", 32, 31);
  await page.keyboard.press("End");
  await page.keyboard.type(" and principal.");
  await page.locator(".suggest-widget.visible .monaco-list-row", { hasText: "tenant" }).waitFor({ timeout: 30_000 });
  await page.keyboard.type("ten");
  await shot("completion");
  await page.keyboard.press("Tab");
  await until("the chosen name", async () =>
    (await visibleText(bench)).includes("principal.admin and principal.tenant") ? true : undefined,
  );
  await command("File: Revert File", "workbench.action.files.revert");
  await until("the text as it was", async () => ((await visibleText(bench)).includes("and principal") ? undefined : true));
}

/** `office` is `house` afterwards, in both files on the disk. */
export async function renameAcrossFiles(bench: Workbench): Promise<void> {
  const { page, open, command, until, shot, server } = bench;
  await open("networks.gwl", 3, 10);
  const box = page.locator(".rename-box input");
  await until("the box for the new name", async () => {
    await page.keyboard.press("F2");
    return box.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => undefined,
    );
  });
  await box.fill("house");
  await page.keyboard.press("Enter");
  await until("the new name", async () => ((await visibleText(bench)).includes("network house") ? true : undefined));
  await open("gateway.gwl", 20);
  await until("the new name in the other file", async () =>
    (await visibleText(bench)).includes("net: Network = house") ? true : undefined,
  );
  await shot("rename");
  await command("File: Save All Files", "workbench.action.files.saveFiles");
  await until("both files on disk", async () => {
    const [networks, gateway] = ["networks.gwl", "gateway.gwl"].map((file) => readFileSync(join(server.workspace, file), "utf8"));
    return networks?.includes("network house") && gateway?.includes("import { house }") && !gateway.includes("office }") ? true : undefined;
  });
}

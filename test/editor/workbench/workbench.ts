/** VS Code's window as a person uses it: files, commands, keys. Promises: every wait ends. */
import { join } from "node:path";
import type { Frame, Locator, Page } from "playwright-core";
import type { CodeServer } from "./code-server.ts";

export type Workbench = {
  readonly page: Page;
  readonly server: CodeServer;
  /** Opens the workspace's folder anew; `payload` is VS Code's own. */
  readonly load: (payload?: readonly (readonly [string, string])[]) => Promise<void>;
  readonly open: (file: string, line?: number, column?: number) => Promise<void>;
  /** By its name in the palette, and what VS Code calls it. */
  readonly command: (name: string, id: string) => Promise<void>;
  readonly editor: () => Locator;
  /** Until `probe` gives something. */
  readonly until: <T>(what: string, probe: () => Promise<T | undefined>, patience?: number) => Promise<T>;
  readonly shot: (name: string) => Promise<void>;
  /** The page inside the extension's panel. */
  readonly panel: () => Promise<Frame>;
};

const PATIENCE = 30_000;
const INPUT = ".quick-input-widget input.input";
const ROWS = ".quick-input-list .monaco-list-row";

/** `kind`: what the names of its pictures begin with. */
export function workbench(page: Page, server: CodeServer, out: string, kind = ""): Workbench {
  const { address, workspace } = server;
  const until: Workbench["until"] = async (what, probe, patience = PATIENCE) => {
    for (const end = performance.now() + patience; performance.now() < end; ) {
      const found = await probe().catch(() => undefined);
      if (found !== undefined) return found;
      await page.waitForTimeout(50);
    }
    throw new Error(`waited ${patience} ms for ${what}`);
  };
  /** The window that has just loaded, or is busy, may miss a key, and its list may move under the mouse: then once more. */
  const picked = async (key: string, text: string, row: Locator, done = async (): Promise<void> => undefined): Promise<void> => {
    for (let tries = 1; ; tries++) {
      await page.keyboard.press("Escape");
      await page.keyboard.press(key);
      try {
        await page.locator(INPUT).fill(text, { timeout: 4000 });
        // The list is sorted anew while results come in, and its rows are used again for others: it may come to rest first.
        await row.waitFor({ timeout: 8000 });
        await page.waitForTimeout(400 * tries);
        await row.click({ timeout: 8000 });
        await done();
        return;
      } catch (fault) {
        if (tries === 6) throw fault;
      }
    }
  };
  const bench: Workbench = {
    page,
    server,
    until,
    load: async (payload = []) => {
      const more = payload.length === 0 ? "" : `&payload=${encodeURIComponent(JSON.stringify(payload))}`;
      await page.goto(`${address}?folder=${encodeURIComponent(workspace)}${more}`);
      await page.locator(".part.statusbar .statusbar-item").first().waitFor({ timeout: 60_000 });
    },
    open: async (file, line = 1, column = 1) => {
      const tab = page.locator(".tab.active", { hasText: file });
      await picked("Control+P", `${file}:${line}:${column}`, page.locator(ROWS, { hasText: file }).first(), () =>
        tab.waitFor({ timeout: 8000 }),
      );
    },
    command: (name, id) => picked("F1", `>${name}`, page.locator(`.quick-input-list [data-quick-input-id="${id}"]`).first()),
    editor: () => page.locator(".editor-group-container.active .monaco-editor").first(),
    shot: async (name) => void (await page.screenshot({ path: join(out, `${kind}${kind && " "}${name}.png`) })),
    panel: () =>
      until("the panel's page", async () => {
        for (const frame of page.frames()) if ((await frame.locator("#routes").count()) > 0) return frame;
        return undefined;
      }),
  };
  return bench;
}

/** The text of the lines in sight, with plain spaces. */
export async function visibleText({ editor }: Workbench): Promise<string> {
  const lines = await editor()
    .locator(".view-line")
    .evaluateAll((elements) =>
      elements
        .map((element) => ({ top: element.getBoundingClientRect().top, text: element.textContent ?? "" }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text),
    );
  return lines.join("\n").replaceAll("\u00a0", " ");
}

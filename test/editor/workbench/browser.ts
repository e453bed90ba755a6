/** Debian's Chromium without a screen. */
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";

export type Browser = { readonly page: Page; readonly close: () => Promise<void> };

const ARGUMENTS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"];

/** `out` takes what pages say to the console. Root cannot have Chromium's sandbox. */
export async function openBrowser(out: string): Promise<Browser> {
  const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const context: BrowserContext = await chromium.launchPersistentContext("", {
    executablePath: "/usr/bin/chromium",
    headless: true,
    viewport: { width: 1400, height: 900 },
    args: [...ARGUMENTS, ...root],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  page.on("console", (message) => appendFileSync(join(out, "browser.log"), `${message.type()} ${message.text()}\n`));
  return { page, close: () => context.close() };
}

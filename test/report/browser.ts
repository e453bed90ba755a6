/** `npm run test:report`: the shop's report in Chromium, light and dark, with pictures in `out/report`; fails where the page is not as it should be. */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Page } from "playwright-core";
import { debianPrograms } from "../editor/workbench/install.ts";
import { ROOT } from "../laws/source-files.ts";

const out = join(ROOT, "out/report");
const sections = ["routes", "decisions", "diagrams", "sizes"] as const;

await debianPrograms({ chromium: "chromium" });
mkdirSync(out, { recursive: true });
const built = spawnSync(process.execPath, ["compiler/cli/bin.js", "build", "examples/shop", "--out", join(out, "shop"), "--report"], {
  cwd: ROOT,
  encoding: "utf8",
});
if (built.status !== 0) throw new Error(built.stderr);
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  headless: true,
  args: ["--disable-gpu", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
});
try {
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, colorScheme });
    const faults: string[] = [];
    page.on("request", (request) => void (request.url().startsWith("file:") || faults.push(`asked for ${request.url()}`)));
    page.on("console", (message) => void faults.push(message.text()));
    await page.goto(pathToFileURL(join(out, "shop.report.html")).href);
    faults.push(...(await faultsOf(page)));
    if (faults.length > 0) throw new Error(`${colorScheme}: ${faults.join("; ")}`);
    for (const section of sections) {
      await page.locator(`#${section}`).scrollIntoViewIfNeeded();
      await page.evaluate(`document.getElementById("${section}").scrollIntoView()`);
      await page.screenshot({ path: join(out, `${section}-${colorScheme}.png`) });
    }
    await page.close();
  }
} finally {
  await browser.close();
}
console.log(`the report is as it should be; pictures are in ${out}`);

/** What a reader would stumble over. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  const faults: string[] = [];
  const background = await page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
  const text = await page.evaluate<string>("getComputedStyle(document.body).color");
  if (background === text) faults.push("text has the colour of what it stands on");
  const cells = await page.locator(".cell").count();
  const shown = await page.locator(".cell").first().boundingBox();
  if (cells < 100 || shown === null || shown.width < 20) faults.push(`${cells} cells are drawn`);
  const untold = await page.locator(".cell:not(:has(title))").count();
  if (untold > 0) faults.push(`${untold} cells say nothing when pointed at`);
  await page.locator("summary", { hasText: "GET /orders/{id: OrderId}" }).first().click();
  const open = await page.locator("details[open]").count();
  if (open !== 1) faults.push(`${open} routes are open after one was chosen`);
  if (!(await page.locator("details[open] svg.tree").first().isVisible())) faults.push("the chosen route has no diagram");
  const outside = await page.evaluate<number>(
    `[...document.querySelectorAll("svg")].filter((svg) => {
      const box = svg.getBBox();
      return box.width > 0 && box.x + box.width > svg.viewBox.baseVal.width + 1;
    }).length`,
  );
  if (outside > 0) faults.push(`${outside} drawings do not fit their frames`);
  return faults;
}

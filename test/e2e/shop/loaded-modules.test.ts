/** What a process of the shop has loaded of Node when it gives its first answer: what no first answer needs waits for the call that does. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { until } from "../../cli/gwl.ts";
import { call, portOf, startGateway } from "./gateway-process.ts";
import { backend } from "./parties.ts";
import { buildShop, SHOP } from "./shop.ts";

test("modules of Node that take long to load come with the call that needs them", async () => {
  const [built, catalog, folder] = [await buildShop(), await backend("catalog"), mkdtempSync(join(tmpdir(), "gwl-loaded-"))];
  const preload = join(folder, "tell.mjs");
  // Asked for before the gateway is there: reading and writing of files is loaded by then, and nothing else.
  writeFileSync(
    preload,
    `import { writeFileSync } from "node:fs";
const before = new Set(process.moduleLoadList);
process.on("SIGUSR2", () => writeFileSync(${JSON.stringify(join(folder, "told"))}, process.moduleLoadList.filter((one) => !before.has(one)).join("\\n") + "\\nall"));
`,
  );
  const variables = { STAGE: "dev", LISTS: SHOP, PORT: "0", WAREHOUSE_KEY: "0123456789abcdef0123456789abcdef" };
  const gateway = startGateway(built.bundle, { ...variables, CATALOG_URL: catalog.url.replace("127.0.0.1", "localhost") }, preload);
  onTestFinished(() => {
    gateway.child.kill("SIGKILL");
    catalog.close();
    rmSync(folder, { recursive: true, force: true });
    rmSync(built.folder, { recursive: true, force: true });
  });
  const loaded = async (): Promise<readonly string[]> => {
    rmSync(join(folder, "told"), { force: true });
    gateway.child.kill("SIGUSR2");
    const told = (): string => {
      try {
        return readFileSync(join(folder, "told"), "utf8");
      } catch {
        return "";
      }
    };
    await until(() => told().endsWith("\nall"));
    return told().split("\n");
  };
  const port = await portOf(gateway);
  expect((await call(port, "GET /health")).status).toBe(200);
  const first = await loaded();
  expect(first).toContain("NativeModule internal/crypto/hash");
  const late = ["dns", "https", "tls", "os", "worker_threads", "internal/dns/promises", "internal/blocklist"];
  expect(late.filter((name) => first.includes(`NativeModule ${name}`))).toEqual([]);
  expect((await call(port, "GET /catalog/items")).status).toBe(200);
  expect(await loaded()).toContain("NativeModule dns");
});

/** The life of the shop's process: what it needs to start, what it does with a broken bundle, how it ends. And the files it is made of. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { call, endOf, type Gateway, portOf, startGateway } from "./gateway-process.ts";
import { backend } from "./parties.ts";
import { type Built, buildShop, SHOP } from "./shop.ts";

const ROOT = join(import.meta.dirname, "../../..");
const GOOD = { STAGE: "dev", LISTS: SHOP, PORT: "0", WAREHOUSE_KEY: "0123456789abcdef0123456789abcdef" };

let built: Built;
beforeAll(async () => {
  built = await buildShop();
});
afterAll(() => rmSync(built.folder, { recursive: true, force: true }));

function start(bundle: string, variables: Readonly<Record<string, string>>): Gateway {
  const gateway = startGateway(bundle, variables);
  onTestFinished(() => void gateway.child.kill("SIGKILL"));
  return gateway;
}

describe("a start that is refused: exit code 78, one line for each reason, nothing served", () => {
  const refused = async (variables: Readonly<Record<string, string>>, bundle = built.bundle): Promise<readonly string[]> => {
    const { code, out, err } = await endOf(start(bundle, variables));
    expect([code, out]).toEqual([78, ""]);
    return err.trimEnd().split("\n");
  };
  const lines = (...texts: readonly string[]): readonly unknown[] => texts.map((text) => expect.stringMatching(`^cannot start: .*${text}`));

  test("all that is missing is said at once", async () => {
    expect(await refused({})).toEqual(lines("STAGE", "WAREHOUSE_KEY"));
  });

  test("so is all that cannot be read", async () => {
    const bad = { STAGE: "test", PORT: "http", WAREHOUSE_KEY: "much-too-little", ORDERS_URL: "ftp://x", READ_ONLY: "maybe" };
    const said = await refused(bad);
    for (const name of ["STAGE", "PORT", "identity `Scanner`", "ORDERS_URL", "READ_ONLY"]) expect(said.join("\n")).toContain(name);
    expect(said.join("\n")).not.toContain(bad.WAREHOUSE_KEY);
  });

  const broken = (breakIt: (folder: string) => void): string => {
    const folder = mkdtempSync(join(tmpdir(), "gwl-broken-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    cpSync(built.bundle, folder, { recursive: true });
    breakIt(folder);
    return folder;
  };
  test.each([
    [
      "tables with one bit changed",
      (folder: string) => flipBit(join(folder, "tables.bin")),
      "tables.bin is not the file that manifest.json names",
    ],
    ["tables that end early", (folder: string) => truncateSync(join(folder, "tables.bin"), 1000), "tables.bin is not the file"],
    ["no tables", (folder: string) => unlinkSync(join(folder, "tables.bin")), "tables.bin cannot be read"],
    ["no manifest", (folder: string) => unlinkSync(join(folder, "manifest.json")), "manifest.json cannot be read"],
    [
      "a manifest that ends early",
      (folder: string) => truncateSync(join(folder, "manifest.json"), 500),
      "manifest.json is not the manifest",
    ],
    [
      "another's manifest",
      (folder: string) => writeFileSync(join(folder, "manifest.json"), '{"name":"x"}'),
      "manifest.json is not the manifest",
    ],
  ])("%s", async (_name, breakIt, why) => {
    expect(await refused(GOOD, broken(breakIt))).toEqual(lines(`the bundle is broken: ${why}.*build the gateway again`));
  });
});

describe("a process that runs", () => {
  test("ends calls in flight on SIGTERM, takes no new ones, and its port can be taken again at once", async () => {
    const catalog = await backend("catalog");
    onTestFinished(() => catalog.close());
    const variables = { ...GOOD, CATALOG_URL: catalog.url };
    const first = start(built.bundle, variables);
    const port = await portOf(first);
    const slow = call(port, "GET /catalog/items/AB-1/images/slow");
    await new Promise((resolve) => setTimeout(resolve, 200));
    first.child.kill("SIGTERM");
    expect(await slow).toMatchObject({ status: 200, text: "from catalog", headers: { connection: "close" } });
    expect(await endOf(first)).toMatchObject({ code: 0, err: "" });
    expect(first.out.trimEnd().split("\n").at(-1)).toContain('"path":"/catalog/items/AB-1/images/slow"');
    const second = start(built.bundle, { ...variables, PORT: String(port) });
    expect(await portOf(second)).toBe(port);
    expect((await call(port, "GET /health")).text).toBe("ok");
  });

  test("answers soon after its start", async () => {
    const times: number[] = [];
    for (let run = 0; run < 3; run++) {
      const begun = performance.now();
      const gateway = start(built.bundle, GOOD);
      expect((await call(await portOf(gateway), "GET /health")).status).toBe(200);
      times.push(performance.now() - begun);
      gateway.child.kill("SIGKILL");
    }
    console.log(`start of the shop's bundle to its first answer: ${times.map((time) => `${time.toFixed(0)} ms`).join(", ")}`);
    expect(Math.min(...times)).toBeLessThan(2000);
  });
});

describe("the files", () => {
  const text = (name: string): string => readFileSync(join(built.bundle, name), "utf8");

  test("hold under 160 kB of code in a process that serves, and under 25 in the one that watches over those", () => {
    const size = ["handler.js", "worker.js", "shared.js"].reduce((sum, name) => sum + Buffer.byteLength(text(name)), 0);
    console.log(`handler.js, worker.js and shared.js of the shop: ${(size / 1000).toFixed(1)} kB`);
    expect(size).toBeLessThan(160_000);
    expect(Buffer.byteLength(text("server.js"))).toBeLessThan(25_000);
  });

  test("name every source, list and key, every route and every stage", () => {
    const [manifest, served] = ["manifest.json", "routes.json"].map(
      (name) => JSON.parse(text(name)) as Readonly<Record<string, readonly unknown[]>>,
    );
    expect(manifest?.["inputs"]).toHaveLength(9 + 1 + 4);
    expect(served?.["routes"]).toHaveLength(18);
    expect(manifest).toMatchObject({ gateway: "shop", stages: ["dev", "prod"], secrets: ["WAREHOUSE_KEY"] });
    expect(JSON.stringify(manifest)).not.toContain(GOOD.WAREHOUSE_KEY);
  });

  test("are TypeScript that the strictest settings take", () => {
    const folder = mkdtempSync(join(tmpdir(), "gwl-types-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    cpSync(built.bundle, folder, { recursive: true });
    const compilerOptions = {
      ...(JSON.parse(readFileSync(join(ROOT, "tsconfig.json"), "utf8")) as { readonly compilerOptions: object }).compilerOptions,
      noUnusedLocals: false,
      typeRoots: [join(ROOT, "node_modules/@types")],
      paths: { "gwl/runtime": [join(ROOT, "runtime/index.ts")] },
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["handler.ts"] }));
    expect(typeErrors(folder)).toBe("");
  });
});

function typeErrors(folder: string): string {
  try {
    return execFileSync(process.execPath, [join(ROOT, "node_modules/.bin/tsc"), "-p", folder], { encoding: "utf8" });
  } catch (error) {
    return String(error instanceof Error && "stdout" in error ? error.stdout : error);
  }
}

function flipBit(path: string): void {
  const bytes = readFileSync(path);
  const middle = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  writeFileSync(path, bytes);
}

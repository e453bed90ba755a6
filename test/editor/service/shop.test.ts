import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compile } from "../../../compiler/index.ts";
import { createService } from "../../../editor/service/index.ts";
import { filesBelow } from "../../laws/source-files.ts";
import { memoryEditorHost, valueOf } from "./marked.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const REPOSITORY = join(import.meta.dirname, "../../..");
const shop = Object.fromEntries(
  ["gwl", "json", "txt", "netset"].flatMap((ending) =>
    filesBelow("examples/shop", `.${ending}`).map((path) => [`/${path}`, readFileSync(join(REPOSITORY, path), "utf8")] as const),
  ),
);

describe("the shop in the service", () => {
  test("both passes find what the compiler finds", async () => {
    const service = createService(memoryEditorHost({ ...shop }));
    service.setRoots(["/examples/shop"]);
    const quick = await valueOf(service.quickFindings());
    const all = await valueOf(service.allFindings());
    const compiled = await compile("/examples/shop/gateway.gwl", memoryHost(shop), "check");
    expect([...quick.values()].flat().filter(({ severity }) => severity === "error")).toEqual([]);
    const inService = [...all].flatMap(([path, found]) => found.map(({ code, range }) => `${path} ${code} ${range.start}`)).sort();
    const inCompiler = compiled.diagnostics.map(({ code, span }) => `/examples/shop/${span.file} ${code} ${span.start}`).sort();
    expect(inService).toEqual(inCompiler);
  });

  test("from the use of a policy to its declaration and back to all uses", async () => {
    const service = createService(memoryEditorHost({ ...shop }));
    service.setRoots(["/examples/shop"]);
    const admin = "/examples/shop/admin.gwl";
    const text = shop[admin] ?? "";
    const offset = text.indexOf("inside(office");
    const [declared] = await valueOf(service.definition({ path: admin, offset }));
    expect(declared?.path).toBe("/examples/shop/policies.gwl");
    expect(shop[declared?.path ?? ""]?.slice(declared?.start, declared?.end)).toBe("inside");
    const uses = await valueOf(service.references({ path: declared?.path ?? "", offset: declared?.start ?? 0 }, true));
    expect(uses.length).toBeGreaterThan(2);
    for (const { path, start, end } of uses) expect(shop[path]?.slice(start, end)).toBe("inside");
  });

  test("a route says who may call it, a network how large it is", async () => {
    const service = createService(memoryEditorHost({ ...shop }));
    service.setRoots(["/examples/shop"]);
    const admin = "/examples/shop/admin.gwl";
    const text = shop[admin] ?? "";
    const route = await valueOf(service.hover({ path: admin, offset: text.indexOf("GET ") + 1 }));
    expect(route?.markdown).toContain("**May be called by** Customer");
    const network = await valueOf(service.hover({ path: admin, offset: text.indexOf("office &") + 1 }));
    expect(network?.markdown).toContain("272 IPv4 addresses and about 2^80 IPv6 addresses in 3 blocks, folded: `198.51.100.16/28`");
  });
});

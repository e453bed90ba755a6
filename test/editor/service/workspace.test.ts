import { describe, expect, test } from "vitest";
import { createService, linePositionOf, offsetOf } from "../../../editor/service/index.ts";
import { sourceFile } from "../../../grammar/index.ts";
import { memoryEditorHost, valueOf } from "./marked.ts";

const GATEWAY = 'gwl 1\nimport { office } from "./nets.gwl"\ngateway g { listen 8080, deny when client.ip in office }\n';
const NETS = 'gwl 1\nnetwork office from "office.txt"\n';

const codes = (found: ReadonlyMap<string, readonly { readonly code: string }[]>, path: string): readonly string[] =>
  (found.get(path) ?? []).map(({ code }) => code);

describe("a workspace", () => {
  test("has a program in each root, and a library without a gateway is one as well", async () => {
    const service = createService(
      memoryEditorHost({
        "/one/gateway.gwl": "gwl 1\nlet a = b\n",
        "/two/gateway.gwl": "gwl 1\nlet c = d\n",
        "/two/library.gwl": "gwl 1\nlet e = f\n",
      }),
    );
    service.setRoots(["/one", "/two"]);
    const found = await valueOf(service.quickFindings());
    expect([...found].map(([path, all]) => [path, all.length])).toEqual([
      ["/one/gateway.gwl", 1],
      ["/two/gateway.gwl", 1],
      ["/two/library.gwl", 1],
    ]);
  });

  test("an unsaved buffer stands before the file, across imports, until it is closed", async () => {
    const files = { "/w/gateway.gwl": GATEWAY, "/w/nets.gwl": NETS, "/w/office.txt": "10.0.0.0/8\n" };
    const service = createService(memoryEditorHost(files));
    service.setRoots(["/w"]);
    expect(codes(await valueOf(service.quickFindings()), "/w/gateway.gwl")).toEqual([]);
    service.open("/w/nets.gwl", "gwl 1\nnetwork bureau { 10.0.0.0/8 }\n");
    expect(codes(await valueOf(service.quickFindings()), "/w/gateway.gwl")).toContain("GWL2054");
    service.close("/w/nets.gwl");
    expect(codes(await valueOf(service.quickFindings()), "/w/gateway.gwl")).toEqual([]);
  });

  test("a new file that is not saved yet can be imported", async () => {
    const service = createService(memoryEditorHost({ "/w/gateway.gwl": GATEWAY }));
    service.setRoots(["/w"]);
    expect(codes(await valueOf(service.quickFindings()), "/w/gateway.gwl")).toContain("GWL2002");
    service.open("/w/nets.gwl", "gwl 1\nnetwork office { 10.0.0.0/8 }\n");
    expect(codes(await valueOf(service.quickFindings()), "/w/gateway.gwl")).toEqual([]);
  });

  test("a list that changes on the disk is read again when somebody says so", async () => {
    const files: Record<string, string> = { "/w/gateway.gwl": GATEWAY, "/w/nets.gwl": NETS, "/w/office.txt": "10.0.0.0/8\n" };
    const service = createService(memoryEditorHost(files));
    service.setRoots(["/w"]);
    expect(codes(await valueOf(service.quickFindings()), "/w/nets.gwl")).toEqual([]);
    files["/w/office.txt"] = "10.0.0.1/8 nonsense\n";
    service.changedOnDisk(["/w/office.txt"]);
    expect(codes(await valueOf(service.quickFindings()), "/w/nets.gwl")).not.toEqual([]);
  });

  test("an import that is edited is heard by those who use what stands in that file, though they import nothing of it", async () => {
    const callers = (name: string): string =>
      `gwl 1\nimport { ${name} } from "./types.gwl"\nidentity Customer = jwt { issuer: "https://a.example", audience: "a", jwks: "https://a.example/k", claims { grade: Grade } }\n`;
    const main =
      'gwl 1\nimport { Customer } from "./callers.gwl"\ntest "t" { GET "/" from 10.0.0.1 as Customer { sub: "u", grade: "gold" } expect deny }\n';
    const types = 'gwl 1\ntype Grade = "basic"\ntype Other = Int\n';
    const service = createService(memoryEditorHost({ "/w/callers.gwl": callers("Grade"), "/w/gateway.gwl": main, "/w/types.gwl": types }));
    service.setRoots(["/w"]);
    expect(codes(await valueOf(service.quickFindings()), "/w/gateway.gwl")).toEqual(["GWL2402"]);
    service.open("/w/callers.gwl", callers("Other"));
    expect(codes(await valueOf(service.quickFindings()), "/w/gateway.gwl")).toEqual([]);
  });

  test("a file of two programs has each finding once, and its names are renamed in both", async () => {
    const main = (name: string): string =>
      `gwl 1\nimport { office } from "./nets.gwl"\ngateway ${name} { listen 8080, deny when client.ip in office }\n`;
    const service = createService(
      memoryEditorHost({ "/w/a.gwl": main("a"), "/w/b.gwl": main("b"), "/w/nets.gwl": "gwl 1\nnetwork office { 10.0.0.1/8 }\n" }),
    );
    service.setRoots(["/w"]);
    expect(codes(await valueOf(service.quickFindings()), "/w/nets.gwl")).toEqual(["GWL3104"]);
    const renamed = await valueOf(service.rename({ path: "/w/nets.gwl", offset: "gwl 1\nnetwork o".length }, "bureau"));
    expect(renamed.ok && renamed.edits.map(({ path }) => path)).toEqual(["/w/a.gwl", "/w/a.gwl", "/w/b.gwl", "/w/b.gwl", "/w/nets.gwl"]);
  });

  test("files that import each other in a circle still belong to a program", async () => {
    const service = createService(
      memoryEditorHost({ "/w/a.gwl": 'gwl 1\nimport "./b.gwl"\n', "/w/b.gwl": 'gwl 1\nimport "./a.gwl"\ngateway g { }\n' }),
    );
    service.setRoots(["/w"]);
    const found = await valueOf(service.quickFindings());
    expect(codes(found, "/w/a.gwl")).toContain("GWL2006");
  });
});

describe("requests", () => {
  test("one that nobody wants any more is given up and says so", async () => {
    const service = createService(memoryEditorHost({ "/w/gateway.gwl": "gwl 1\n" }));
    service.setRoots(["/w"]);
    expect(await service.allFindings({ isCancelled: () => true })).toEqual({ ok: false, why: "cancelled" });
    expect((await service.allFindings()).ok).toBe(true);
  });

  test("an exception is the answer of its request, and the service goes on", async () => {
    const files: Record<string, string> = { "/w/gateway.gwl": "gwl 1\n" };
    let isBroken = true;
    const host = memoryEditorHost(files);
    const service = createService({
      ...host,
      read: (path, limit) => {
        if (isBroken) throw new Error("the disk is gone");
        return host.read(path, limit);
      },
    });
    service.setRoots(["/w"]);
    expect(await service.quickFindings()).toMatchObject({ ok: false, why: "fault", message: expect.stringContaining("the disk is gone") });
    isBroken = false;
    expect((await service.quickFindings()).ok).toBe(true);
  });
});

describe("lines and offsets", () => {
  test("meet in UTF-16, whatever the line ends and characters are", () => {
    const source = sourceFile("a.gwl", 'gwl 1\r\nlet a = "😀b"\n\nend');
    for (let offset = 0; offset <= source.text.length; offset++) {
      const position = linePositionOf(source, offset);
      const isLineEnd = source.text[offset - 1] === "\r";
      expect(offsetOf(source, position)).toBe(isLineEnd ? offset - 1 : offset);
    }
    expect(linePositionOf(source, source.text.indexOf("b"))).toEqual({ line: 1, character: 11 });
    expect(offsetOf(source, { line: 0, character: 99 })).toBe(5);
    expect(offsetOf(source, { line: 99, character: 0 })).toBe(source.text.length);
  });
});

/** The page of `gwl build --report`: what it says, that nothing of a user becomes markup, and that it stays small. */
import { expect, test } from "vitest";
import { lower } from "../../compiler/lower/index.ts";
import type { Bundle } from "../../compiler/model/emitted.ts";
import type { Ir, Node } from "../../compiler/model/ir.ts";
import { reportPage } from "../../compiler/report/index.ts";
import { verdicts } from "../../compiler/report/verdicts.ts";
import { compile } from "../../compiler/index.ts";
import { cell, compare, header, ir, route, rule, text } from "../emit/ir-builder.ts";
import { memoryHost } from "../harness/memory-host.ts";
import { startProgram } from "../emit/compiled.ts";
import { parseAddress } from "../../runtime/kernel/ip.ts";

const noFiles = { files: [], manifest: {} } as unknown as Bundle;
const words = { textOf: () => "words", placeOf: ({ file }: { readonly file: string }) => `${file}:1` };

const source = `gwl 1
network office { 10.0.0.0/8 }
network banned { 10.9.0.0/16, 192.0.2.0/24 }
backend b = http { targets: ["http://127.0.0.1:9"] }
gateway g {
  listen 8080
  deny when client.ip in banned because "no"
}
GET "/open" -> b { public because "open" }
GET "/office" -> b { allow when client.ip in office }
GET "/asked" -> b { allow when (header("X") ?? "") == "1" }
`;

async function compiled(): Promise<{ readonly ir: Ir; readonly start: ReturnType<typeof startProgram> }> {
  const { value, diagnostics } = await compile("/g.gwl", memoryHost({ "/g.gwl": source }), "check");
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return { ir: lower(value.program), start: startProgram(value.program) };
}

test("a verdict holds for requests: what is shut out is denied and what is let in is allowed, whatever else the call says", async () => {
  const { ir: made, start } = await compiled();
  const started = start({ stage: undefined, variables: {} });
  if ("problems" in started) throw new Error(started.problems.join());
  const { of } = verdicts(made);
  const told: string[] = [];
  for (const [address, number] of [
    ["10.1.1.1", 0x0a010101],
    ["10.9.1.1", 0x0a090101],
    ["192.0.2.1", 0xc0000201],
    ["198.51.100.1", 0xc6336401],
  ] as const) {
    const one = made.classes.ipv4.classes[made.classes.ipv4.starts.findLastIndex((first) => first <= number)] ?? 0;
    expect(parseAddress(address)).toEqual({ family: 4, value: number });
    for (const found of made.routes) {
      const verdict = of(found.cellOfClass[one] ?? 0);
      const effects = new Set<string>();
      for (const headers of [[], ["X", "1"], ["X", "2"]]) {
        const request = {
          method: "GET",
          target: found.key.slice(4),
          httpVersion: "1.1",
          rawHeaders: ["Host", "a.example", ...headers],
          peer: address,
          secure: false,
          readBody: () => Promise.resolve({ kind: "incomplete" as const }),
        };
        effects.add((await started.gateway.handle(request, world)).decision.effect);
      }
      told.push(`${found.key.slice(4)} ${address} ${verdict}`);
      expect([...effects].sort(), told.at(-1)).toEqual(verdict === "depends" ? ["allow", "deny"] : [verdict]);
    }
  }
  expect(new Set(told.map((line) => line.split(" ")[2]))).toEqual(new Set(["allow", "deny", "depends"]));
});

const world = {
  now: () => 1_780_000_000_000,
  requestId: () => "0".repeat(32),
} as unknown as Parameters<Extract<ReturnType<ReturnType<typeof startProgram>>, { gateway: unknown }>["gateway"]["handle"]>[1];

test("every route, rule and network has its place", async () => {
  const { ir: made } = await compiled();
  const page = reportPage(made, noFiles, words);
  for (const said of ["GET /open", "GET /office", "GET /asked", "banned", "from office", "let in", "shut out", "depends on the call"])
    expect(page).toContain(said);
  expect(page.match(/class="cell deny"/g)).toHaveLength(4);
  expect(page.match(/class="cell allow"/g)).toHaveLength(3);
});

test("a user's words are text: in names, paths, rules, reasons and values", () => {
  const evil = `"><script>alert('x')</script>&`;
  const nodes: readonly Node[] = [
    { kind: "empty" },
    { kind: "rule", rule: 0 },
    { kind: "lookup", lookup: 0 },
    { kind: "test", predicate: 0, then: 1, otherwise: 2 },
  ];
  const made = ir({
    name: evil,
    routes: [route("GET /a", { key: `GET /${evil}` })],
    rules: [{ ...rule("0", "allow", evil), label: evil }],
    nodes,
    cells: [cell({}, { request: 3 })],
    predicates: [{ expr: compare(header("x"), "==", text("1")) }],
    lookups: [{ subject: header("x"), isCollection: false, entries: [[evil, 1]] }],
  });
  const page = reportPage(made, { files: [{ path: evil, content: "x" }], manifest: {} } as unknown as Bundle, {
    textOf: () => evil,
    placeOf: () => evil,
  });
  expect(page).not.toContain("<script");
  expect(page).not.toContain(`"><`.concat("script"));
  expect(page).toContain("&lt;script&gt;");
});

test("networks that no class tells are counted, and said to be asked one by one", () => {
  const made = ir();
  const lone = [{ label: "partners", ipv4: [0x0a000000, 0x0b000000], ipv6: [] }];
  const page = reportPage({ ...made, classes: { ...made.classes, lone } }, noFiles, words);
  expect(page).toContain("2 networks");
  expect(page).toContain("1 network is asked one by one (GWL4201)");
  expect(reportPage(made, noFiles, words)).not.toContain("one by one");
});

test("of many routes and large diagrams the first are drawn, and what is left out is said", () => {
  const many = Array.from({ length: 5000 }, (_, at) => route(`GET /r${at}`));
  const parts = Array.from({ length: 4000 }, (_, at) => at + 1);
  const nodes: readonly Node[] = [{ kind: "empty" }, ...parts.map((): Node => ({ kind: "rule", rule: 0 })), { kind: "union", parts }];
  const page = reportPage(ir({ routes: many, nodes, cells: [cell({}, { request: 4001 })] }), noFiles, words);
  expect(page.length).toBeLessThan(2_000_000);
  expect(page).toContain("The first 300 of 5,000 routes are drawn.");
  expect(page).toContain("4,700 more routes");
  expect(page).toContain("3,988 more");
});

test("no script and nothing from elsewhere", async () => {
  const { ir: made } = await compiled();
  const page = reportPage(made, noFiles, words);
  expect(page).not.toMatch(/<script|<link|<img|https?:|url\(|@import/);
  expect(page).toContain("default-src 'none'");
});

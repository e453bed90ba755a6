import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { sourceFile } from "../../grammar/source/span.ts";
import { emit } from "../../compiler/emit/index.ts";
import type { Expr } from "../../compiler/model/expression.ts";
import type { Ir } from "../../compiler/model/ir.ts";
import { everyOperator } from "./every-operator.ts";
import { bool, compare, expr, header, ip, ir, listOf, optional, route, rule, segments, setOf, span, string, text } from "./ir-builder.ts";

const folder = mkdtempSync(join(tmpdir(), "gwl-emit-"));
afterAll(() => rmSync(folder, { recursive: true }));
const root = join(import.meta.dirname, "../..");

/** One of everything that emission treats apart. */
const rich: Ir = ir({
  stages: ["dev", "prod"],
  environment: [
    { name: "LIMIT", type: { kind: "int" }, span: span() },
    {
      name: "URL",
      type: { kind: "url" },
      value: expr({ kind: "url" }, { op: "stageValue", values: { dev: text("http://a"), prod: text("http://b") } }),
      span: span(),
    },
  ],
  secrets: ["KEY"],
  identities: [
    {
      kind: "jwt",
      name: "Customer",
      issuer: expr({ kind: "url" }, { op: "env", name: "URL" }),
      audience: [text("a")],
      clients: [],
      algorithms: ["RS256"],
      keys: { kind: "url", url: expr({ kind: "url" }, { op: "env", name: "URL" }) },
      headers: [],
      subject: "sub",
      leeway: 0,
      claims: [],
      span: span(),
    },
  ],
  routes: [
    route("GET /i/{a:Int}", { span: span(30, 40) }),
    route("GET /s", {
      path: [
        ...segments("/s/{plain}"),
        { kind: "param", name: "b", type: bool },
        { kind: "param", name: "ip", type: ip },
        { kind: "param", name: "u", type: { kind: "uuid" } },
        { kind: "param", name: "l", type: { kind: "literals", values: ["x", 7] } },
        { kind: "param", name: "t", type: { kind: "newtype", name: "T", base: { kind: "string", maxLength: 4, pattern: "^a" } } },
        { kind: "rest", name: "r" },
      ],
      requestHeaders: [{ name: "x-a", value: text("a"), span: span() }],
      responseHeaders: [{ name: "x-b", value: expr(optional(string), { op: "header", name: "b" }), span: span() }],
    }),
    route("POST /b", {
      body: {
        kind: "record",
        fields: [
          { name: "tags", type: setOf(string) },
          { name: "ips", type: optional(listOf(ip)) },
          { name: "s", type: { kind: "string", maxLength: 3 } },
        ],
      },
    }),
    route("PUT /b", { body: { kind: "list", element: string } }),
  ],
  rules: [{ ...rule("0", "allow"), span: span(10, 29), label: 'allow when header("x") == "y"' }],
  predicates: [
    { expr: { ...compare(header("x"), "==", text("y")), span: span(16, 29) } },
    ...everyOperator.map((one: Expr) => ({ expr: one })),
  ],
  lookups: [{ subject: expr(string, { op: "path" }), isCollection: false, entries: [["/a", 1]] }],
});
const sources = new Map([["test.gwl", sourceFile("test.gwl", "gateway {\nallow when it is\nso\nGET etc.")]]);

describe("handler.ts", () => {
  test("type-checks at its strictest against the runtime, with every operator in it", () => {
    const { handler, validators } = emit(rich, sources);
    writeFileSync(join(folder, "handler.ts"), handler);
    writeFileSync(join(folder, "validators.js"), validators);
    writeFileSync(
      join(folder, "validators.d.ts"),
      "export declare const body0: (body: unknown) => boolean;\nexport declare const body1: (body: unknown) => boolean;\n",
    );
    const compilerOptions = {
      target: "es2024",
      lib: ["es2024"],
      module: "nodenext",
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noUnusedLocals: false,
      noUnusedParameters: true,
      noEmit: true,
      allowImportingTsExtensions: true,
      erasableSyntaxOnly: true,
      verbatimModuleSyntax: true,
      types: ["node"],
      typeRoots: [join(root, "node_modules/@types")],
      paths: { "gwl/runtime": [join(root, "runtime/index.ts")] },
    };
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["handler.ts"] }));
    const tsc = join(root, "node_modules/.bin/tsc");
    const said = (() => {
      try {
        return execFileSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
      } catch (error) {
        return String((error as { stdout?: unknown }).stdout ?? error);
      }
    })();
    expect(said).toBe("");
  });

  test("says at each function and route where it comes from", () => {
    const { handler } = emit(rich, sources);
    expect(handler).toContain(
      '// test.gwl:2 allow when header("x") == "y"\nfunction test0(call: Call): boolean {\n  return equal(headerValue(call, 0), text(call.bound, 1));\n}',
    );
    expect(handler).toContain("// test.gwl:4 GET /i/{a:Int}\nconst route0: RouteCode = {");
  });

  test("is the same for the same program, texts, tables and all", () => {
    const [one, two] = [emit(rich, sources), emit(structuredClone(rich), sources)];
    expect(two).toEqual(one);
    const shuffled = {
      ...rich,
      stages: rich.stages,
      environment: rich.environment.map(({ span: place, ...env }) => ({ ...env, span: place })),
    };
    expect(emit(shuffled, sources)).toEqual(one);
  });

  test("imports only what it uses", () => {
    const { handler } = emit(ir(), new Map());
    expect(handler).toContain(
      'import { httpBackend, start, text, type Bound, type Call, type RouteCode, type Start, type StartCode } from "gwl/runtime";',
    );
    expect(handler).not.toContain("validators");
  });

  test("holds a parameter's type and a header's value once, however many routes have them", () => {
    const routes = ["/a/{n:Int}", "/b/{n:Int}", "/c/{m:Int}"].map((path) =>
      route(`GET ${path}`, { requestHeaders: [{ name: "x", value: text("v"), span: span() }] }),
    );
    const { handler } = emit(ir({ routes }), new Map());
    expect(handler.match(/^function (?:parameter|value)\d+/gm)).toEqual(["function parameter0", "function value0"]);
  });
});

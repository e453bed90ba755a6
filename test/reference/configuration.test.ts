/** D12 to D15, D40, D41: the start, or why there is none. */
import { expect, test } from "vitest";
import type { Program } from "../../compiler/model/program.ts";
import type { Type } from "../../compiler/model/types.ts";
import { startReference } from "../../compiler/reference/index.ts";
import { startProgram } from "../emit/compiled.ts";
import { ask, verdict } from "./ask.ts";
import { allow, compare, constant, expr, gateway, INT, jwt, open, program, route, span, STRING } from "./program-builder.ts";
import { waiting } from "../harness/waiting.ts";

const ROOT = gateway([route("GET /", { access: [open(0)] })]);

function problemsOf(root: Program, variables: Record<string, string> = {}, stage?: string, start = startReference): readonly string[] {
  const started = start(root)({ stage, variables });
  return "problems" in started ? started.problems : [];
}
const env = (type: Type, value?: number | string): Partial<Program> => ({
  environment: [{ name: "X", type, span, ...(value === undefined ? {} : { value: constant(value, type) }) }],
});
const accepts = (type: Type, text: string): boolean => problemsOf(program(ROOT, env(type)), { X: text }).length === 0;

test("a program without a gateway does not start", () => {
  const { gateway: _, ...rest } = program(ROOT);
  expect(problemsOf(rest)).toHaveLength(1);
});

test("with stages, the stage must be one of them", () => {
  const staged = program(ROOT, { stages: ["dev", "prod"] });
  expect([problemsOf(staged), problemsOf(staged, {}, ""), problemsOf(staged, {}, "test")].map((list) => list.length)).toEqual([1, 1, 1]);
  expect(problemsOf(staged, {}, "prod")).toEqual([]);
  expect(problemsOf(program(ROOT), {}, "any")).toEqual([]);
});

test("all problems are said at once", () => {
  const root = program(ROOT, { ...env(INT), stages: ["dev"], secrets: [{ name: "S", kind: "string", span }] });
  expect(problemsOf(root)).toEqual(["`STAGE` must be one of `dev`", "`X` is not set", "the secret `S` is not set"]);
});

test("what is set wins over the source, even where it is wrong", async () => {
  const limit = expr(INT, { op: "env", name: "X" });
  const root = program(gateway([route("GET /", { access: [allow(1, compare(limit, "==", constant(7)))] })]), env(INT, 5));
  expect(await verdict(root, "GET /")).toBe("deny default");
  expect(await verdict(root, "GET /", { configuration: { stage: undefined, variables: { X: "7" } } })).toBe("allow rule 1");
  expect(problemsOf(root, { X: "" })).toHaveLength(1);
});

test.each<[Type, readonly string[], readonly string[]]>([
  [{ kind: "bool" }, ["true", "false"], ["1", "True", ""]],
  [{ kind: "int", max: 5000 }, ["5", "-5", "5_000"], ["5001", "5.0", "5__0", " 5", ""]],
  [{ kind: "decimal" }, ["1.5", "-2", "1_0.25"], ["1e3", ".5", "1."]],
  [{ kind: "string", minLength: 1 }, ["a", " "], [""]],
  [{ kind: "duration" }, ["30s", "1.5s", "100ms", "1_000h", "1d"], ["30", "1.5ms", "s", "-1s", "1w", "1 s"]],
  [{ kind: "size" }, ["1MiB", "0.5KiB", "7B"], ["1MB", "0.5B", "1mib"]],
  [{ kind: "percent" }, ["50%", "0.5%", "100%"], ["101%", "50"]],
  [{ kind: "literals", values: ["a", 7] }, ["a", "7"], ["b", "07"]],
  [{ kind: "ip" }, ["192.0.2.1", "::1"], ["192.0.2", "::1%1"]],
  [{ kind: "uuid" }, ["0F8FAD5B-d9cb-469f-a165-70867728950e"], ["0f8fad5bd9cb469fa16570867728950e"]],
  [{ kind: "accountId" }, ["111122223333"], ["11112222333"]],
  [{ kind: "newtype", name: "N", base: { kind: "int", min: 1 } }, ["1"], ["0"]],
])("%j reads %j and not %j", (type, good, bad) => {
  expect(good.filter((text) => !accepts(type, text))).toEqual([]);
  expect(bad.filter((text) => accepts(type, text))).toEqual([]);
});

test.each([
  [["HS256"], 32],
  [["HS384"], 48],
  [["HS256", "HS512"], 64],
] as const)("an HS secret for %s needs %s bytes, not characters", (algorithms, bytes) => {
  const identities = [jwt("A", { algorithms, keys: { kind: "secret", secret: "S" } })];
  const root = program(ROOT, { identities, secrets: [{ name: "S", kind: "string", span }] });
  for (const start of [startReference, startProgram]) {
    expect(problemsOf(root, { S: "x".repeat(bytes - 1) }, undefined, start)).toHaveLength(1);
    expect(problemsOf(root, { S: "é".repeat(bytes / 2) }, undefined, start)).toEqual([]);
  }
});

const backendAt = (target: string): Program =>
  program(ROOT, { backends: [{ kind: "http", name: "b", targets: [constant(target)], traffic: { timeouts: waiting(1000) }, span }] });

test.each(["http://a", "http://a.example:8080/base/", "http://[::1]:1", "http://10.0.0.1"])("%s is a target", (target) => {
  expect(problemsOf(backendAt(target))).toEqual([]);
});
test.each(["ftp://a", "http://", "http://u@a", "http://a:0", "http://a?b", "http://a/#b", "http://a/ b", "a:80"])(
  "%s is none",
  (target) => {
    expect(problemsOf(backendAt(target))).toHaveLength(1);
  },
);

test("hosts, ports and URLs of keys are checked", () => {
  expect(problemsOf(program({ ...ROOT, hosts: [constant("api.example:80")] }))).toHaveLength(1);
  expect(problemsOf(program({ ...ROOT, listen: constant(65_536) }))).toHaveLength(1);
  expect(problemsOf(program({ ...ROOT, listen: constant(0) }))).toEqual([]);
  const keys = { kind: "url", url: constant("file:///etc/keys") } as const;
  expect(problemsOf(program(ROOT, { identities: [jwt("A", { keys })] }))).toHaveLength(1);
});

test("the host is told port, limits and backends", () => {
  const started = startReference(program({ ...ROOT, listen: expr(INT, { op: "env", name: "X" }) }, env(INT, 9000)))({
    stage: undefined,
    variables: {},
  });
  expect("settings" in started && started.settings).toEqual({
    name: "g",
    port: 9000,
    entries: [],
    limits: { body: 1000, headers: 1000, headerTimeout: 1000, bodyTimeout: 1000, idleTimeout: 1000 },
    backends: [{ kind: "http", name: "b", targets: ["http://localhost:1"], traffic: { timeouts: waiting(1000) } }],
  });
});

test("one program serves every stage", async () => {
  const value = expr(STRING, { op: "stageValue", values: { dev: constant("a"), prod: constant("b") } });
  const root = program(gateway([route("GET /", { access: [open(0)] })], { hosts: [value] }), { stages: ["dev", "prod"] });
  const asked = { rawHeaders: ["Host", "b"] };
  expect((await ask(root, "GET /", { ...asked, configuration: { stage: "prod", variables: {} } })).decision.effect).toBe("allow");
  expect((await ask(root, "GET /", { ...asked, configuration: { stage: "dev", variables: {} } })).decision.cause).toBe("unknown-host");
});

import { describe, expect, test } from "vitest";
import type { Expr } from "../../compiler/model/expression.ts";
import type { Ir } from "../../compiler/model/ir.ts";
import type { JwtIdentity } from "../../compiler/model/program.ts";
import type { Type } from "../../compiler/model/types.ts";
import { startIr } from "../emit/compiled.ts";
import { constant, expr, int, ir, span, string, text } from "../emit/ir-builder.ts";
import { waiting } from "../harness/waiting.ts";

type Variables = Readonly<Record<string, string | undefined>>;
function problems(program: Ir, variables: Variables = {}, stage?: string): readonly string[] {
  const started = startIr(program)({ stage, variables });
  return "problems" in started ? started.problems : [];
}

const env = (name: string, type: Type = string): Expr => expr(type, { op: "env", name });
const declared = (type: Type, value?: Expr): Partial<Ir> => ({
  environment: [{ name: "X", type, span: span(), ...(value === undefined ? {} : { value }) }],
});
const listening = (listen: Expr): Partial<Ir> => ({ settings: { ...ir().settings, listen } });
const targeting = (target: string): Partial<Ir> => ({
  backends: [{ kind: "http", name: "b", targets: [text(target)], traffic: { timeouts: waiting(1) }, span: span() }],
});
const hosting = (host: string): Partial<Ir> => ({ settings: { ...ir().settings, hosts: [text(host)] } });
const identity = (keys: JwtIdentity["keys"]): Partial<Ir> => ({
  secrets: ["KEY"],
  identities: [
    {
      kind: "jwt",
      name: "A",
      issuer: text("i"),
      audience: [text("a")],
      clients: [],
      algorithms: ["HS256"],
      keys,
      headers: [],
      subject: "sub",
      leeway: 0,
      claims: [],
      span: span(),
    },
  ],
});
const long = "s".repeat(32);

describe("what a deployment brings", () => {
  test("nothing is asked of a program that asks for nothing", () => {
    expect(problems(ir(), {}, "ignored")).toEqual([]);
  });

  test("all problems are said at once, and no secret in them", () => {
    const program = ir({
      ...identity({ kind: "secret", secret: "KEY" }),
      ...declared(int),
      stages: ["dev"],
      ...hosting("a b"),
      ...targeting("ftp://x"),
    });
    expect(problems(program, { KEY: "too-short", X: "1.5" }, "prod")).toEqual([
      "`STAGE` is `prod`, which is no stage of this gateway: set it to one of `dev`",
      "`X` is `1.5` in the environment: expected a whole number",
      "a target of backend `b` is `ftp://x`: expected `http://HOST[:PORT][/BASE]` or the same with `https`, without a query",
      "`host` is `a b`: expected a host name or address without a port",
      "`KEY`, the secret of identity `A`, is too short for HS256: set it to at least 32 bytes",
    ]);
  });

  test.each([
    [{}, "not set"],
    [{ KEY: "" }, "empty"],
  ])("a secret must be set and not empty: %j", (variables, said) => {
    expect(problems(ir({ secrets: ["KEY"] }), variables)).toEqual([`the secret \`KEY\` is ${said} in the environment`]);
  });

  test("names of the object's own kind are not taken for variables", () => {
    expect(problems(ir({ secrets: ["constructor"], environment: [{ name: "toString", type: string, span: span() }] }))).toHaveLength(2);
  });

  test("a value of the program stands in where none is set, and only there", () => {
    const program = ir({ ...declared(int, constant(int, 81)), ...listening(env("X", int)) });
    const port = (variables: Variables): unknown => {
      const started = startIr(program)({ stage: undefined, variables });
      return "problems" in started ? started.problems[0] : started.settings.port;
    };
    expect([port({}), port({ X: "82" }), port({ X: "" })]).toEqual([81, 82, "`X` is `` in the environment: expected a whole number"]);
  });

  test("values may depend on the stage", () => {
    const byStage = expr(int, { op: "stageValue", values: { dev: constant(int, 1), prod: constant(int, 2) } });
    const started = startIr(ir({ stages: ["dev", "prod"], ...declared(int, byStage), ...listening(env("X", int)) }));
    const ports = ["dev", "prod"].map((stage) => {
      const one = started({ stage, variables: {} });
      return "problems" in one ? one.problems : one.settings.port;
    });
    expect(ports).toEqual([1, 2]);
  });

  test.each([
    [-1, 1],
    [0, 0],
    [65_535, 0],
    [65_536, 1],
    [80.5, 1],
  ])("port %d", (port, count) => {
    expect(problems(ir(listening(constant(int, port))))).toHaveLength(count);
  });

  test.each([
    ["http://10.0.0.1:8080", 0],
    ["http://a.example/base/path", 0],
    ["http://[::1]:80/", 0],
    ["https://a.example", 0],
    ["ftp://a.example", 1],
    ["http://a.example?x=1", 1],
    ["http://a.example/b?x", 1],
    ["http://user@a.example", 1],
    ["http://a.example:0", 1],
    ["http://a.example/b c", 1],
    ["a.example", 1],
  ])("target %s", (target, count) => {
    expect(problems(ir(targeting(target)))).toHaveLength(count);
  });

  test.each([
    ["A.example", 0],
    ["a.example.", 1],
    ["a.example:80", 1],
    ["[::1]", 0],
    ["", 1],
  ])("host %s", (host, count) => {
    expect(problems(ir(hosting(host)))).toHaveLength(count);
  });

  test("a secret of 32 bytes is long enough, counted in bytes", () => {
    const program = ir(identity({ kind: "secret", secret: "KEY" }));
    expect(["s".repeat(31), long, "é".repeat(16)].map((KEY) => problems(program, { KEY }).length)).toEqual([1, 0, 0]);
  });

  test.each([
    ["https://a/jwks", 0],
    ["not a url", 1],
  ])("keys from %s", (url, count) => {
    expect(problems(ir(identity({ kind: "url", url: text(url) })), { KEY: long })).toHaveLength(count);
  });
});

describe("text of the environment by type", () => {
  const value = (type: Type, given: string): unknown => {
    const program = ir({ ...declared(type), backends: [], stages: [], routes: [], ...listening(constant(int, 1)) });
    const list = problems(program, { X: given });
    return list.length === 0 ? "good" : list[0]?.replace(/^.*expected /, "");
  };
  test.each<[Type, readonly string[], readonly string[]]>([
    [{ kind: "bool" }, ["true", "false"], ["True", "1", ""]],
    [int, ["0", "-5", "1_000", "007", "9007199254740991"], ["1__0", "_1", "1.0", "9007199254740992", "+1", "1e3"]],
    [{ kind: "int", min: 1, max: 5 }, ["1", "5"], ["0", "6"]],
    [{ kind: "decimal" }, ["1.5", "-0.25", "3"], [".5", "5.", "1e5", "NaN"]],
    [string, ["", " a ", "\u2028"], []],
    [{ kind: "string", minLength: 1, maxLength: 2, pattern: "^\\p{L}+$" }, ["é", "ab"], ["", "abc", "1"]],
    [{ kind: "duration" }, ["30s", "0.5s", "1_000ms", "2d", "1.5h"], ["30", "0.5ms", "-1s", "1 s", "1w"]],
    [{ kind: "size" }, ["1MiB", "512B", "0.5KiB"], ["1MB", "0.3B", "1 KiB"]],
    [{ kind: "percent" }, ["0%", "99.5%", "100%"], ["101%", "-1%", "5"]],
    [{ kind: "url" }, ["http://a", "https://a.example:80/b?c=d"], ["ftp://a", "http://", "http://a b", "//a"]],
    [{ kind: "arn" }, ["arn:aws:s3:::bucket", "arn:aws-cn:iam::111122223333:role/x"], ["arn:s3", "aws:arn:s3:::b"]],
    [{ kind: "accountId" }, ["111122223333"], ["11112222333", "11112222333a"]],
    [{ kind: "uuid" }, ["00000000-0000-4000-8000-00000000000A"], ["00000000-0000-4000-8000-0000000000"]],
    [{ kind: "ip" }, ["10.0.0.1", "::1", "::ffff:1.2.3.4"], ["010.0.0.1", "10.1", "fe80::1%eth0", "10.0.0.1/32"]],
    [{ kind: "literals", values: ["a", 2.5] }, ["a", "2.5"], ["b", "2.50"]],
    [{ kind: "newtype", name: "Port", base: { kind: "int", max: 9 } }, ["9"], ["10"]],
  ])("%j", (type, good, bad) => {
    for (const one of good) expect([one, value(type, one)]).toEqual([one, "good"]);
    for (const one of bad) expect([one, value(type, one)]).not.toEqual([one, "good"]);
  });
});

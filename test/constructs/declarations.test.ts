import { describe, expect, test } from "vitest";
import { declared } from "./declared.ts";

const told = async (text: string, others: Readonly<Record<string, string>> = {}): Promise<readonly string[]> =>
  (await declared(text, others)).told;

describe("the edition", () => {
  test("is missing where a file does not start with it, and one edit repairs that", async () => {
    const { findings } = await declared('import "./b.gwl"', { "b.gwl": "let a = 1\n" });
    expect(findings.map(({ code, span }) => `${code} ${span.file}`)).toEqual(["GWL3601 b.gwl"]);
    expect(findings[0]?.fixes[0]?.edits).toEqual([{ span: { file: "b.gwl", start: 0, end: 0 }, text: "gwl 1\n\n" }]);
  });

  test.each([
    ["let a = 1\ngwl 1", ['GWL3602 "gwl": the edition is said once, on the first line']],
    ["gwl 1", ['GWL3602 "gwl": the edition is said once, on the first line']],
  ])("stands once and first: %j", async (text, expected) => {
    expect(await told(text)).toEqual(expected);
  });

  test.each([
    ["gwl 2", 'GWL3603 "2": this compiler does not know edition `2` of GWL'],
    ["gwl one", 'GWL3603 "one": this compiler does not know edition `one` of GWL'],
    ["gwl", 'GWL2201 "": `gwl` needs the number of the edition here, found the end of the line'],
    ["gwl 1 beta", 'GWL2202 "beta": this `gwl` is complete before `beta`'],
  ])("is one that is known: %s", async (line, expected) => {
    expect(await told('import "./b.gwl"', { "b.gwl": line })).toEqual([expected]);
  });
});

describe("an import", () => {
  test.each([
    ["import", 'GWL2201 "": `import` needs names in braces, or a file in quotes here, found the end of the line'],
    ["import { a }", 'GWL2201 "": `import` needs `from` here, found the end of the line'],
    ['import a from "./b.gwl"', 'GWL2201 "a": `import` needs names in braces, or a file in quotes here, found `a`'],
    ['import "./b.gwl" as b', 'GWL2202 "as": this `import` is complete before `as`'],
    ['import { a as b } from "./b.gwl"', 'GWL2206 "a as b": `a as b` cannot stand in the names of an import'],
  ])("%s is told", async (text, expected) => {
    expect(await told(text, { "b.gwl": "gwl 1\nlet a = 1" })).toContain(expected);
  });
});

describe("a constant", () => {
  test("is put where it is named, in any order", async () => {
    const { program, told: findings } = await declared("env A: Int = B\nlet B: Int 1..9 = C\nlet C = 5");
    expect(findings).toEqual([]);
    expect(program.environment[0]?.value).toMatchObject({ op: "const", value: 5 });
  });

  test.each([
    ["let", 'GWL2201 "": `let` needs a name here, found the end of the line'],
    ["let A 5", 'GWL2201 "5": `let` needs `=` here, found `5`'],
    ["let A =", undefined],
    ["let A: Int 1..4 = 5", 'GWL2402 "5": `5` is no value of `Int 1..4`'],
    ["let A = method", undefined],
    ["let A = A", 'GWL2063 "A": `A` is declared in terms of itself'],
    ["let method = GET", 'GWL2053 "method": `method` is a name of the language and cannot be declared'],
  ])("%s is told", async (text, expected) => {
    const found = await told(text);
    expect(found).toHaveLength(1);
    if (expected !== undefined) expect(found[0]).toContain(expected);
  });
});

describe("an environment value", () => {
  test("has a type, and a value for each stage", async () => {
    const { program, told: findings } = await declared(
      '/// Where.\nenv HOST: String = stage { prod: "p", dev: "d" }\nenv PORT: Int 1..65535',
    );
    expect(findings).toEqual([]);
    expect(program.stages).toEqual(["dev", "prod"]);
    expect(program.environment).toMatchObject([
      {
        name: "HOST",
        type: { kind: "string" },
        value: { op: "stageValue", values: { dev: { value: "d" }, prod: { value: "p" } } },
        doc: "Where.",
      },
      { name: "PORT", type: { kind: "int", min: 1, max: 65_535 } },
    ]);
    expect(program.environment[1]).not.toHaveProperty("value");
  });

  test("says which stages lack a value, and where they are named", async () => {
    const { findings } = await declared("env A: Int = stage { dev: 1, prod: 2 }\nenv B: Int = stage { dev: 1 }");
    expect(findings.map(({ code, related }) => [code, related.map(({ message }) => message)])).toEqual([
      ["GWL2416", ["`prod` is a stage here"]],
    ]);
  });

  test.each(["Network", "Regex", "Set<String>", "{ a: Int }", "Rate", "Time", "TimeOfDay", "Method", "Int?", "List<Int>"])(
    "cannot be a %s",
    async (type) => {
      expect((await told(`env A: ${type}`)).map((line) => line.slice(0, 7))).toEqual(["GWL3604"]);
    },
  );

  test.each([
    "Bool",
    "Int",
    "Decimal",
    "String max 4",
    "Duration",
    "Size",
    "Percent",
    "Url",
    "Arn",
    "AccountId",
    "Uuid",
    "Ip",
    '"a" | "b"',
    "Port",
  ])("can be a %s", async (type) => {
    expect(await told(`env A: ${type}\ntype Port = Int 1..9`)).toEqual([]);
  });
});

describe("a secret", () => {
  test("is a name, and its kind is told", async () => {
    expect((await declared("secret K: String")).program.secrets).toMatchObject([{ name: "K" }]);
    expect(await told("secret K: Int")).toEqual(['GWL3605 "Int": a secret is a String, a KeyStore or a UserStore, not `Int`']);
    expect((await declared("secret K: KeyStore")).program.secrets).toMatchObject([{ name: "K", kind: "keyStore" }]);
    expect(await told("secret K")).toEqual(['GWL2201 "": `secret` needs `:` here, found the end of the line']);
  });

  test("cannot be named in an expression", async () => {
    expect((await told("secret K: String\nlet A = K")).map((line) => line.slice(0, 7))).toEqual(["GWL2303"]);
  });
});

describe("a type", () => {
  test("may be used before it is declared, and holds no circle", async () => {
    expect(await told("type A = { b: B }\ntype B = String max 4")).toEqual([]);
    expect((await told("type A = { b: B }\ntype B = { a: A? }")).map((line) => line.slice(0, 7))).toEqual(["GWL2117"]);
    expect(await told("type A")).toEqual(['GWL2201 "": `type` needs `=` here, found the end of the line']);
    expect(await told("type String = Int")).toEqual(['GWL2053 "String": `String` is a name of the language and cannot be declared']);
    expect((await told("type A = Strin")).map((line) => line.slice(0, 7))).toEqual(["GWL2102"]);
  });
});

describe("a tag", () => {
  test("lists its values", async () => {
    expect((await declared('tag data: "public" | "pii"')).program.tags).toMatchObject([{ name: "data", values: ["public", "pii"] }]);
    expect((await declared('tag one: "only"')).program.tags).toMatchObject([{ values: ["only"] }]);
    expect(await told("tag data: String")).toEqual(['GWL3606 "String": the values of a tag are texts that are listed']);
    expect(await told("tag data: 1 | 2")).toEqual(['GWL3606 "1 | 2": the values of a tag are texts that are listed']);
    expect(await told("tag data")).toEqual(['GWL2201 "": `tag` needs `:` here, found the end of the line']);
  });
});

describe("a policy", () => {
  test("has parameters with types and defaults, and rules", async () => {
    const { program, told: findings } = await declared(
      '/// Only from inside.\npolicy inside(net: Network = office, why: String = "x") overridable {\n  deny when not (client.ip in net) and (header("X") ?? "") == why because "outside"\n}\nnetwork office { 10.0.0.0/8 }',
    );
    expect(findings).toEqual([]);
    expect(program.policies).toMatchObject([
      {
        name: "inside",
        overridable: true,
        doc: "Only from inside.",
        parameters: [
          { name: "net", type: { kind: "network" }, value: { op: "network", name: "office" } },
          { name: "why", type: { kind: "string" }, value: { op: "const", value: "x" } },
        ],
        statements: [{ kind: "rule", effect: "deny", because: "outside" }],
      },
    ]);
    expect(program.policies[0]?.parameters[0]).not.toHaveProperty("shape");
  });

  test.each([
    ["policy p { }", 'GWL3612 "p": `p` says nothing'],
    ["policy p(x: Int) { deny when method == GET }", 'GWL3611 "x": `p` never reads its parameter `x`'],
    ["policy p(x: Int, x: Int) { deny when x > 1 }", 'GWL3613 "x": the policy has two parameters `x`'],
    ['policy p(path: String) { deny when path == "/" }', 'GWL3610 "path": a parameter cannot be called `path`'],
    ["policy p { use p }", 'GWL2063 "p": `p` is declared in terms of itself'],
    ['policy p { public because "x" }', 'GWL2204 "public": `public` stands'],
    ["policy p { listen 80 }", 'GWL2204 "listen": `listen` stands in a `gateway`, in an `entry` or in `observe`, not in a `policy`'],
    ["policy p { alow }", 'GWL2203 "alow": no statement starts with `alow` in a `policy`'],
    ["policy p { manage x }", 'GWL2205 "manage": `manage` is not supported yet'],
    ["policy p { x: 1 }", 'GWL2206 "x: 1": the setting `x: 1` cannot stand in a `policy`'],
    ["policy p(Int) { deny }", 'GWL2201 "Int": `a parameter` needs'],
    ["policy P { deny }", 'GWL2052 "P": the name of a policy starts with a lower-case letter'],
    ['policy p { deny when params.id == "1" }', undefined],
    ['policy p { deny when body.x == "1" }', undefined],
  ])("%s is told", async (text, expected) => {
    const found = await told(text);
    expect(found).toHaveLength(1);
    if (expected !== undefined) expect(found[0]?.startsWith(expected), found[0]).toBe(true);
  });

  test("tells a circle of policies with the way round", async () => {
    const { findings } = await declared("policy a { use b }\npolicy b { use c }\npolicy c { use a }");
    expect(findings.map(({ code, label }) => [code, label])).toEqual([["GWL2063", "`a` needs `b` needs `c` needs `a`"]]);
  });
});

describe("a word", () => {
  test.each([
    ["fallback x", 'GWL2203 "fallback": no statement starts with `fallback` at the top level of a file'],
    ["netwrok a { 10.0.0.0/8 }", 'GWL2203 "netwrok": no statement starts with `netwrok` at the top level of a file'],
    ["manage { allow view }", 'GWL2205 "manage": `manage` is not supported yet'],
    ['invariant "x" { true }', 'GWL2205 "invariant": `invariant` is not supported yet'],
    ["listen 8080", 'GWL2204 "listen": `listen` stands in a `gateway`, in an `entry` or in `observe`, not at the top level of a file'],
    ["name: 1", 'GWL2206 "name: 1": the setting `name: 1` cannot stand at the top level of a file'],
    ["10.0.0.0/8", 'GWL2206 "10.0.0.0/8": `10.0.0.0/8` cannot stand at the top level of a file'],
    ["network { 10.0.0.0/8 }", 'GWL2201 "{ 10.0.0.0/8 }": `network` needs a name here, found `{`'],
    ["backend = http { }", 'GWL2201 "=": `backend` needs a name here, found `=`'],
  ])("%s is told", async (text, expected) => {
    expect(await told(text)).toEqual([expected]);
  });

  test("that is misspelt is recognised", async () => {
    expect((await declared("netwrok a { 10.0.0.0/8 }")).findings[0]?.help).toBe("did you mean `network`?");
  });
});

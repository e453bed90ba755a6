import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nodeHost } from "../../compiler/cli/node-host.ts";
import { compile } from "../../compiler/index.ts";
import { compileFiles } from "../harness/compile-files.ts";
import { ROOT } from "../laws/source-files.ts";

const GOOD = 'gwl 1\ngateway g { listen 8080 }\nGET "/" { public because "all may", respond 200 }\n';

describe("a compilation", () => {
  test("gives a program, its IR and code, and times each step", async () => {
    const { compilation, diagnostics } = await compileFiles([{ file: "m.gwl", text: GOOD }], "emit");
    expect(diagnostics).toEqual([]);
    expect(compilation.program.gateway?.children).toHaveLength(1);
    expect(compilation.ir?.routes).toHaveLength(1);
    expect(compilation.module?.handler).toContain("m.gwl:3");
    expect(compilation.timings.map(({ step }) => step)).toEqual(["parse", "load", "bind", "check", "lower", "analyze", "emit"]);
    expect(compilation.timings.every(({ milliseconds }) => milliseconds >= 0)).toBe(true);
  });

  test("lowers nothing that has an error, and still gives what could be read", async () => {
    const { compilation, diagnostics } = await compileFiles([{ file: "m.gwl", text: `${GOOD}network n { 10.0.0.1/8 }` }], "emit");
    expect(diagnostics.map(({ code }) => code)).toEqual(["GWL3104"]);
    expect(compilation.ir).toBeUndefined();
    expect(compilation.module).toBeUndefined();
    expect(compilation.program.gateway?.name).toBe("g");
  });

  test("may have no gateway when it is checked, but not when it is built", async () => {
    const library = [{ file: "m.gwl", text: "gwl 1\nlet a = 1\n" }];
    expect((await compileFiles(library)).diagnostics).toEqual([]);
    expect((await compileFiles(library, "emit")).diagnostics.map(({ code }) => code)).toEqual(["GWL2072"]);
  });

  test("has one gateway", async () => {
    const { diagnostics } = await compileFiles([{ file: "m.gwl", text: `${GOOD}gateway h { }` }]);
    expect(diagnostics.map(({ code, related }) => [code, related.map(({ message }) => message)])).toEqual([
      ["GWL2071", ["first declared here"]],
    ]);
  });

  test("gives the findings of all stages in reading order", async () => {
    const { diagnostics } = await compileFiles([
      { file: "m.gwl", text: 'gwl 1\nnetwork n { 10.0.0.1/8 }\nimport { x } from "./b.gwl"\nlet s = "open\nlet n = 1' },
      { file: "b.gwl", text: "gwl 1\nlet y = 1 +\n" },
    ]);
    expect(diagnostics.map(({ code, span }) => `${code} ${span.file}`)).toEqual([
      "GWL3104 m.gwl",
      "GWL2054 m.gwl",
      "GWL1102 m.gwl",
      "GWL2051 m.gwl",
      "GWL1301 b.gwl",
    ]);
  });

  test("compiles the shop without a word of complaint", async () => {
    const { value, diagnostics } = await compile(join(ROOT, "examples/shop/gateway.gwl"), nodeHost(ROOT), "check");
    expect(diagnostics.filter(({ severity }) => severity !== "note").map(({ code, message }) => `${code} ${message}`)).toEqual([]);
    expect(value.program.stages).toEqual(["dev", "prod"]);
  });

  test("makes a bundle", async () => {
    const { value } = await compile(join(ROOT, "examples/shop/gateway.gwl"), nodeHost(ROOT), {
      runtime: join(ROOT, "runtime"),
      compiler: "gwl test",
    });
    expect(value.bundle?.files.map(({ path }) => path)).toContain("server.js");
    expect(value.bundle?.manifest.inputs.map(({ file }) => file)).toContain("lists/abuse.netset");
    expect(value.bundle?.served.routes[0]?.at).toMatch(/^gateway\.gwl:\d+$/);
  });
});

describe("what nobody uses", () => {
  const unused = async (
    text: string,
    others: readonly { readonly file: string; readonly text: string }[] = [],
  ): Promise<readonly string[]> =>
    (await compileFiles([{ file: "m.gwl", text: `${GOOD}${text}` }, ...others])).diagnostics.map(
      ({ message, tags }) => `${message} ${tags.join()}`,
    );

  test.each([
    ["let a = 1", "nobody uses the constant `a` unused"],
    ["env A: Int", "nobody uses the environment value `A` unused"],
    ["secret a: String", "nobody uses the secret `a` unused"],
    ["network _a { 10.0.0.0/8 }".replace("_", ""), "nobody uses the network `a` unused"],
    ["type A = Int", "nobody uses the type `A` unused"],
    ["backend a = respond { status: 200 }", "nobody uses the backend `a` unused"],
    ['tag a: "x"', "nobody uses the tag `a` unused"],
    ["policy a { deny }", "nobody uses the policy `a` unused"],
    ["let _a = 1", "nobody uses the constant `_a` unused"],
  ])("is told: %s", async (text, expected) => {
    expect(await unused(text)).toEqual([expected]);
  });

  test("does not count what only another unused declaration names", async () => {
    expect(await unused("let a = 1\nlet b = a")).toEqual(["nobody uses the constant `b` unused"]);
  });

  test("is told of a library only where the whole program leaves it alone", async () => {
    const library = {
      file: "b.gwl",
      text: 'gwl 1\npolicy used { deny when client.ip in n because "x" }\nnetwork n { 10.0.0.0/8 }\nnetwork m { 10.0.0.0/8 }\n',
    };
    const text = 'import { used } from "./b.gwl"\nGET "/2" { public because "x", use used, respond 200 }';
    expect(await unused(text, [library])).toEqual(["nobody uses the network `m` unused"]);
  });

  test("is told of an import where it stands, and then not of the declaration", async () => {
    expect(await unused('import { a } from "./b.gwl"', [{ file: "b.gwl", text: "gwl 1\nlet a = 1\n" }])).toEqual([
      "`a` is imported and not used in this file unused",
    ]);
  });

  test("is not told of a program with errors, since the broken line may be the one that uses it", async () => {
    expect(await unused("let a = 1\nlet b = a +")).toHaveLength(1);
  });

  test("is not told of names that only facts about routes and callers use", async () => {
    const library = {
      file: "b.gwl",
      text: 'gwl 1\ntag data: "pii" | "none"\nsecret k: String\nidentity I = jwt { issuer: "i", audience: "a", algorithms: [HS256], secret: k }\n',
    };
    const text =
      'import { data, I } from "./b.gwl"\nimport { strict } from "./p.gwl"\napi x at "/x" { accept I, tags { data: "pii" }, apply strict to routes where tag.data == "pii", GET "/" { allow, respond 200 } }';
    const policies = { file: "p.gwl", text: 'gwl 1\nimport { I } from "./b.gwl"\npolicy strict { require principal is I because "x" }\n' };
    expect(await unused(text, [library, policies])).toEqual([]);
  });

  test("an identity that a file does not import is not seen there", async () => {
    const library = {
      file: "b.gwl",
      text: 'gwl 1\nsecret k: String\nidentity I = jwt { issuer: "i", audience: "a", algorithms: [HS256], secret: k }\n',
    };
    const text =
      'import "./b.gwl"\npolicy strict { require principal is I because "x" }\nGET "/2" { public because "x", use strict, respond 200 }';
    expect(await unused(text, [library])).toEqual(["there is no identity `I` here "]);
  });
});

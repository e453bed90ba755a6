import { describe, expect, test } from "vitest";
import { bind } from "../../compiler/bind/bind.ts";
import type { BoundProgram } from "../../compiler/bind/bound-program.ts";
import { RESERVED_VALUES } from "../../compiler/bind/name-rules.ts";
import { FUNCTION_NAMES } from "../../compiler/check/expressions/function-names.ts";
import { ROOT_NAMES } from "../../compiler/check/expressions/root.ts";
import { load } from "../../compiler/load/load.ts";
import { parseSource } from "../../grammar/index.ts";
import type { Diagnostic } from "../../grammar/source/diagnostic.ts";
import { memoryHost } from "../harness/memory-host.ts";

type Bound = { readonly bound: BoundProgram; readonly told: readonly string[]; readonly diagnostics: readonly Diagnostic[] };

function binding(texts: Readonly<Record<string, string>>): Bound {
  const host = memoryHost(Object.fromEntries(Object.entries(texts).map(([file, text]) => [`/p/${file}`, text])));
  const { value: bound, diagnostics } = bind(load(`/p/${Object.keys(texts)[0]}`, host, parseSource).value);
  return { bound, diagnostics, told: diagnostics.map(({ code, span, message }) => `${code} ${span.file}:${span.start} ${message}`) };
}

describe("names", () => {
  test("of different namespaces may be equal", () => {
    const { told, bound } = binding({
      "m.gwl": 'backend orders = http { }\napi orders at "/o" { }\npolicy orders { }\ntag orders: "a"\nnetwork orders { }',
    });
    expect(told).toEqual([]);
    expect(bound.declarations.map(({ kind, name }) => `${kind} ${name.name}`)).toEqual([
      "backend orders",
      "api orders",
      "policy orders",
      "tag orders",
      "network orders",
    ]);
  });

  test.each([
    ["let a = 1\nlet a = 2", "GWL2051 m.gwl:14 `a` is already the name of another constant"],
    ["let a = 1\nnetwork a { }", "GWL2051 m.gwl:18 `a` is already the name of a constant"],
    ["identity A = jwt { }\ntype A = Int", "GWL2051 m.gwl:26 `A` is already the name of an identity"],
    ["policy p { }\npolicy p(x: Int) { }", "GWL2051 m.gwl:20 `p` is already the name of another policy"],
  ])("%j is a duplicate", (text, expected) => {
    const { told, diagnostics } = binding({ "m.gwl": text });
    expect(told).toEqual([expected]);
    expect(diagnostics[0]?.related.map(({ message }) => message)).toEqual(["first declared here"]);
  });

  test("are unique in the program, constants in their file", () => {
    expect(binding({ "m.gwl": 'import "./b.gwl"\nnetwork n { }', "b.gwl": "network n { }" }).told).toEqual([
      "GWL2051 b.gwl:8 `n` is already the name of another network",
    ]);
    expect(binding({ "m.gwl": 'import "./b.gwl"\nlet n = 1', "b.gwl": "let n = 2" }).told).toEqual([]);
    expect(binding({ "m.gwl": 'import { n } from "./b.gwl"\nlet n = 1', "b.gwl": "let n = 2" }).told).toEqual([
      "GWL2051 m.gwl:9 `n` is already the name of another constant",
    ]);
  });

  test.each([
    ["type order = Int", "GWL2052 m.gwl:5 the name of a type starts with an upper-case letter"],
    ["backend Orders = http { }", "GWL2052 m.gwl:8 the name of a backend starts with a lower-case letter"],
    ["network _n { }", "GWL2052 m.gwl:8 the name of a network starts with a lower-case letter"],
    ["let method = GET", "GWL2053 m.gwl:4 `method` is a name of the language and cannot be declared"],
    ["env body: String", "GWL2053 m.gwl:4 `body` is a name of the language and cannot be declared"],
    ["type List = Int", "GWL2053 m.gwl:5 `List` is a name of the language and cannot be declared"],
  ])("%s is refused", (text, expected) => {
    expect(binding({ "m.gwl": text }).told).toEqual([expected]);
  });

  test.each([...ROOT_NAMES, ...FUNCTION_NAMES])("%s is a name of the language, which no value may take", (name) => {
    expect(RESERVED_VALUES.has(name)).toBe(true);
  });

  test.each(["let LARGE = 1", "let large = 1", "env Large: Int", "secret kEY: String", "backend method = http { }"])(
    "%s is fine",
    (text) => {
      expect(binding({ "m.gwl": text }).told).toEqual([]);
    },
  );
});

describe("an import of names", () => {
  const seen = (bound: BoundProgram, file: string): readonly string[] =>
    Object.entries(bound.scopes.get(file)?.visible ?? {}).flatMap(([namespace, names]) =>
      [...names.keys()].map((name) => `${namespace} ${name}`),
    );

  test("shows what the other file declares under the name, and nothing else", () => {
    const { bound, told } = binding({
      "m.gwl": 'import { a, B } from "./b.gwl"\nlet own = 1',
      "b.gwl": "let a = 1\nbackend a = http { }\ntype B = Int\nlet c = 2",
    });
    expect(told).toEqual([]);
    expect(seen(bound, "m.gwl").toSorted()).toEqual(["backend a", "type B", "value a", "value own"]);
  });

  test("is not needed for tags and apis: they are facts about routes, which all files may read", () => {
    const { bound } = binding({
      "m.gwl": 'import { p } from "./b.gwl"',
      "b.gwl": 'policy p { }\ntag t: "x"\napi a at "/a" { }\nlet c = 1',
    });
    expect(seen(bound, "m.gwl").toSorted()).toEqual(["api a", "policy p", "tag t"]);
  });

  test.each([
    ['import { wroks } from "./b.gwl"', "`b.gwl` does not declare `wroks`", "did you mean `works`?"],
    [
      'import { other } from "./b.gwl"',
      "`b.gwl` does not declare `other`",
      "`other` is declared in `c.gwl`: import it from there, names are not passed on",
    ],
    [
      'import { nothing_like_it } from "./b.gwl"',
      "`b.gwl` does not declare `nothing_like_it`",
      "declare it there, or take it out of this import",
    ],
  ])("%s is told", (text, message, help) => {
    const { diagnostics } = binding({
      "m.gwl": text,
      "b.gwl": 'import { other } from "./c.gwl"\nlet works = other',
      "c.gwl": "let other = 1",
    });
    expect(diagnostics.map((found) => [found.code, found.message, found.help])).toEqual([["GWL2054", message, help]]);
  });

  test("twice is told once", () => {
    const { told } = binding({ "m.gwl": 'import { a, a } from "./b.gwl"', "b.gwl": "let a = 1" });
    expect(told).toEqual(["GWL2056 m.gwl:12 `a` is imported twice"]);
  });
});

describe("a program over several files", () => {
  test("takes in what is imported as a whole, and what that takes in", () => {
    const { bound } = binding({
      "m.gwl": 'import "./a.gwl"\nimport { x } from "./b.gwl"',
      "a.gwl": 'import "./c.gwl"',
      "b.gwl": 'import "./d.gwl"\nlet x = 1',
      "c.gwl": "",
      "d.gwl": "",
    });
    expect([...bound.takenIn].toSorted()).toEqual(["a.gwl", "c.gwl", "m.gwl"]);
  });

  test("warns of routes in a file that is imported for its names only", () => {
    const { told } = binding({ "m.gwl": 'import { x } from "./b.gwl"', "b.gwl": 'let x = 1\nGET "/" { allow }\nGET "/2" { allow }' });
    expect(told).toEqual(["GWL2057 b.gwl:10 this route is not part of the program: `b.gwl` is imported for its names only"]);
  });
});

describe("stages", () => {
  test("are all names in any `stage { }`, with the first place of each", () => {
    const { bound } = binding({
      "m.gwl":
        'import "./b.gwl"\nenv A: Int = stage { prod: 1, dev: 2 }\ngateway g { host: stage { test: "a" } }\napi a at "/" { tags { data: stage { deep: "x" } } }',
      "b.gwl": "let b = concat(stage { late: 1 })\nlet stage_like = 1\nuse p(x: stage { dev: 1 })",
    });
    expect([...bound.stages].map(([name, { file }]) => `${name} ${file}`)).toEqual([
      "deep m.gwl",
      "dev m.gwl",
      "late b.gwl",
      "prod m.gwl",
      "test m.gwl",
    ]);
  });
});

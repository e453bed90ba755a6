import { describe, expect, test } from "vitest";
import { checkProgram } from "../../compiler/check/program/index.ts";
import type { Program, Route, Segment } from "../../compiler/model/program.ts";
import type { Type } from "../../compiler/model/types.ts";
import { ownTime } from "../harness/own-time.ts";

const at = { file: "main.gwl", start: 0, end: 0 };
const STRING: Type = { kind: "string" };
const int = (min: number, max: number): Type => ({ kind: "int", min, max });
const matching = (pattern: string): Type => ({ kind: "newtype", name: pattern, base: { kind: "string", pattern } });
const literal = (text: string): Segment => ({ kind: "literal", text });
const param = (type: Type): Segment => ({ kind: "param", name: "p", type });

function route(path: readonly Segment[], method: Route["method"], place: number): Route {
  const span = { ...at, start: place };
  return {
    level: "route",
    key: `${method} ${place}`,
    method,
    at: path,
    tags: {},
    transforms: [],
    span,
    access: [{ kind: "public", site: 0, because: "x" }],
    target: { kind: "respond", response: { status: 200, headers: [], body: "" } },
  };
}

function findings(paths: readonly (readonly Segment[])[], method: (place: number) => Route["method"] = () => "GET") {
  const children = paths.map((path, place) => route(path, method(place), place));
  const limits = {
    body: 1,
    headers: 1,
    headerField: 1,
    target: 1,
    headerCount: 1,
    jsonDepth: 1,
    jsonKeys: 1,
    headerTimeout: 1,
    bodyTimeout: 1,
    idleTimeout: 1,
  };
  const program: Program = {
    edition: 1,
    inputs: [],
    stages: [],
    environment: [],
    secrets: [],
    networks: [],
    documents: [],
    identities: [],
    backends: [],
    tags: [],
    policies: [],
    entries: [],
    tests: [],
    sites: [{ kind: "public", span: at, label: "public" }],
    gateway: {
      level: "gateway",
      name: "g",
      listen: { op: "const", value: 1, type: { kind: "int" }, span: at },
      hosts: [],
      trustProxies: [],
      limits,
      paths: { trailingSlash: "ignore", dotSegments: "refuse", emptySegments: "refuse", semicolons: "refuse" },
      explainRefusals: false,
      tags: {},
      access: [],
      transforms: [],
      span: at,
      children,
    },
  };
  return checkProgram(program).map(({ code, label, span, related }) => ({ code, label, places: [span.start, related[0]?.span.start] }));
}

const labels = (...paths: readonly (readonly Segment[])[]): readonly (string | undefined)[] => findings(paths).map(({ label }) => label);

describe("two routes that one request fits equally well", () => {
  test("are shown with such a request", () => {
    expect(labels([literal("a"), param(int(1, 5))], [literal("a"), param(int(5, 9))])).toEqual(["`GET /a/5` fits both"]);
    expect(labels([param(matching("^ord_[0-9]{3}$"))], [param(matching("^[a-z_0-9]+$"))])).toEqual(["`GET /ord_000` fits both"]);
    expect(labels([param({ kind: "uuid" })], [param({ kind: "string", maxLength: 36 })])).toEqual([
      "`GET /00000000-0000-0000-0000-000000000000` fits both",
    ]);
    expect(labels([param({ kind: "literals", values: ["de", "en"] })], [param({ kind: "literals", values: ["en", "fr"] })])).toEqual([
      "`GET /en` fits both",
    ]);
    expect(labels([param(int(10, 99))], [param(matching("7"))])).toEqual(["`GET /17` fits both"]);
    expect(labels([param(matching("^(?:ab)*$"))], [param({ kind: "string", minLength: 3 })])).toEqual(["`GET /abab` fits both"]);
    expect(labels([param({ kind: "ip" })], [param(matching(":"))])).toEqual(["`GET /::` fits both"]);
  });

  test("have an encoded example, and one that a request can have", () => {
    expect(labels([param(matching("^[ü/]x$"))], [param(matching("^..$"))])).toEqual(["`GET /%C3%BCx` fits both"]);
    expect(labels([param(matching("^[.]+$"))], [param(matching("^.*$"))])).toEqual(["`GET /...` fits both"]);
  });

  test("are told apart by what no value of both types can be", () => {
    expect(labels([param(int(1, 4))], [param(int(5, 9))])).toEqual([]);
    expect(labels([param(matching("^ord_"))], [param({ kind: "int" })])).toEqual([]);
    expect(labels([param({ kind: "uuid" })], [param({ kind: "ip" })])).toEqual([]);
    expect(labels([param(matching("^[a-z]{3}$"))], [param({ kind: "string", minLength: 4 })])).toEqual([]);
    expect(labels([param({ kind: "bool" })], [param({ kind: "literals", values: ["yes", "no"] })])).toEqual([]);
  });

  test("are told apart by any one segment", () => {
    expect(labels([param(int(1, 9)), param(int(1, 4))], [param(int(5, 7)), param(int(5, 9))])).toEqual([]);
    expect(labels([param(int(1, 9)), param(int(1, 4))], [param(int(5, 7)), param(int(4, 9))])).toEqual(["`GET /5/4` fits both"]);
    expect(labels([param(int(1, 9)), param(int(1, 4))], [param(int(1, 9)), param(int(4, 9))])).toEqual(["`GET /1/4` fits both"]);
  });

  test("are told apart by the kind of a segment: literal, typed, plain, Rest", () => {
    const kinds = [literal("a"), param(int(1, 9)), param(STRING), { kind: "rest", name: "r" } as const];
    expect(findings([...kinds.map((kind) => [kind]), [], ...kinds.map((kind) => [literal("x"), kind])])).toEqual([]);
  });

  test("are told apart by their methods, of which ANY is one", () => {
    const methods = ["GET", "HEAD", "POST", "ANY"] as const;
    expect(
      findings(
        methods.map(() => [param(int(1, 9))]),
        (place) => methods[place] ?? "GET",
      ),
    ).toEqual([]);
  });

  test("are refused where nothing shows them apart", () => {
    expect(labels([param(matching("^(?=a)b"))], [param(matching("^c"))])).toEqual(["no example found, but nothing shows that none exists"]);
  });
});

describe("a route that is there already", () => {
  test("is refused with the first one as the second place, whatever its parameters are called", () => {
    expect(
      findings([
        [literal("a"), param(STRING)],
        [literal("a"), { kind: "param", name: "other", type: STRING }],
      ]),
    ).toEqual([{ code: "GWL3204", label: "takes the same requests", places: [1, 0] }]);
    expect(findings([[literal("a:b")], [literal("a%3Ab")]]).map(({ code }) => code)).toEqual(["GWL3204"]);
  });
});

describe("many routes", () => {
  const count = 10_000;
  const places = Array.from({ length: count }, (_, place) => place);

  test("of one shape with types that differ are told apart in the time of a sort", () => {
    const started = ownTime();
    expect(findings(places.map((place) => [param(int(place * 10, place * 10 + 9))]))).toEqual([]);
    expect(findings(places.map((place) => [param({ kind: "literals", values: [`v${place}`, `w${place}`] })]))).toEqual([]);
    expect(findings(places.map((place) => [param(int(place % 100, place % 100)), param(int(place, place))]))).toEqual([]);
    expect(ownTime() - started).toBeLessThan(8_000);
  });

  test("of which two clash give that one finding", () => {
    const paths = places.map((place) => [literal(`r${place}`), param(int(0, 9))]);
    expect(findings([...paths, [literal("r77"), param(int(9, 12))]])).toEqual([
      { code: "GWL3205", label: "`GET /r77/9` fits both", places: [count, 77] },
    ]);
  });
});

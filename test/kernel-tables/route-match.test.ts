import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RouteData } from "../../runtime/contract/table-data.ts";
import { routeMatcher } from "../../runtime/kernel/route-match.ts";
import { textHash } from "../../runtime/kernel/text-hash.ts";
import { readInt } from "../../runtime/kernel/scalar-text.ts";
import type { Bound } from "../../runtime/kernel/call.ts";
import { opened } from "./opened-tables.ts";
import { ir, route } from "../emit/ir-builder.ts";

const bound = {} as Bound;

function matcher(...keys: readonly string[]): (request: string) => string {
  const tables = opened(ir({ routes: keys.map((key) => route(key)) }));
  const match = routeMatcher(tables, (at) => readersOf(tables.routes.at(at)));
  return (request) => {
    const [method = "", path = ""] = request.split(" ");
    const found = match(bound, method, path);
    if (found.kind === "found") return [keys[found.route], ...found.shown.map((value) => JSON.stringify(value))].join(" ");
    return found.kind === "method" ? `405 ${found.allow.join(",")}` : "404";
  };
}

function readersOf(data: RouteData): readonly (((text: string) => unknown) | undefined)[] {
  return data.path.flatMap((segment) =>
    segment.kind === "literal"
      ? []
      : [segment.kind === "param" && segment.reads === "int" ? (text: string) => readInt(text, -1000, 1000) : undefined],
  );
}

describe("choosing a route", () => {
  test("literal before typed before plain before the end of the path before the rest", () => {
    const match = matcher("GET /a/b", "GET /a/{n:Int}", "GET /a/{p}", "GET /a/{r:Rest}", "GET /a", "GET /{r:Rest}");
    expect(["/a/b", "/a/7", "/a/x", "/a", "/a/b/c", "/z/y", "/"].map((path) => match(`GET ${path}`))).toEqual([
      "GET /a/b",
      "GET /a/{n:Int} 7",
      'GET /a/{p} "x"',
      "GET /a",
      'GET /a/{r:Rest} "b/c"',
      'GET /{r:Rest} "z/y"',
      'GET /{r:Rest} ""',
    ]);
  });

  test("the left segment decides, and a dead end is left again", () => {
    const match = matcher("GET /a/{x}/c", "GET /{y}/b/{z}", "GET /{y}/b/d");
    expect(match("GET /a/b/c")).toBe('GET /a/{x}/c "b"');
    expect(match("GET /a/b/d")).toBe('GET /{y}/b/d "a"');
    expect(match("GET /a/b/e")).toBe('GET /{y}/b/{z} "a" "e"');
  });

  test("of two typed parameters that both fit, the segments behind decide", () => {
    const match = matcher("GET /{a:Int}/{c}", "GET /{b:Int}/lit");
    expect(match("GET /1/lit")).toBe("GET /{b:Int}/lit 1");
  });

  test("best path first, then the most specific method", () => {
    const match = matcher("ANY /a/b", "GET /a/{x}", "POST /a/b", "HEAD /h/{x}", "GET /h/i");
    expect(match("GET /a/b")).toBe("ANY /a/b");
    expect(match("POST /a/b")).toBe("POST /a/b");
    expect(match("HEAD /a/c")).toBe('GET /a/{x} "c"');
    expect(match("HEAD /h/i")).toBe("GET /h/i");
    expect(match("HEAD /h/j")).toBe('HEAD /h/{x} "j"');
  });

  test("a path that fits without its method: the methods of all routes that fit, in their order; a value that does not fit is not there", () => {
    const match = matcher("POST /a/b", "GET /a/{x}", "DELETE /a/{n:Int}", "ANY /any");
    expect(match("PATCH /a/b")).toBe("405 GET,HEAD,POST");
    expect(match("PATCH /a/7")).toBe("405 GET,HEAD,DELETE");
    expect(match("PROPFIND /any")).toBe("405 GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS");
    expect(match("get /a/x")).toBe("405 GET,HEAD");
    expect(match("GET /a/b/c")).toBe("404");
  });

  test("segments are compared decoded, parameters are decoded, the rest is handed on as it came", () => {
    const match = matcher("GET /a:b/{x}", "GET /files/{r:Rest}");
    expect(match("GET /a%3Ab/%C3%BC%20")).toBe('GET /a:b/{x} "ü "');
    expect(match("GET /files/%C3%BC/b")).toBe('GET /files/{r:Rest} "%C3%BC/b"');
  });

  test("equals a scan over all routes, compared kind by kind from the left", () => {
    const segment = fc.constantFrom("a", "b", "{n:Int}", "{p}");
    const path = fc
      .tuple(fc.array(segment, { maxLength: 3 }), fc.boolean())
      .map(([parts, rest]) => `/${[...parts, ...(rest ? ["{r:Rest}"] : [])].join("/")}`);
    const key = fc.tuple(fc.constantFrom("GET", "POST", "HEAD", "ANY"), path).map((parts) => parts.join(" "));
    const unique = fc.uniqueArray(key, { minLength: 1, maxLength: 12 });
    const request = fc.tuple(
      fc.constantFrom("GET", "POST", "HEAD", "PUT"),
      fc.array(fc.constantFrom("a", "b", "7", "x"), { maxLength: 4 }),
    );
    fc.assert(
      fc.property(unique, fc.array(request, { minLength: 10, maxLength: 10 }), (keys, requests) => {
        const match = matcher(...keys);
        for (const [method, parts] of requests) {
          const found = match(`${method} /${parts.join("/")}`)
            .split(" ")
            .slice(0, 2)
            .join(" ");
          expect(found.startsWith("405") ? "405" : found).toBe(scan(keys, method, parts));
        }
      }),
      { numRuns: 300 },
    );
  });

  test("none, one and two routes", () => {
    expect(matcher()("GET /a")).toBe("404");
    expect(matcher()("GET /")).toBe("404");
    expect(matcher("GET /")("GET /")).toBe("GET /");
    expect(["/a", "/", "/ab", "/a/b"].map((path) => matcher("GET /a", "POST /")(`GET ${path}`))).toEqual([
      "GET /a",
      "405 POST",
      "404",
      "404",
    ]);
  });

  test("siblings of which one begins like another, few and many: neither is taken for the other", () => {
    const words = ["a", "ab", "abc", "b", "ba", "abcd", "abce", "c", "Ba", "bB"];
    for (const count of [2, 4, 5, words.length]) {
      const literals = words.slice(0, count);
      const match = matcher(...literals.map((word) => `GET /x/${word}/end`), "GET /x/{p}/end");
      for (const word of [...words, "", "abcf", "bC", "AB"].filter((one) => one !== ""))
        expect(match(`GET /x/${word}/end`)).toBe(literals.includes(word) ? `GET /x/${word}/end` : `GET /x/{p}/end "${word}"`);
    }
  });

  test("texts with the same hash are told apart", () => {
    const alike = ["Aa", "BB"];
    expect(textHash("Aa")).toBe(textHash("BB"));
    const match = matcher("GET /Aa", "GET /o1", "GET /o2", "GET /o3", "GET /o4", "GET /{p}");
    expect(alike.map((word) => match(`GET /${word}`))).toEqual(["GET /Aa", 'GET /{p} "BB"']);
  });

  test("a segment with triplets is compared decoded, beside few siblings and many, and its neighbours are what they were", () => {
    for (const more of [[], ["GET /l1/z", "GET /l2/z", "GET /l3/z", "GET /l4/z"]]) {
      const match = matcher("GET /a:b/{x}/c", "GET /{y}/{x}/c", ...more);
      expect(match("GET /a%3Ab/%20/c")).toBe('GET /a:b/{x}/c " "');
      expect(match("GET /a%3A/%3A/c")).toBe('GET /{y}/{x}/c "a:" ":"');
      expect(match("GET /a%3Ab/d/%63")).toBe('GET /a:b/{x}/c "d"');
    }
  });

  test("a miss after a hit, of another length and depth, is a miss; one matcher serves all", () => {
    const match = matcher("GET /a/{p}/c/{q}", "GET /a", "POST /a/{p}");
    const paths = ["/a/1/c/2", "/a/1/c", "/a", "/a/1/c/2/3", "/a/%31/c/2", "/b", "/a/1/c/2"];
    expect(paths.map((path) => match(`GET ${path}`))).toEqual([
      'GET /a/{p}/c/{q} "1" "2"',
      "404",
      "GET /a",
      "404",
      'GET /a/{p}/c/{q} "1" "2"',
      "404",
      'GET /a/{p}/c/{q} "1" "2"',
    ]);
  });

  test("thousands of routes that overlap: equals the scan", () => {
    const words = ["a", "b", "c", "aa", "ab", "{p}", "{n:Int}", "7"];
    const keys = new Set<string>();
    for (let number = 0; number < 8000; number++) {
      const parts = [number, number >> 3, number >> 6, number >> 9].map((bits) => words[bits & 7] ?? "a").slice(0, 1 + (number % 4));
      keys.add(`${["GET", "POST", "ANY"][number % 3]} /${parts.join("/")}${number % 7 === 0 ? "/{r:Rest}" : ""}`);
    }
    const all = [...keys];
    expect(all.length).toBeGreaterThan(1500);
    const match = matcher(...all);
    const asked = ["a", "b", "7", "aa", "zz", "ab"];
    for (let number = 0; number < 400; number++) {
      const parts = [number, number >> 1, number >> 3, number >> 5, number >> 7].map((bits) => asked[bits % 6] ?? "a").slice(0, number % 6);
      const method = ["GET", "POST", "HEAD", "PUT"][number % 4] ?? "GET";
      const found = match(`${method} /${parts.join("/")}`)
        .split(" ")
        .slice(0, 2)
        .join(" ");
      expect(found.startsWith("405") ? "405" : found).toBe(scan(all, method, parts));
    }
  });
});

const answers: Readonly<Record<string, readonly string[]>> = {
  GET: ["GET", "ANY"],
  POST: ["POST", "ANY"],
  PUT: ["PUT", "ANY"],
  HEAD: ["HEAD", "GET", "ANY"],
};

function scan(keys: readonly string[], method: string, parts: readonly string[]): string {
  const fitting = keys.filter((key) => ranks(key, parts) !== undefined);
  const methods = answers[method] ?? [];
  const taking = fitting.filter((key) => methods.includes(key.split(" ")[0] ?? ""));
  const order = (key: string): string => `${ranks(key, parts)} ${methods.indexOf(key.split(" ")[0] ?? "")}`;
  return taking.sort((a, b) => (order(a) < order(b) ? -1 : 1))[0] ?? (fitting.length > 0 ? "405" : "404");
}

/** One digit a segment: the kinds in the order of preference. */
function ranks(key: string, parts: readonly string[]): string | undefined {
  const pattern = (key.split(" ")[1] ?? "").split("/").filter((part) => part !== "");
  let text = "";
  for (const [at, part] of pattern.entries()) {
    if (part === "{r:Rest}") return `${text}5`;
    const segment = parts[at];
    if (segment === undefined) return undefined;
    if (part === "{p}") text += "3";
    else if (part === "{n:Int}" && segment === "7") text += "2";
    else if (part === segment) text += "1";
    else return undefined;
  }
  return pattern.length === parts.length ? `${text}4` : undefined;
}

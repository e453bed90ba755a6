/** Findings whose page shows no example, because none is small: each made here, through the real pipeline. */
import { describe, expect, test } from "vitest";
import { parseSource, sourceFile } from "../../grammar/index.ts";
import { compileFiles } from "../harness/compile-files.ts";

const HEAD = "gwl 1\n\n";

async function codesOf(text: string, goal: "check" | "emit" = "check"): Promise<readonly string[]> {
  const { diagnostics } = await compileFiles([{ file: "gateway.gwl", text: HEAD + text }], goal);
  return [...new Set(diagnostics.map(({ code }) => code))];
}

describe("findings that no small source shows", () => {
  test("GWL1001: a file of more than 16 million characters", () => {
    const text = "/".repeat(16 * 1024 * 1024 + 1);
    expect(parseSource(sourceFile("gateway.gwl", text)).diagnostics.map(({ code }) => code)).toEqual(["GWL1001"]);
  });

  test("GWL1002: a file of more than a million words", () => {
    const text = "x\n".repeat(500_001);
    expect(parseSource(sourceFile("gateway.gwl", text)).diagnostics.map(({ code }) => code)).toEqual(["GWL1002"]);
  });

  test("GWL1003: a literal of more than 64 Ki characters", async () => {
    expect(await codesOf(`let LONG = "${"x".repeat(64 * 1024)}"\n`)).toEqual(["GWL1003"]);
  });

  test("GWL1005: an expression of more than a thousand operators", async () => {
    expect(await codesOf(`policy p { deny when ${'path == "/" or '.repeat(600)}path == "/" }\n`)).toEqual(["GWL1005"]);
  });

  test("GWL1399: no sequence of words and marks leads here", () => {
    const found = sequences(2_000).flatMap((text) => parseSource(sourceFile("gateway.gwl", text)).diagnostics);
    expect(found.filter(({ code }) => code === "GWL1399")).toEqual([]);
    expect(found.length).toBeGreaterThan(2_000);
  });

  test("GWL2001: a main file that is not there", async () => {
    const { diagnostics } = await compileFiles([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["GWL2001"]);
  });

  test("GWL2005: a list that is not UTF-8", async () => {
    const list = { file: "list.txt", text: Uint8Array.of(0xff, 0xfe) };
    const { diagnostics } = await compileFiles([{ file: "gateway.gwl", text: `${HEAD}network n from "list.txt"\n` }, list]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["GWL2005"]);
  });

  test("GWL2007: imports that lead through too many files", async () => {
    const files = Array.from({ length: 203 }, (_, at) => ({
      file: at === 0 ? "gateway.gwl" : `f${at}.gwl`,
      text: `${HEAD}import "./f${at + 1}.gwl"\n`,
    }));
    const { diagnostics } = await compileFiles([...files, { file: "f203.gwl", text: HEAD }]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["GWL2007"]);
  });

  test("GWL2072: a library that is to be built", async () => {
    expect(await codesOf("network office { 203.0.113.0/24 }\n", "emit")).toEqual(["GWL2072"]);
  });

  test("GWL2065: constants, networks and policies in chains that are too long", async () => {
    const chain = (link: (at: number) => string, last: string): string =>
      Array.from({ length: 400 }, (_, at) => `${at === 399 ? last : link(at)}\n`).join("");
    expect(await codesOf(chain((at) => `let C${at} = C${at + 1}`, "let C399 = 1"))).toEqual(["GWL2065"]);
    expect(await codesOf(chain((at) => `network n${at} = n${at + 1}`, "network n399 { 10.0.0.0/8 }"))).toEqual(["GWL2065"]);
    expect(await codesOf(chain((at) => `policy p${at} { use p${at + 1} }`, "policy p399 { deny }"))).toEqual(["GWL2065"]);
  });

  test("GWL3411: policies that double with each use, or their arguments do", async () => {
    const doubling = (link: (at: number) => string, last: string): string =>
      Array.from({ length: 40 }, (_, at) => `${at === 39 ? last : link(at)}\n`).join("");
    const uses = doubling((at) => `policy p${at} { use p${at + 1}, use p${at + 1} }`, "policy p39 { deny }");
    expect(await codesOf(uses)).toEqual(["GWL3411"]);
    const networks = doubling(
      (at) => `policy p${at}(net: Network) { use p${at + 1}(net + net) }`,
      "policy p39(net: Network) { deny when client.ip in net }",
    );
    expect(await codesOf(networks)).toEqual(["GWL3411"]);
  });

  test("GWL4201: thousands of routes, each with a network of its own", async () => {
    const network = (at: number): string => `network n${at} { 10.${at >> 8}.${at & 255}.0/24 }`;
    const route = (at: number): string => `GET "/r${at}" { allow when client.ip in n${at}, respond 200 }`;
    const each = (write: (at: number) => string): string => Array.from({ length: 2_100 }, (_, at) => `${write(at)}\n`).join("");
    expect(await codesOf(`gateway shop { listen 8080 }\n${each(network)}group "/" {\n${each(route)}}\n`)).toEqual(["GWL4201"]);
  });

  test("GWL4171: 51 tags at one level", async () => {
    const names = Array.from({ length: 51 }, (_, at) => `t${at}`);
    const tags = names.map((name) => `tag ${name}: "a" | "b"\n`).join("");
    const set = names.map((name) => `${name}: "a"`).join(", ");
    const program = `${tags}gateway shop { listen 8080, tags { ${set} } }\nGET "/" { public because "open", respond 200 }\n`;
    expect(await codesOf(program)).toEqual(["GWL4171"]);
  });

  test("GWL2120: a chain of too many types", async () => {
    const chain = Array.from({ length: 400 }, (_, at) => `type T${at} = ${at === 399 ? "Int" : `T${at + 1}`}\n`);
    expect(await codesOf(chain.join(""))).toEqual(["GWL2120"]);
  });
});

/** Words and marks in pseudo-random order, always the same. */
function sequences(count: number): readonly string[] {
  const pieces = [
    "x",
    "A",
    "A<B>",
    "5",
    '"t"',
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "=",
    "->",
    "|",
    "..",
    "??",
    "+",
    "-",
    "<",
    "==",
    "?",
  ];
  const words = ["and", "or", "not", "in", "is", "if", "then", "else", "has", "matches", "because", "implies", "as", "true", "\n"];
  const all = [...pieces, ...words];
  let state = 7;
  const next = (below: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  return Array.from({ length: count }, () => Array.from({ length: 2 + next(7) }, () => all[next(all.length)]).join(" "));
}

import { describe, expect, test } from "vitest";
import { compileFiles } from "../harness/compile-files.ts";

async function codesOf(text: string): Promise<readonly string[]> {
  const { diagnostics } = await compileFiles([{ file: "gateway.gwl", text: `gwl 1\n${text}` }]);
  return diagnostics.map(({ code }) => code);
}

/** Each would be found by itself, and be told once. */
const MISTAKES: readonly (readonly [code: string, text: string])[] = [
  ["GWL1301", "policy a { deny when path == }"],
  ["GWL1104", "let PATIENCE = 30sec"],
  ["GWL1303", "policy b { deny when if method == GET then false }"],
  ["GWL1304", "gateway shop { limits { body: } }"],
  ["GWL1306", "policy c(n: Int) { allow when 1 < n < 9 }"],
  ["GWL1204", 'policy d { deny when method == POST && path == "/" }'],
  ["GWL3104", "network office { 203.0.113.7/24 }"],
  ["GWL2102", "type Order = { id: Strng }"],
  ["GWL2301", "policy e { deny when client.ip in ofice }"],
  ["GWL3301", 'GET "/orders/" { public because "an example", respond 200 }'],
];

describe("one cause gives one finding", () => {
  test("ten independent mistakes in one file give ten messages", async () => {
    const text = MISTAKES.map(([, line]) => `${line}\n`).join("");
    expect(await codesOf(text)).toEqual(MISTAKES.map(([code]) => code));
  });

  test.each(MISTAKES)("%s alone: %s", async (code, line) => {
    expect(await codesOf(`${line}\n`)).toEqual([code]);
  });

  test("what stands inside or beside a broken statement keeps its findings", async () => {
    const api = 'api orders ; at "/orders" {\n  GET "/a" { public because "", respond 200 }\n}\n';
    expect(await codesOf(api)).toEqual(["GWL1101", "GWL3410"]);
    expect(await codesOf('policy p { deny when path == , deny when 5 }\nlet X = "\\q"\n')).toEqual(["GWL1301", "GWL2405", "GWL1103"]);
  });
});

/** What an identity takes as proof does not get into a log. */
import { expect, test } from "vitest";
import { compileFiles } from "../harness/compile-files.ts";

const program = (header: string): string => `gwl 1

secret KEYS: KeyStore
identity Partner = api_key(KEYS) { header: "X-Partner-Key" }

gateway shop {
  listen 8080
  log { headers: ["${header}"] }
}

GET "/" { accept Partner, allow, respond 200 }
`;

test("a field that carries the key of an identity cannot be logged, another can", async () => {
  const codes = async (header: string): Promise<readonly string[]> =>
    (await compileFiles([{ file: "gateway.gwl", text: program(header) }])).diagnostics.map(({ code }) => code);
  expect(await codes("x-partner-key")).toEqual(["GWL4464"]);
  expect(await codes("X-Partner-Name")).toEqual([]);
});

/** What keeps a gateway from starting is said by the variable that whoever starts it has to set, in both hands. */
import { expect, test } from "vitest";
import { bothHands } from "../harness/both-hands.ts";
import { compileFiles } from "../harness/compile-files.ts";

const program = (identity: string, secret: string): string =>
  `gwl 1\nsecret KEPT: ${secret}\nidentity Caller = ${identity}\ngateway g { listen 8080 }\nGET "/" { accept Caller, allow, respond 200 }\n`;
const JWT = 'jwt { issuer: "https://a.example", audience: "a", algorithms: [HS384], secret: KEPT }';

test.each([
  ["a secret that is too short", program(JWT, "String"), "tiny", /at least 48 bytes|fewer than 48 bytes: set it/],
  ["a secret that is not set", program(JWT, "String"), undefined, /not set/],
  ["a store that is no JSON", program("basic(KEPT)", "UserStore"), "not JSON: {", /\{"users": \[\.\.\.\]\}/],
  ["a store with a wrong entry", program("basic(KEPT)", "UserStore"), '{"users":[{"name":"a"}]}', /entry/],
  ["a password that is no hash", program("basic(KEPT)", "UserStore"), '{"users":[{"name":"a","password":"b"}]}', /scrypt/],
  ["a digest that is none", program('api_key(KEPT) { header: "X-Key" }', "KeyStore"), '{"keys":[{"id":"a","sha256":"b"}]}', /digest|hex/],
])("%s", async (_what, text, kept, said) => {
  const { compilation, diagnostics } = await compileFiles([{ file: "gateway.gwl", text }]);
  expect(diagnostics).toEqual([]);
  const started = bothHands(compilation.program, { stage: undefined, variables: kept === undefined ? {} : { KEPT: kept } });
  for (const hand of [started.reference, started.compiled]) {
    const problems = "problems" in hand ? hand.problems : [];
    expect(problems[0]).toContain("`KEPT`");
    expect(problems[0]).toMatch(said);
    expect(problems.join()).not.toContain(kept ?? "nothing");
  }
});

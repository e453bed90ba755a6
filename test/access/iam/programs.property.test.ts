/** Documents within programs: what the compiler makes of them (networks, lookups, one index for the rest) decides as the reference does. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { testConfiguration } from "../../../compiler/testing/configuration.ts";
import { stageRequest } from "../../../compiler/testing/test-request.ts";
import { ofApi } from "../../../runtime/access/iam/document-kind.ts";
import { readDocument } from "../../../runtime/access/iam/read-document.ts";
import type { PolicyDocument } from "../../../runtime/contract/iam.ts";
import { policyDocument } from "../../arbitraries/iam.ts";
import { documentJson } from "../../arbitraries/iam-json.ts";
import { bothHands, comparable, gatewayOf } from "../../harness/both-hands.ts";
import { compileFiles } from "../../harness/compile-files.ts";
import { PATIENCE, runs, runSize } from "../../properties/run-size.ts";

const RUNS = Math.ceil(runSize("PROGRAMS", 120) / 2);

const PRINCIPALS = `
version: 1
accounts:
  "111122223333":
    users:
      ana:
        id: AIDAANAEXAMPLE000001
        tags: { team: red }
        keys:
          - { id: AKIAANAEXAMPLE000001, secret: ANA_KEY }
  "444455556666":
    roles:
      Reader:
        id: AROAREADEREXAMPLE001
        path: /team/
        tags: { team: blue }
        sessions:
          ben:
            keys:
              - { id: ASIAREADEREXAMPLE001, secret: BEN_KEY, token: BEN_TOKEN }
`;

/** Only what AWS takes, and with some allow: of a program in which nothing allows the compiler says so. */
const soundDocument: fc.Arbitrary<PolicyDocument> = policyDocument
  .map((document) => ({
    ...document,
    statements: document.statements.filter((one) => readDocument(documentJson({ ...document, statements: [one] }), ofApi) !== undefined),
  }))
  .filter(({ statements }) => statements.some(({ effect }) => effect === "allow"));

const ADDRESSES = ["192.0.2.1", "192.0.2.200", "198.51.100.7", "2001:db8::1"];
const CALLS = ["GET /pets", "GET /pets/7", "POST /pets", "GET /pets/ana", "GET /"];
const CALLERS = ["", ` as Signer { name: "ana" }`, ` as Signer { session: "ben" }`];
const HEADERS = ["", ` headers { "User-Agent": "red" }`, ` headers { "User-Agent": "abc" }`];

function programText(mode: string, accept: boolean): string {
  const requests = CALLS.flatMap((call, at) => {
    const [method = "", target = ""] = call.split(" ");
    return ADDRESSES.flatMap((from, other) => {
      const header = HEADERS[(at + other) % HEADERS.length] ?? "";
      return CALLERS.map((caller) => `  ${method} "${target}" from ${from}${caller}${header} stage prod expect allow\n`);
    });
  });
  return `gwl 1

secret ANA_KEY: String
secret BEN_KEY: String
secret BEN_TOKEN: String
env NOTHING: String = stage { prod: "a", test: "b" }
identity Signer = sigv4 { regions: ["eu-west-1"], principals: from "principals.yaml" }

gateway shop {
  listen 8080
  arn { region: "eu-west-1", account: 111122223333, api_id: "abc123" }
  resource_policy from "policy.json"${mode}
${accept ? "  accept Signer\n" : ""}  set header "X-Nothing" = NOTHING
}

GET "/" { respond 200 }
ANY "/pets" { respond 200 }
GET "/pets/{rest: Rest}" { respond 200 }

test "requests" {
${requests.join("")}}
`;
}

test(
  "random documents in a program: the compiled handler and the interpreter give the same outcomes, by the same statements",
  PATIENCE,
  async () => {
    const seen = { allow: 0, rule: 0, default: 0 };
    const property = fc.asyncProperty(soundDocument, fc.constantFrom("", " mode aws"), fc.boolean(), async (document, mode, accept) => {
      const files = [
        { file: "gateway.gwl", text: programText(mode, accept) },
        { file: "policy.json", text: JSON.stringify(documentJson(document)) },
        { file: "principals.yaml", text: PRINCIPALS },
      ];
      const { compilation, diagnostics } = await compileFiles(files);
      expect(diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([]);
      const { program } = compilation;
      const configuration = testConfiguration(program, "prod");
      const hands = bothHands(program, configuration);
      for (const { request: call } of program.tests) {
        const [dull, fast] = await Promise.all(
          [hands.reference, hands.compiled].map(async (hand) => {
            const { request, world } = stageRequest(call, program, configuration);
            return gatewayOf(hand).handle(request, world);
          }),
        );
        if (dull === undefined || fast === undefined) throw new Error("a hand gave nothing");
        expect(comparable(fast)).toBe(comparable(dull));
        const { effect, cause } = dull.decision;
        if (effect === "allow") seen.allow++;
        else if (cause === "rule" || cause === "default") seen[cause]++;
      }
    });
    await fc.assert(property, runs(RUNS));
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(RUNS / 4);
  },
);

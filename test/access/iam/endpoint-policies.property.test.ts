/** Documents of doors: a call passes where what the endpoint policy alone says and what the resource policy alone says both let it, in both hands. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Program, TestRequest } from "../../../compiler/model/program.ts";
import { testConfiguration } from "../../../compiler/testing/configuration.ts";
import { stageRequest } from "../../../compiler/testing/test-request.ts";
import { ofApi, ofEndpoint, type DocumentKind } from "../../../runtime/access/iam/document-kind.ts";
import { readDocument } from "../../../runtime/access/iam/read-document.ts";
import type { Outcome } from "../../../runtime/contract/gateway.ts";
import type { PolicyDocument } from "../../../runtime/contract/iam.ts";
import { policyDocument } from "../../arbitraries/iam.ts";
import { documentJson } from "../../arbitraries/iam-json.ts";
import { bothHands, comparable, gatewayOf } from "../../harness/both-hands.ts";
import { compileFiles } from "../../harness/compile-files.ts";
import { PATIENCE, runs, runSize } from "../../properties/run-size.ts";

const RUNS = Math.ceil(runSize("PROGRAMS", 120) / 4);

const PRINCIPALS = `
version: 1
accounts:
  "111122223333":
    users:
      ana: { id: AIDAANAEXAMPLE000001, tags: { team: red }, keys: [{ id: AKIAANAEXAMPLE000001, secret: ANA_KEY }] }
`;
const EVERYTHING: PolicyDocument = {
  version: "2012-10-17",
  statements: [
    {
      effect: "allow",
      principals: { not: false, items: [{ kind: "anyone" }] },
      actions: { not: false, items: ["*"] },
      resources: { not: false, items: ["*"] },
      conditions: [],
    },
  ],
};

/** Only what AWS takes of such a document, and with some allow. */
function soundDocument(kind: DocumentKind): fc.Arbitrary<PolicyDocument> {
  return policyDocument
    .map((document) => ({
      ...document,
      statements: document.statements.filter((one) => readDocument(documentJson({ ...document, statements: [one] }), kind) !== undefined),
    }))
    .filter(({ statements }) => statements.some(({ effect }) => effect === "allow"));
}

/** A document, and with `open` an allow for everybody beside what it says. */
function opened(document: PolicyDocument, open: boolean): PolicyDocument {
  return open ? { ...document, statements: [...document.statements, ...EVERYTHING.statements] } : document;
}

/** Which of the two are open. */
const ways = fc.constantFrom<readonly [boolean, boolean]>([true, true], [true, false], [false, true], [false, false]);

const CALLS = ["GET /pets", "GET /pets/7", "POST /pets", "GET /"].flatMap((call) => {
  const [method = "", target = ""] = call.split(" ");
  return ["192.0.2.1", "198.51.100.7", "2001:db8::1"].flatMap((from) =>
    ["", ` as Signer { name: "ana" }`].map(
      (caller) => `${method} "${target}" from ${from} via partners${caller} headers { "User-Agent": "red" }`,
    ),
  );
});

const PROGRAM = `gwl 1

secret ANA_KEY: String
network balancers { 10.0.9.0/24 }
identity Signer = sigv4 { regions: ["eu-west-1"], principals: from "principals.yaml" }

gateway shop {
  arn { region: "eu-west-1", account: 111122223333, api_id: "abc123" }
  resource_policy from "resource.json"
  accept Signer
}
entry balanced { listen 8443, proxy_protocol from balancers }
entry partners { via balanced, vpce: "vpce-0abc1234def567890", endpoint_policy from "endpoint.json" }

GET "/" { respond 200 }
ANY "/pets" { respond 200 }
GET "/pets/{rest: Rest}" { respond 200 }

test "requests" {
${CALLS.map((call) => `  ${call} expect allow\n`).join("")}}
`;

async function programOf(endpoint: PolicyDocument, resource: PolicyDocument): Promise<Program> {
  const files = [
    { file: "gateway.gwl", text: PROGRAM },
    { file: "endpoint.json", text: JSON.stringify(documentJson(endpoint)) },
    { file: "resource.json", text: JSON.stringify(documentJson(resource)) },
    { file: "principals.yaml", text: PRINCIPALS },
  ];
  const { compilation, diagnostics } = await compileFiles(files);
  expect(diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([]);
  return compilation.program;
}

/** What both hands say, alike, of each call. */
async function passes(program: Program): Promise<readonly boolean[]> {
  const configuration = testConfiguration(program, undefined);
  const hands = bothHands(program, configuration);
  return await Promise.all(
    program.tests.map(async ({ request: call }) => {
      const ask = async (hand: keyof typeof hands, one: TestRequest): Promise<Outcome> => {
        const { request, world } = stageRequest(one, program, configuration);
        return gatewayOf(hands[hand]).handle(request, world);
      };
      const [dull, fast] = [await ask("reference", call), await ask("compiled", call)];
      expect(comparable(fast)).toBe(comparable(dull));
      return dull.decision.effect === "allow";
    }),
  );
}

test("random documents at a door and behind it: both must let a call pass, and the hands agree", PATIENCE, async () => {
  const seen = { both: 0, endpoint: 0, resource: 0, none: 0 };
  const property = fc.asyncProperty(
    soundDocument(ofEndpoint),
    soundDocument(ofApi),
    ways,
    async (atDoor, behind, [isDoorOpen, isApiOpen]) => {
      const [endpoint, resource] = [opened(atDoor, isDoorOpen), opened(behind, isApiOpen)];
      const together = await passes(await programOf(endpoint, resource));
      const first = await passes(await programOf(endpoint, EVERYTHING));
      const second = await passes(await programOf(EVERYTHING, resource));
      together.forEach((passed, at) => {
        const [door, api] = [first[at] === true, second[at] === true];
        expect(passed, CALLS[at]).toBe(door && api);
        seen[door ? (api ? "both" : "endpoint") : api ? "resource" : "none"]++;
      });
    },
  );
  await fc.assert(property, runs(RUNS));
  for (const [way, count] of Object.entries(seen)) expect(count, way).toBeGreaterThan(0);
});

/** What the start brings for `arn`: a part that is none refuses the start in both hands, since documents would mean another API. */
import { beforeAll, expect, test } from "vitest";
import type { Program } from "../../../compiler/model/program.ts";
import { bothHands } from "../../harness/both-hands.ts";
import { checkedText } from "../compile-text.ts";

const SOURCE = `gwl 1
env REGION: String
env API: String
gateway shop {
  listen 8080
  arn { region: REGION, account: 111122223333, api_id: API }
  resource_policy from "policy.json"
}
GET "/" { respond 200 }
`;
const POLICY = '{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*" } }';

let program: Program;
beforeAll(async () => {
  ({ program } = await checkedText(SOURCE, { "policy.json": POLICY }));
});

test.each([
  ["eu-west-1", "abc123", true],
  ["eu-west-1", "a_b-C", true],
  ["eu west 1", "abc123", false],
  ["EU-WEST-1", "abc123", false],
  ["eu-west-1:9", "abc123", false],
  ["eu-west-1", "abc/*", false],
  ["eu-west-1", "a:b", false],
  ["*", "abc123", false],
])("region %j, API %j: starts: %s", (REGION, API, starts) => {
  const hands = bothHands(program, { stage: undefined, variables: { REGION, API } });
  const problems = [hands.reference, hands.compiled].map((started) => ("problems" in started ? started.problems : []));
  for (const found of problems) {
    expect(found).toHaveLength(starts ? 0 : 1);
    if (!starts) expect(found[0]).toMatch(/^`arn` has /);
  }
});

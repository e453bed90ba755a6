/** Documents asked about edits of the gateway, as a management plane asks: what tags of things and of requests decide, in both hands. */
import { describe, expect, test } from "vitest";
import { readPolicyText } from "../../../compiler/constructs/access/iam/read-policy.ts";
import { verdictOf } from "../../../compiler/reference/iam/verdict.ts";
import { type Edit, editRequest } from "../../../runtime/access/iam/edit-request.ts";
import { preparePolicy } from "../../../runtime/access/iam/policy.ts";
import type { Verdict } from "../../../runtime/contract/iam.ts";

const API = "arn:aws:execute-api:eu-west-1:111122223333:abc123";
const USER = "arn:aws:iam::111122223333:user/ana";

type Tags = Readonly<Record<string, string>>;
type Row = readonly [title: string, statement: object, tags: readonly Tags[], sent: Tags | undefined, says: Verdict["effect"]];

const onResource = (key: string, value: string): object => ({
  Effect: "Allow",
  Condition: { StringEquals: { [`aws:ResourceTag/${key}`]: value } },
});
const onlyKeys = (...keys: readonly string[]): object => ({
  Effect: "Allow",
  Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": keys }, Null: { "aws:TagKeys": "false" } },
});

const ROWS: readonly Row[] = [
  ["the thing has the tag", onResource("team", "shop"), [{ team: "shop" }], undefined, "allow"],
  ["names of tags have no case", onResource("TEAM", "shop"), [{ Team: "shop" }], undefined, "allow"],
  ["the thing has another value", onResource("team", "shop"), [{ team: "Shop" }], undefined, "silent"],
  ["the thing has no tags", onResource("team", "shop"), [], undefined, "silent"],
  ["what is sent is no tag of the thing", onResource("team", "shop"), [], { team: "shop" }, "silent"],
  ["a stage has the tags of its API", onResource("team", "shop"), [{ team: "shop" }, {}], undefined, "allow"],
  [
    "a stage's own tag goes before that of its API",
    onResource("team", "shop"),
    [{ team: "shop" }, { team: "platform" }],
    undefined,
    "silent",
  ],
  ["so it does in another case", onResource("team", "shop"), [{ team: "platform" }, { Team: "shop" }], undefined, "allow"],
  [
    "the request sends the tag",
    { Effect: "Allow", Condition: { StringEquals: { "aws:RequestTag/stage": "beta" } } },
    [],
    { Stage: "beta" },
    "allow",
  ],
  [
    "the request sends another",
    { Effect: "Allow", Condition: { StringEquals: { "aws:RequestTag/stage": "beta" } } },
    [],
    { stage: "prod" },
    "silent",
  ],
  [
    "the request sends none",
    { Effect: "Allow", Condition: { StringEquals: { "aws:RequestTag/stage": "beta" } } },
    [{ stage: "beta" }],
    undefined,
    "silent",
  ],
  ["only known keys are sent", onlyKeys("team", "stage"), [], { team: "shop" }, "allow"],
  ["a key that is not known is sent", onlyKeys("team"), [], { team: "shop", owner: "ana" }, "silent"],
  ["keys that are sent keep their case", onlyKeys("team"), [], { Team: "shop" }, "silent"],
  ["no key is sent", onlyKeys("team"), [], undefined, "silent"],
  [
    "a tag must come with it",
    { Effect: "Deny", Condition: { Null: { "aws:RequestTag/team": "true" } } },
    [],
    { owner: "ana" },
    "explicitDeny",
  ],
  ["and came", { Effect: "Deny", Condition: { Null: { "aws:RequestTag/team": "true" } } }, [], { team: "shop" }, "silent"],
  [
    "a key is forbidden",
    { Effect: "Deny", Condition: { "ForAnyValue:StringEquals": { "aws:TagKeys": ["owner"] } } },
    [],
    { team: "a", owner: "b" },
    "explicitDeny",
  ],
  [
    "the editor's team is the thing's",
    { Effect: "Allow", Condition: { StringEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } } },
    [{ team: "red" }],
    undefined,
    "allow",
  ],
  [
    "the editor's team is another",
    { Effect: "Allow", Condition: { StringEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } } },
    [{ team: "blue" }],
    undefined,
    "silent",
  ],
];

describe("edits", () => {
  test.each(ROWS)("%s", (_, statement, resourceTags, requestTags, says) => {
    const text = JSON.stringify({
      Version: "2012-10-17",
      Statement: { Action: "apigateway:PATCH", Resource: "arn:aws:apigateway:eu-west-1::/restapis/*", ...statement },
    });
    const file = readPolicyText("policy.json", text, {
      kind: "identity",
      report: ({ severity, message }) => {
        if (severity === "error") throw new Error(message);
      },
    });
    if (file === undefined) throw new Error("no document");
    const edit: Edit = {
      caller: { kind: "aws", account: "111122223333", arn: USER },
      action: "apigateway:PATCH",
      resource: "arn:aws:apigateway:eu-west-1::/restapis/abc123/stages/prod",
      resourceTags,
      ...(requestTags === undefined ? {} : { requestTags }),
      keys: (name) => (name === "aws:principaltag/team" ? ["red"] : undefined),
    };
    const request = editRequest(edit);
    expect(verdictOf(file.document, request, API).effect).toBe(says);
    expect(preparePolicy(file.document, API).verdict(request).effect).toBe(says);
    const elsewhere = editRequest({ ...edit, action: "apigateway:DELETE" });
    expect(verdictOf(file.document, elsewhere, API).effect).toBe("silent");
    expect(preparePolicy(file.document, API).verdict(elsewhere).effect).toBe("silent");
  });
});

/** Calls to AWS as the SDK's own signer signs them. */
import { SignatureV4 } from "@smithy/signature-v4";
import { expect, test } from "vitest";
import { signAwsCall } from "../../../runtime/access/authorizer/sign-aws-call.ts";
import { NodeSha256 } from "../../harness/node-sha256.ts";
import { testWorld } from "../../harness/world.ts";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const NAMES = ["authz", "authz:live", "111122223333:function:authz", "arn:aws:lambda:eu-west-1:111122223333:function:authz:$LATEST"];

test.each(NAMES.flatMap((name) => [undefined, "TOKEN/with+signs=="].map((token) => [name, token] as const)))(
  "%s with the session token %s",
  async (name, sessionToken) => {
    const who = sessionToken === undefined ? credentials : { ...credentials, sessionToken };
    const [authority, path] = ["lambda.eu-west-1.amazonaws.com", `/2015-03-31/functions/${encodeURIComponent(name)}/invocations`];
    const body = new TextEncoder().encode('{"type":"TOKEN","authorizationToken":"é"}');
    const now = Date.UTC(2026, 0, 5, 12, 34, 56, 789);
    const ours = signAwsCall({ service: "lambda", region: "eu-west-1", authority, path, body, now }, who, testWorld());
    const signer = new SignatureV4({ service: "lambda", region: "eu-west-1", credentials: who, sha256: NodeSha256, applyChecksum: false });
    const headers = { host: authority, "content-type": "application/json" };
    const request = { method: "POST", protocol: "https:", hostname: authority, path, headers, body };
    const theirs = await signer.sign(request, { signingDate: new Date(now) });
    expect(Object.fromEntries(ours)["authorization"]).toBe(theirs.headers["authorization"]);
  },
);

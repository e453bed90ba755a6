/** A started `lambda` identity: a function is invoked through the Invoke API, in a call signed with the deployment's own AWS credentials. */
import type { LambdaData } from "../../contract/identity-data.ts";
import type { World } from "../../contract/world.ts";
import { type LambdaTarget, lambdaTarget } from "../../aws/lambda-target.ts";
import type { IdentityBrought, RunningIdentity } from "../../kernel/running-identity.ts";
import { authorizer, refused } from "./authorizer.ts";
import { challengeOf } from "./challenge.ts";
import { lambdaVerdict } from "./lambda-answer.ts";
import { lambdaEvent } from "./lambda-event.ts";
import { longestAnswer } from "./read-answer.ts";
import { requestArn } from "./returned-policy.ts";
import { failed } from "./verdict.ts";
import { signAwsCall } from "./sign-aws-call.ts";

/** Bytes: AWS asks nobody about a request whose ARN is longer. */
const longestArn = 1600;
const encoder = new TextEncoder();

export function lambdaIdentity(data: LambdaData, brought: IdentityBrought, problems: string[]): RunningIdentity {
  const { name, settings } = data;
  const target = lambdaTarget(`identity \`${name}\``, brought, problems);
  const { api } = brought;
  return authorizer({
    name,
    settings,
    api,
    challenge: challengeOf(settings),
    unaskable: (call) =>
      requestArn(api, call).length > longestArn ? refused("target-too-long", "the ARN of the request is too long") : undefined,
    ask: async (seen, call, world) => {
      const sources = seen.slice(0, settings.source.length).map(([, value]) => value ?? "");
      const event = encoder.encode(JSON.stringify(lambdaEvent(data.event, api, sources, seen, call)));
      return invoke(data, target, api, event, call.now, world);
    },
  });
}

async function invoke(
  data: LambdaData,
  { region, scheme, authority, called }: LambdaTarget,
  api: string,
  body: Uint8Array,
  now: number,
  world: World,
): ReturnType<Parameters<typeof authorizer>[0]["ask"]> {
  const credentials = await world.awsCredentials();
  if (credentials === undefined) return { verdict: failed("the deployment has no AWS credentials"), size: 0 };
  const path = `/2015-03-31/functions/${called}/invocations`;
  const headers = signAwsCall({ service: "lambda", region, authority, path, body, now }, credentials, world);
  const { timeout } = data.settings;
  const reply = await world.ask({
    method: "POST",
    url: `${scheme}://${authority}${path}`,
    headers,
    body,
    timeout,
    mostBytes: longestAnswer,
  });
  return { verdict: lambdaVerdict(data, reply, api), size: reply.kind === "answer" ? reply.body.length : 0 };
}

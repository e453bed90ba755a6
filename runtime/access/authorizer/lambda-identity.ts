/** A started `lambda` identity: a function is invoked through the Invoke API, in a call signed with the deployment's own AWS credentials. */
import type { LambdaData } from "../../contract/identity-data.ts";
import type { World } from "../../contract/world.ts";
import { canonicalHost } from "../../kernel/canonical-host.ts";
import { shown } from "../../kernel/configuration.ts";
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
  const target = targetOf(data, brought, problems);
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

type Target = { readonly region: string; readonly scheme: string; readonly authority: string; readonly path: string };

async function invoke(
  data: LambdaData,
  { region, scheme, authority, path }: Target,
  api: string,
  body: Uint8Array,
  now: number,
  world: World,
): ReturnType<Parameters<typeof authorizer>[0]["ask"]> {
  const credentials = await world.awsCredentials();
  if (credentials === undefined) return { verdict: failed("the deployment has no AWS credentials"), size: 0 };
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

/** A name, `ACCOUNT:function:NAME` or an ARN, each with a version or alias behind it or not. */
const functionForm =
  /^(?:(?:arn:aws[a-z-]*:lambda:([a-z0-9-]+):)?[0-9]{12}:function:)?[A-Za-z0-9_-]{1,64}(?::(?:\$LATEST|[A-Za-z0-9_-]{1,128}))?$/;
const regionForm = /^[a-z]{2}[a-z0-9-]{1,30}$/;

function targetOf({ name }: LambdaData, { late, variables }: IdentityBrought, problems: string[]): Target {
  const text = (setting: string): string | undefined => {
    const value = late[setting]?.[0];
    return value === undefined ? undefined : String(value);
  };
  const called = text("function") ?? "";
  const parts = functionForm.exec(called);
  if (late["function"]?.[0] !== undefined && parts === null)
    problems.push(`the function of identity \`${name}\` is ${shown(called)}: expected a name or an ARN`);
  const region = text("region") ?? parts?.[1] ?? variables["AWS_REGION"] ?? variables["AWS_DEFAULT_REGION"] ?? "";
  if (!regionForm.test(region))
    problems.push(`the region of identity \`${name}\` is ${region === "" ? "not known: set `AWS_REGION`" : shown(region)}`);
  const endpoint = text("endpoint") ?? `https://lambda.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
  const [, scheme = "https", written = ""] = /^(https?):\/\/([^/?#]+)$/.exec(endpoint) ?? [];
  const authority = canonicalHost(written)?.authority;
  if (authority === undefined)
    problems.push(`the endpoint of identity \`${name}\` is ${shown(endpoint)}: expected \`https://HOST[:PORT]\``);
  const path = `/2015-03-31/functions/${encodeURIComponent(called)}/invocations`;
  return { region, scheme, authority: withoutUsualPort(scheme, authority ?? ""), path };
}

/** As the host's client writes it into `Host`. */
function withoutUsualPort(scheme: string, authority: string): string {
  const usual = scheme === "https" ? ":443" : ":80";
  return authority.endsWith(usual) ? authority.slice(0, -usual.length) : authority;
}

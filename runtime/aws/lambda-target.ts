/** Where a Lambda function is invoked: of its name or ARN, the region and the endpoint that a start brings. Checked, since no compiler could. */
import { canonicalHost } from "../kernel/canonical-host.ts";
import { shown } from "../kernel/configuration.ts";

/** What the start brings: late values by setting, of which an absent one was reported already or is not said; and the environment. */
export type BroughtFunction = {
  readonly late: Readonly<Record<string, readonly unknown[]>>;
  readonly variables: Readonly<Record<string, string | undefined>>;
};

/** `authority`: as the host's client writes it into `Host`. `called`: the function as the Invoke API takes it, for a path. */
export type LambdaTarget = { readonly region: string; readonly scheme: string; readonly authority: string; readonly called: string };

/** A name, `ACCOUNT:function:NAME` or an ARN, each with a version or alias behind it or not. */
const functionForm =
  /^(?:(?:arn:aws[a-z-]*:lambda:([a-z0-9-]+):)?[0-9]{12}:function:)?[A-Za-z0-9_-]{1,64}(?::(?:\$LATEST|[A-Za-z0-9_-]{1,128}))?$/;
const regionForm = /^[a-z]{2}[a-z0-9-]{1,30}$/;

/** `owner`: as problems name it, such as ``identity `Legacy` ``. */
export function lambdaTarget(owner: string, { late, variables }: BroughtFunction, problems: string[]): LambdaTarget {
  const text = (setting: string): string | undefined => {
    const value = late[setting]?.[0];
    return value === undefined ? undefined : String(value);
  };
  const called = text("function") ?? "";
  const parts = functionForm.exec(called);
  if (late["function"]?.[0] !== undefined && parts === null)
    problems.push(`the function of ${owner} is ${shown(called)}: expected a name or an ARN`);
  const region = text("region") ?? parts?.[1] ?? variables["AWS_REGION"] ?? variables["AWS_DEFAULT_REGION"] ?? "";
  if (!regionForm.test(region)) problems.push(`the region of ${owner} is ${region === "" ? "not known: set `AWS_REGION`" : shown(region)}`);
  const endpoint = text("endpoint") ?? `https://lambda.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
  const [, scheme = "https", written = ""] = /^(https?):\/\/([^/?#]+)$/.exec(endpoint) ?? [];
  const authority = canonicalHost(written)?.authority;
  if (authority === undefined) problems.push(`the endpoint of ${owner} is ${shown(endpoint)}: expected \`https://HOST[:PORT]\``);
  return { region, scheme, authority: withoutUsualPort(scheme, authority ?? ""), called: encodeURIComponent(called) };
}

function withoutUsualPort(scheme: string, authority: string): string {
  const usual = scheme === "https" ? ":443" : ":80";
  return authority.endsWith(usual) ? authority.slice(0, -usual.length) : authority;
}

/** Where a Lambda function is invoked, by what the start brings: its name or ARN, a region and an endpoint. */
import type { Expr } from "../model/expression.ts";
import { parseHost } from "./host.ts";

export type InvokedFunction = { readonly region: string; readonly scheme: string; readonly host: string; readonly called: string };
type Named = { readonly function: Expr; readonly region?: Expr; readonly endpoint?: Expr };
type FunctionBinder = {
  readonly text: (expr: Expr) => string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly report: (problem: string) => void;
};

/** `owner`: who names it, for problems. `called` is written as a path has it. */
export function bindFunction(owner: string, named: Named, { text, variables, report }: FunctionBinder): InvokedFunction {
  const called = text(named.function);
  const form = /^(?:(?:arn:aws[a-z-]*:lambda:([a-z0-9-]+):)?[0-9]{12}:function:)?[\w-]{1,64}(?::(?:\$LATEST|[\w-]{1,128}))?$/.exec(called);
  if (!form) report(`${owner} names no function`);
  const region = (named.region && text(named.region)) ?? form?.[1] ?? variables["AWS_REGION"] ?? variables["AWS_DEFAULT_REGION"] ?? "";
  if (!/^[a-z]{2}[a-z0-9-]{1,30}$/.test(region)) report(`the region of ${owner} is not known`);
  const at = named.endpoint ? text(named.endpoint) : `https://lambda.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
  const [, scheme = "", authority = ""] = /^(https?):\/\/([^/?#]+)$/.exec(at) ?? [];
  const host = parseHost(authority)?.authority;
  if (host === undefined) report(`the endpoint of ${owner} is no address`);
  return { region, scheme, host: (host ?? "").replace(scheme === "https" ? /:443$/ : /:80$/, ""), called: encodeURIComponent(called) };
}

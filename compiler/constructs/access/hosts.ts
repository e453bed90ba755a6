/** `host:` of a gateway: one host, a list of them, or one for each stage. Promises: constants are lower-case and could be a `Host`. */
import type { Expression, Phrase } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import { checkExpression, checkValue } from "../../check/expressions/check-expression.ts";
import { evaluateConstant } from "../../check/expressions/evaluate-constant.ts";
import { parseAddress } from "../../model/address-text.ts";
import type { Expr } from "../../model/expression.ts";
import { notAHost } from "./routing.diagnostics.ts";

const STRING = { kind: "string" } as const;

export function readHosts(phrase: Phrase | undefined, context: CheckContext): readonly Expr[] {
  if (phrase === undefined) return [];
  const [first, ...more] = phrase.terms;
  const place = context.place(phrase.span.file, { kind: "nothing", what: "`host` of a gateway" });
  const items: readonly Expression[] | undefined = first?.kind === "list" && more.length === 0 ? first.items : undefined;
  const hosts =
    items === undefined
      ? [checkValue(phrase, place, context.report, STRING)]
      : items.map((item) => checkExpression(item, place, context.report, STRING));
  return hosts.filter((host) => host.type.kind !== "poison").map((host) => canonical(host, context));
}

function canonical(host: Expr, context: CheckContext): Expr {
  if (host.op === "stageValue") {
    return { ...host, values: Object.fromEntries(Object.entries(host.values).map(([stage, value]) => [stage, canonical(value, context)])) };
  }
  const value = evaluateConstant(host);
  if (typeof value !== "string") return host;
  const why = problemOf(value);
  if (why !== undefined) context.report(finding(notAHost, host.span, { written: value, why }));
  return { op: "const", value: value.toLowerCase(), type: STRING, span: host.span };
}

/** RFC 3986, section 3.2.2, without user and port. */
function problemOf(host: string): string | undefined {
  const address = /^\[(.*)\]$/.exec(host)?.[1];
  if (address !== undefined)
    return address.includes(":") && parseAddress(address) !== undefined ? undefined : "no IPv6 address in the brackets";
  if (/:[0-9]*$/.test(host)) return "has a port; hosts are compared without";
  if (host.endsWith(".")) return "ends in a dot";
  if (host.includes("/")) return "is more than a host";
  return /^(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9a-fA-F]{2})+$/.test(host) ? undefined : "has characters that no host has";
}

/** `protocol: h2`: which HTTP the servers speak. Promises: nothing is guessed on the wire. */
import type { Phrase } from "../../../../../grammar/ast.ts";
import { finding } from "../../../../../grammar/source/diagnostic.ts";
import type { HttpTraffic } from "../../../../../runtime/contract/http-traffic.ts";
import type { CheckContext } from "../../../../check/context.ts";
import type { Expr } from "../../../../model/expression.ts";
import { protocolForm, protocolScheme } from "./http.diagnostics.ts";
import { knownTexts } from "./targets.ts";

const SCHEMES = { h2: "https", h2c: "http" } as const;

export function readProtocol(phrase: Phrase | undefined, targets: readonly Expr[], context: CheckContext): Pick<HttpTraffic, "protocol"> {
  if (phrase === undefined) return {};
  const [word, ...more] = phrase.terms;
  const name = word?.kind === "name" && more.length === 0 ? word.name : undefined;
  if (name !== "h2" && name !== "h2c") {
    context.report(finding(protocolForm, phrase.span, { written: context.written(phrase.span, 40) }));
    return {};
  }
  const scheme = SCHEMES[name];
  const odd = targets.flatMap((target) => knownTexts(target, context)).find(({ text }) => !text.startsWith(`${scheme}://`));
  if (odd !== undefined) context.report(finding(protocolScheme, odd.span, { protocol: name, scheme, written: odd.text }));
  return { protocol: name };
}

/** Two accepted identities that one token always fits (D8). */
import { finding, type Diagnostic } from "../../../grammar/source/diagnostic.ts";
import type { Expr } from "../../model/expression.ts";
import type { Identity, JwtIdentity } from "../../model/program.ts";
import { indistinctIdentities } from "./access.diagnostics.ts";
import { allLevels } from "../../model/placed-route.ts";
import type { Survey } from "./rules-in-force.ts";

export function checkIndistinctIdentities({ program }: Survey): readonly Diagnostic[] {
  const identities = new Map(program.identities.map((identity) => [identity.name, identity]));
  const found = new Map<string, Diagnostic>();
  for (const level of allLevels(program.gateway)) {
    const accepted = (level.accept ?? []).flatMap((name) => identities.get(name) ?? []).filter(isToken);
    for (const [first, second, issuer] of indistinctPairs(accepted)) {
      const key = `${first.name} ${second.name}`;
      const holes = { first: first.name, second: second.name, source: sourceText(first), issuer };
      const related = [
        { span: first.span, message: `\`${first.name}\` is declared here` },
        { span: level.span, message: "both are accepted here" },
      ];
      if (!found.has(key)) found.set(key, finding(indistinctIdentities, second.span, holes, related));
    }
  }
  return [...found.values()];
}

function isToken(identity: Identity): identity is JwtIdentity {
  return identity.kind === "jwt";
}

function* indistinctPairs(accepted: readonly JwtIdentity[]): Iterable<readonly [JwtIdentity, JwtIdentity, string]> {
  const holders = new Map<string, JwtIdentity>();
  for (const identity of accepted) {
    for (const { stage, issuer } of constantIssuers(identity.issuer, accepted)) {
      const key = JSON.stringify([stage, sourceText(identity), issuer]);
      const first = holders.get(key);
      if (first === undefined) holders.set(key, identity);
      else if (first !== identity) yield [first, identity, issuer];
    }
  }
}

/** What the issuer is in each stage that any of the accepted identities tells apart; an environment value is not known. */
function constantIssuers(issuer: Expr, accepted: readonly JwtIdentity[]): readonly { readonly stage: string; readonly issuer: string }[] {
  const told = accepted.flatMap((identity) => (identity.issuer.op === "stageValue" ? Object.keys(identity.issuer.values) : []));
  const stages = told.length === 0 ? [""] : [...new Set(told)];
  return stages.flatMap((stage) => {
    const value = issuer.op === "stageValue" ? issuer.values[stage] : issuer;
    return value?.op === "const" ? [{ stage, issuer: String(value.value) }] : [];
  });
}

function sourceText({ headers }: Identity): string {
  return `\`${headers[0] ?? "Authorization"}\``;
}

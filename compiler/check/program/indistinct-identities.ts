/** Two accepted identities that one token always fits (D8). */
import { finding, type Diagnostic } from "../../../grammar/source/diagnostic.ts";
import type { Expr } from "../../model/expression.ts";
import type { Identity, TokenIdentity } from "../../model/program.ts";
import { isToken } from "../../model/token-identity.ts";
import { indistinctIdentities } from "./access.diagnostics.ts";
import { allLevels } from "../../model/placed-route.ts";
import type { Survey } from "./rules-in-force.ts";

export function checkIndistinctIdentities({ program }: Survey): readonly Diagnostic[] {
  const identities = new Map(program.identities.map((identity) => [identity.name, identity]));
  const found = new Map<string, Diagnostic>();
  for (const level of allLevels(program.gateway)) {
    const accepted = [...new Set((level.accept ?? []).flat())].flatMap((name) => identities.get(name) ?? []).filter(isToken);
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

function* indistinctPairs(accepted: readonly TokenIdentity[]): Iterable<readonly [TokenIdentity, TokenIdentity, string]> {
  const holders = new Map<string, TokenIdentity[]>();
  for (const identity of accepted) {
    for (const { stage, issuer } of constantIssuers(identity, accepted)) {
      const key = JSON.stringify([stage, sourceText(identity), issuer]);
      const others = holders.get(key) ?? [];
      holders.set(key, [...others, identity]);
      for (const other of others) if (other !== identity && !differInSort(other, identity)) yield [other, identity, issuer];
    }
  }
}

/** No token is an ID token and an access token, where both are told by the same. */
function differInSort(first: TokenIdentity, second: TokenIdentity): boolean {
  return (
    (first.kind === "cognito") === (second.kind === "cognito") &&
    first.sort !== undefined &&
    second.sort !== undefined &&
    first.sort !== second.sort
  );
}

/** What the issuer is in each stage that any of the accepted identities tells apart; an environment value is not known. */
function constantIssuers(
  identity: TokenIdentity,
  accepted: readonly TokenIdentity[],
): readonly { readonly stage: string; readonly issuer: string }[] {
  const told = accepted.map(issuerOf).flatMap((issuer) => (issuer.op === "stageValue" ? Object.keys(issuer.values) : []));
  const stages = told.length === 0 ? [""] : [...new Set(told)];
  const issuer = issuerOf(identity);
  return stages.flatMap((stage) => {
    const value = issuer.op === "stageValue" ? issuer.values[stage] : issuer;
    return value?.op === "const" ? [{ stage, issuer: issuerText(identity, String(value.value)) }] : [];
  });
}

function issuerOf(identity: TokenIdentity): Expr {
  return identity.kind === "cognito" ? identity.pool : identity.issuer;
}

function issuerText({ kind }: TokenIdentity, text: string): string {
  return kind === "cognito" ? `https://cognito-idp.${text.split("_")[0]}.amazonaws.com/${text}` : text;
}

function sourceText({ headers }: Identity): string {
  return `\`${headers[0] ?? "Authorization"}\``;
}

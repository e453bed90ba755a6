/** `algorithms: [RS256, ES256]`: which signatures an identity accepts. Promises: shared secrets and public keys are never mixed. */
import type { NameNode, Phrase } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../../grammar/source/span.ts";
import type { CheckContext } from "../../../check/context.ts";
import { didYouMean } from "../../../check/did-you-mean.ts";
import type { JwtAlgorithm } from "../../../model/program.ts";
import { listForm, mixedAlgorithms, noAlgorithm, repeatedAlgorithm, unknownAlgorithm } from "./jwt.diagnostics.ts";

/** What a key must be to verify an algorithm (RFC 7518 section 3.1, RFC 8037). */
export const KEY_OF_ALGORITHM: Readonly<Record<JwtAlgorithm, { readonly kty: "RSA" | "EC" | "OKP" | "oct"; readonly crv?: string }>> = {
  RS256: { kty: "RSA" },
  RS384: { kty: "RSA" },
  RS512: { kty: "RSA" },
  PS256: { kty: "RSA" },
  PS384: { kty: "RSA" },
  PS512: { kty: "RSA" },
  ES256: { kty: "EC", crv: "P-256" },
  ES384: { kty: "EC", crv: "P-384" },
  ES512: { kty: "EC", crv: "P-521" },
  EdDSA: { kty: "OKP", crv: "Ed25519" },
  HS256: { kty: "oct" },
  HS384: { kty: "oct" },
  HS512: { kty: "oct" },
};

export const isShared = (algorithm: JwtAlgorithm): boolean => KEY_OF_ALGORITHM[algorithm].kty === "oct";

/** Undefined after a finding. */
export function readAlgorithms(phrase: Phrase, context: CheckContext): readonly JwtAlgorithm[] | undefined {
  const [list, ...more] = phrase.terms;
  if (list?.kind !== "list" || more.length > 0) {
    context.report(finding(listForm, phrase.span, { setting: "algorithms", example: "algorithms: [RS256, ES256]" }));
    return undefined;
  }
  const read = new Map<JwtAlgorithm, Span>();
  let good = true;
  for (const item of list.items) {
    const algorithm = item.kind === "name" ? algorithmOf(item) : undefined;
    if (algorithm === undefined) {
      const written = context.written(item.span, 40);
      context.report(finding(unknownAlgorithm, item.span, { written, meant: didYouMean(written, Object.keys(KEY_OF_ALGORITHM)) }));
      good = false;
    } else if (read.has(algorithm)) context.report(finding(repeatedAlgorithm, item.span, { algorithm }));
    else read.set(algorithm, item.span);
  }
  if (list.items.length === 0) context.report(finding(noAlgorithm, list.span, {}));
  return good && !reportMixed(read, context) && read.size > 0 ? [...read.keys()] : undefined;
}

function algorithmOf({ name }: NameNode): JwtAlgorithm | undefined {
  return Object.hasOwn(KEY_OF_ALGORITHM, name) ? (name as JwtAlgorithm) : undefined;
}

function reportMixed(read: ReadonlyMap<JwtAlgorithm, Span>, context: CheckContext): boolean {
  const shared = [...read].find(([algorithm]) => isShared(algorithm));
  const signed = [...read].find(([algorithm]) => !isShared(algorithm));
  if (shared === undefined || signed === undefined) return false;
  const related = [{ span: signed[1], message: "has public keys" }];
  context.report(finding(mixedAlgorithms, shared[1], { shared: shared[0], signed: signed[0] }, related));
  return true;
}

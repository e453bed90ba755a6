/**
 * A set of public keys read at compile time (RFC 7517). Promises: no private key gets into a gateway, each key can
 * verify, and some key fits some declared algorithm. Must not know tokens.
 */
import type { TextNode } from "../../../../grammar/ast.ts";
import { type Diagnostic, finding } from "../../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { JwtAlgorithm, JwtKeys } from "../../../model/program.ts";
import type { Value } from "../../../model/types.ts";
import { KEY_OF_ALGORITHM } from "./algorithms.ts";
import { brokenKeys, noFittingKey, privateKey, repeatedKeyId, unusableKey } from "./jwt.diagnostics.ts";
import { isRecord, keyProblem, privateMembers, type PublicKey, textMember } from "./public-key.ts";

/** Undefined after a finding. `algorithms` are undefined where they are broken themselves. */
export function readKeyFile(path: TextNode, algorithms: readonly JwtAlgorithm[] | undefined, context: CheckContext): JwtKeys | undefined {
  const data = context.data(path, "jwks");
  if (data === undefined) return undefined;
  const { file } = data;
  const listed = keysOf(data.text);
  if (typeof listed === "string") {
    context.report(finding(brokenKeys, path.span, { file, why: listed }));
    return undefined;
  }
  const ids = new Set<string>();
  const problems = listed.flatMap((key, at) => problemOf(key, at, ids, data.file, path) ?? []);
  for (const problem of problems) context.report(problem);
  if (problems.length > 0) return undefined;
  if (algorithms !== undefined && !listed.some((key) => algorithms.some((algorithm) => fits(key, algorithm)))) {
    context.report(finding(noFittingKey, path.span, { file, algorithms }));
    return undefined;
  }
  return { kind: "static", keys: listed.map(members) };
}

/** `ids`: those of the keys before, to which this one's is added. */
function problemOf(key: PublicKey, at: number, ids: Set<string>, file: string, path: TextNode): Diagnostic | undefined {
  const kid = textMember(key, "kid");
  const name = kid === undefined ? `key ${at + 1}` : `key \`${kid}\``;
  const members = privateMembers(key);
  if (members.length > 0) return finding(privateKey, path.span, { file, key: name, members });
  const why = keyProblem(key);
  if (why !== undefined) return finding(unusableKey, path.span, { file, key: name, why });
  if (kid === undefined) return undefined;
  if (ids.has(kid)) return finding(repeatedKeyId, path.span, { file, kid });
  ids.add(kid);
  return undefined;
}

function keysOf(text: string): readonly PublicKey[] | string {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return "it is not valid JSON";
  }
  const keys = isRecord(json) ? json["keys"] : undefined;
  if (!Array.isArray(keys)) return "it has no member `keys` with a list";
  if (keys.length === 0) return "its list of keys is empty";
  return keys.every(isRecord) ? keys : "not every key in it is an object";
}

/** As D48 has it: `use` absent or `sig`, `alg` absent or equal. */
function fits(key: PublicKey, algorithm: JwtAlgorithm): boolean {
  const { kty, crv } = KEY_OF_ALGORITHM[algorithm];
  return (
    key["kty"] === kty &&
    (crv === undefined || key["crv"] === crv) &&
    (key["use"] === undefined || key["use"] === "sig") &&
    (key["alg"] === undefined || key["alg"] === algorithm)
  );
}

/** INVARIANT: what JSON.parse gives is a `Value` but for null, and members that are null say nothing. */
function members(key: PublicKey): Readonly<Record<string, Value>> {
  return JSON.parse(JSON.stringify(key, (_, value: unknown) => value ?? undefined)) as Readonly<Record<string, Value>>;
}

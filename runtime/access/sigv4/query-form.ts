/** `?X-Amz-Algorithm=...&X-Amz-Signature=...`: a presigned request. Each parameter once and in this writing. */
import type { HeaderField } from "../../contract/gateway.ts";
import type { SigV4Fault } from "../../contract/sigv4.ts";
import { firstValue } from "../../kernel/fields.ts";
import { bytesOfHex } from "../../kernel/hex.ts";
import { algorithm, hashSize } from "./authorization-form.ts";
import type { Presented } from "./presented.ts";
import { readScope } from "./scope.ts";
import { decodedPart, isCarrier, type QueryPart } from "./signed-query.ts";
import { readTimestamp } from "./timestamp.ts";

/** A week, in seconds. */
const longestLife = 604_800;

const required = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Signature"] as const;
const optional = ["X-Amz-Expires", "X-Amz-Security-Token", "X-Amz-Content-Sha256"] as const;
type Parameter = (typeof required)[number] | (typeof optional)[number];
const known: ReadonlySet<string> = new Set<string>([...required, ...optional]);

export function readQueryForm(headers: readonly HeaderField[], parts: readonly QueryPart[]): Presented | SigV4Fault {
  const found = new Map<string, string>();
  for (const [name, value] of parts) {
    if (!isCarrier(name)) continue;
    if (!known.has(name) || found.has(name)) return "malformed-query";
    found.set(name, decodedPart(value));
  }
  if (!required.every((name) => found.has(name))) return "malformed-query";
  const valueOf = (name: Parameter): string => found.get(name) ?? "";
  if (valueOf("X-Amz-Algorithm") !== algorithm) return "other-algorithm";
  const date = readTimestamp(valueOf("X-Amz-Date"));
  if (date === undefined) return "malformed-date";
  const scope = readScope(valueOf("X-Amz-Credential"));
  const signature = bytesOfHex(valueOf("X-Amz-Signature"));
  const life = found.get("X-Amz-Expires");
  const expires = life === undefined ? undefined : readLife(life);
  const signedHeaders = valueOf("X-Amz-SignedHeaders");
  if (scope === undefined || signature?.length !== hashSize || signedHeaders === "") return "malformed-query";
  if (life !== undefined && expires === undefined) return "malformed-query";
  if (firstValue(headers, "x-amz-date") !== undefined || firstValue(headers, "x-amz-security-token") !== undefined) return "both-forms";
  const inQuery = found.get("X-Amz-Content-Sha256");
  const inField = firstValue(headers, "x-amz-content-sha256");
  if (inQuery !== undefined && inField !== undefined) return "both-forms";
  return {
    form: "query",
    scope,
    date,
    signedHeaders,
    signature,
    token: found.get("X-Amz-Security-Token"),
    expires,
    payload: inQuery ?? inField,
  };
}

function readLife(text: string): number | undefined {
  const seconds = /^[1-9][0-9]{0,5}$/.test(text) ? Number(text) : undefined;
  return seconds !== undefined && seconds <= longestLife ? seconds : undefined;
}

/**
 * Signatures for tests. Nobody has the keys' secrets: the world that a test brings gives one and the same MAC for all there is, so a
 * signature that is just this one fits, and the gateway's own path of verification runs as it is.
 */
import { callersLike } from "../../model/callers-like.ts";
import type { Configuration } from "../../../runtime/contract/world.ts";
import type { Program, SigV4Identity } from "../../model/program.ts";
import type { Value } from "../../model/types.ts";
import { settingText } from "../setting-text.ts";

/** 32 bytes, as many as a SHA-256 has. */
export const FORGED_MAC = new TextEncoder().encode("forged-by-gwl-test-as-a-mac-2026");

/** Fields of the header form, with the first key of the caller that is still good. */
export function forgedSignature(
  identity: SigV4Identity,
  claims: Readonly<Record<string, Value>>,
  program: Program,
  configuration: Configuration,
  now: number,
): readonly (readonly [name: string, value: string])[] {
  const [caller] = callersLike(identity.callers, claims);
  const key = caller?.keys.find(({ expires }) => expires === undefined || now < expires) ?? caller?.keys[0];
  const [region] = identity.regions;
  if (key === undefined || region === undefined) return [];
  const stamp = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const scope = `${stamp.slice(0, 8)}/${settingText(region, program, configuration)}/execute-api/aws4_request`;
  const names = ["host", "x-amz-date", ...(key.token === undefined ? [] : ["x-amz-security-token"])].join(";");
  const signature = Array.from(FORGED_MAC, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [
    ["X-Amz-Date", stamp],
    ...(key.token === undefined ? [] : [["X-Amz-Security-Token", configuration.variables[key.token] ?? ""] as const]),
    ["Authorization", `AWS4-HMAC-SHA256 Credential=${key.id}/${scope}, SignedHeaders=${names}, Signature=${signature}`],
  ];
}

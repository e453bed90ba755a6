/**
 * A started `jwt` identity: its token, and settings that no compiler could check. What makes a token good is in `jwt.ts`.
 */
import type { JwtData } from "../contract/identity-data.ts";
import type { JwtKeySource } from "../contract/jwt.ts";
import { shown } from "../kernel/configuration.ts";
import { fits } from "../kernel/fits.ts";
import type { IdentityBrought, RunningIdentity } from "../kernel/running-identity.ts";
import { bearerIdentity } from "./bearer-token.ts";
import { tokenVerifier } from "./jwt.ts";
import { lateTexts, tokenSettings } from "./token-settings.ts";

export function jwtIdentity(data: JwtData, brought: IdentityBrought, problems: string[]): RunningIdentity {
  const [issuer = ""] = lateTexts(brought, "issuer");
  const settings = { ...tokenSettings(data, brought), issuer, keys: keySource(data, brought, problems) };
  return bearerIdentity(data.headers[0], tokenVerifier(settings));
}

/** Bytes: a key as long as the longest hash it is used with (RFC 7518 section 3.2). */
function shortestSecret(algorithms: readonly string[]): number {
  return Math.max(...algorithms.map((algorithm) => Number(algorithm.slice(2)) / 8));
}

function keySource({ name, keys, algorithms }: JwtData, { late, secrets, secretNames }: IdentityBrought, problems: string[]): JwtKeySource {
  if (keys.kind === "static") return keys;
  if (keys.kind === "url") {
    const url = late["keysUrl"]?.[0];
    if (url !== undefined && !fits({ kind: "url" }, url))
      problems.push(`the keys of identity \`${name}\` come from ${shown(String(url))}: expected an absolute URL`);
    return { kind: "url", url: String(url ?? "") };
  }
  const secret = secrets[keys.secret] ?? "";
  const shortest = shortestSecret(algorithms);
  if (secret !== "" && new TextEncoder().encode(secret).length < shortest)
    problems.push(
      `\`${secretNames[keys.secret]}\`, the secret of identity \`${name}\`, is too short for ${algorithms.join(", ")}: set it to at least ${shortest} bytes`,
    );
  return { kind: "secret", secret };
}

/**
 * A started `jwt` identity: where its token stands, what a 401 says of it (RFC 6750 section 3), and settings that no compiler could check.
 * What makes a token good is in `jwt.ts`.
 */
import type { HeaderField } from "../contract/gateway.ts";
import type { JwtData } from "../contract/identity-data.ts";
import type { JwtKeySource, JwtSettings } from "../contract/jwt.ts";
import type { Verification } from "../contract/verification.ts";
import { shown } from "../kernel/configuration.ts";
import { firstValue } from "../kernel/fields.ts";
import { fits } from "../kernel/fits.ts";
import type { IdentityBrought, RunningIdentity } from "../kernel/running-identity.ts";
import { credentialsOf } from "./authorization-field.ts";
import { verifyJwt } from "./jwt.ts";

export function jwtIdentity(data: JwtData, brought: IdentityBrought, problems: string[]): RunningIdentity {
  const { name, headers, algorithms, leeway, claims } = data;
  const settings: JwtSettings = {
    identity: name,
    issuer: String(brought.late["issuer"]?.[0] ?? ""),
    audience: (brought.late["audience"] ?? []).map((value) => String(value ?? "")),
    algorithms,
    keys: keySource(data, brought, problems),
    leeway,
    claims,
  };
  const [header] = headers;
  const tokenIn = (fields: readonly HeaderField[]): string | undefined =>
    header === undefined ? credentialsOf(fields, "bearer") : firstValue(fields, header);
  return {
    verify: ({ request }, _request, world) => {
      const token = tokenIn(request.headers);
      return token === undefined ? absent : verifyJwt(settings, token, world);
    },
    challenge: ({ request }) => {
      if (header !== undefined) return "Token";
      return tokenIn(request.headers) === undefined ? "Bearer" : 'Bearer error="invalid_token"';
    },
  };
}

const absent: Verification = { ok: false, cause: "absent", why: "no token" };

/** Bytes: a key as long as the longest hash it is used with (RFC 7518 section 3.2). */
function shortestSecret(algorithms: readonly string[]): number {
  return Math.max(...algorithms.map((algorithm) => Number(algorithm.slice(2)) / 8));
}

function keySource({ name, keys, algorithms }: JwtData, { late, secrets }: IdentityBrought, problems: string[]): JwtKeySource {
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
    problems.push(`the secret of identity \`${name}\` is too short for ${algorithms.join(", ")}: at least ${shortest} bytes are needed`);
  return { kind: "secret", secret };
}

/** Callers whose tokens an authorization server is asked about, for tests: the token itself holds what the server will say of it. */
import type { Configuration, Question, Reply } from "../../../runtime/contract/world.ts";
import type { IntrospectIdentity, Program } from "../../model/program.ts";
import type { Value } from "../../model/types.ts";
import { settingText } from "../setting-text.ts";

type Claims = Readonly<Record<string, Value>>;

const PREFIX = "gwl-test-";

export function forgedToken(identity: IntrospectIdentity, claims: Claims, program: Program, configuration: Configuration): string {
  const [audience] = identity.audience;
  const told: Record<string, Value> = {
    active: true,
    ...(identity.issuer === undefined ? {} : { iss: settingText(identity.issuer, program, configuration) }),
    ...(audience === undefined ? {} : { aud: settingText(audience, program, configuration) }),
  };
  for (const [name, value] of Object.entries(claims)) {
    const claim = identity.claims.find((candidate) => candidate.name === name);
    told[claim?.claim ?? name] = claim?.scopes !== undefined && Array.isArray(value) ? value.join(" ") : value;
  }
  const bytes = new TextEncoder().encode(JSON.stringify(told));
  return PREFIX + Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The answer about a forged token, and that no other is active; undefined where nobody of the program asks so. */
export function introspected({ url, body }: Question, program: Program, configuration: Configuration): Reply | undefined {
  const isAsked = program.identities.some((one) => one.kind === "introspect" && settingText(one.url, program, configuration) === url);
  if (!isAsked) return undefined;
  const token = new URLSearchParams(new TextDecoder().decode(body)).get("token") ?? "";
  const told = token.startsWith(PREFIX) ? bytesOf(token.slice(PREFIX.length)) : new TextEncoder().encode('{"active":false}');
  return { kind: "answer", status: 200, headers: [], body: told };
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
}

/** How an authorization server is asked about a token (RFC 7662 section 2.1), by a client that says who it is (RFC 6749 section 2.3.1). */
import type { Question } from "../contract/world.ts";

export type Introspection = {
  readonly url: string;
  readonly client: string;
  readonly secret: string;
  readonly token: string;
  /** Milliseconds. */
  readonly timeout: number;
};

const encoder = new TextEncoder();
const mostBytes = 8192;

export function introspectionQuestion({ url, client, secret, token, timeout }: Introspection): Question {
  const headers = [
    ["authorization", `Basic ${btoa(`${formText(client)}:${formText(secret)}`)}`],
    ["content-type", "application/x-www-form-urlencoded"],
    ["accept", "application/json"],
  ] as const;
  const body = encoder.encode(`token=${formText(token)}&token_type_hint=access_token`);
  return { method: "POST", url, headers, body, timeout, mostBytes };
}

/** As in forms (RFC 6749 appendix B). */
function formText(text: string): string {
  return new URLSearchParams({ a: text }).toString().slice(2);
}

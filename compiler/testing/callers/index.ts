/** How a test makes callers of each kind: what their requests carry, and what the gateway is told of them. */
import type { Configuration } from "../../../runtime/contract/world.ts";
import type { Identity, Program, TestRequest } from "../../model/program.ts";
import { forgedSources } from "./authorizer.ts";
import { forgedKey, keyEntry } from "./api-key.ts";
import { forgedCredentials, userEntry } from "./basic.ts";
import { forgedToken } from "./introspect.ts";
import { forgedCertificate } from "./mtls.ts";
import { forgeToken } from "./jwt.ts";
import { forgedAssertion } from "./saml.ts";
import { forgedSignature } from "./sigv4.ts";

export type Caller = TestRequest["as"][number];

/** The header fields of the caller's credential. `now` in milliseconds since 1970 UTC. */
export function credentialOf(
  { identity: name, claims }: Caller,
  program: Program,
  configuration: Configuration,
  now: number,
): readonly (readonly [name: string, value: string])[] {
  const identity = program.identities.find((candidate) => candidate.name === name);
  switch (identity?.kind) {
    case undefined:
      return [];
    case "api_key":
      return [[identity.headers[0] ?? "", forgedKey(identity, claims)]];
    case "basic":
      return [["Authorization", `Basic ${forgedCredentials(identity, claims)}`]];
    case "http":
    case "lambda":
      return forgedSources(identity, "header");
    case "saml":
      return bearer(identity, forgedAssertion(identity, claims, program, configuration, now));
    case "introspect":
      return bearer(identity, forgedToken(identity, claims, program, configuration));
    case "cognito":
    case "jwt":
    case "oidc":
      return bearer(identity, forgeToken(identity, claims, program, configuration, now));
    // It is shown while the connection is made: see `certificateOf`.
    case "mtls":
      return [];
    case "sigv4":
      return forgedSignature(identity, claims, program, configuration, now);
    default:
      return identity satisfies never;
  }
}

function bearer({ headers: [header] }: Identity, token: string): readonly (readonly [name: string, value: string])[] {
  return [header === undefined ? ["Authorization", `Bearer ${token}`] : [header, token]];
}

/** What the caller's credential has in the query. */
export function queryOf({ identity: name }: Caller, { identities }: Program): readonly (readonly [name: string, value: string])[] {
  const identity = identities.find((candidate) => candidate.name === name);
  return identity?.kind === "http" || identity?.kind === "lambda" ? forgedSources(identity, "query") : [];
}

/** What a caller has shown by TLS, in DER, and at which entry. */
export function certificateOf(
  callers: readonly Caller[],
  { identities }: Program,
  now: number,
): { readonly certificate: Uint8Array; readonly entry: string } | undefined {
  for (const { identity: name, claims } of callers) {
    const identity = identities.find((candidate) => candidate.name === name);
    if (identity?.kind === "mtls") return { certificate: forgedCertificate(identity, claims, now), entry: identity.entry };
  }
  return undefined;
}

/** The text of each secret that is a store, with these callers in it. */
export function storesWith(callers: readonly Caller[], { identities }: Program): ReadonlyMap<string, string> {
  const stores = new Map<string, string>();
  for (const identity of identities) {
    const own = distinct(callers, identity);
    if (identity.kind === "api_key")
      stores.set(identity.store, JSON.stringify({ keys: own.map(({ claims }) => keyEntry(identity, claims)) }));
    if (identity.kind === "basic")
      stores.set(identity.store, JSON.stringify({ users: own.map(({ claims }) => userEntry(identity, claims)) }));
  }
  return stores;
}

function distinct(callers: readonly Caller[], { name }: Identity): readonly Caller[] {
  const own = callers.filter(({ identity }) => identity === name);
  return [...new Map(own.map((caller) => [JSON.stringify(caller.claims), caller])).values()];
}

/**
 * What generated programs are made of: few names, few values, so that rules, requests and tokens meet often. Knows GWL's
 * syntax only as text.
 */
import type { Field } from "./fields.ts";
import type { Scalar } from "./scalars.ts";

/** `claim` is the member of the token, `name` what rules call it. */
export type ClaimShape = Field & { readonly claim: string };

export type IdentityShape = {
  readonly kind: "jwt" | "oidc" | "cognito" | "introspect" | "api_key";
  readonly name: string;
  /** Whom the caller must prove to be as well, where it is one of this identity. */
  readonly partner?: IdentityShape;
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly clients: readonly string[];
  readonly sort?: "id" | "access";
  readonly scopes: readonly string[];
  readonly algorithm: "RS256" | "ES256" | "EdDSA" | "HS256";
  readonly keys: "file" | "url" | "secret";
  readonly header?: string;
  readonly leeway: number;
  readonly claims: readonly ClaimShape[];
};

export type EnvShape = { readonly name: string; readonly type: Scalar; readonly line: string; readonly isRequired: boolean };

export const STRINGS = ["a", "b", "gold", "red team", "", "é", "x-1", "A"] as const;
export const INTS = [0, 1, 2, 5, 10, 100] as const;
export const GRADES = ["basic", "gold"] as const;
/** `Code` is a newtype: `String max 8 matches /^c[0-9]+$/`. */
export const CODES = ["c1", "c22", "c"] as const;
export const TYPE_LINES = [
  'type Grade = "basic" | "gold"',
  "type Code = String max 8 matches /^c[0-9]+$/",
  "type Step = 1 | 2 | 3",
  "type Count = Int 0..9",
] as const;
export const REGEXES = ["^a", "ol", "^[a-z]{1,3}$", "x-[0-9]", "^$"] as const;
export const HEADERS = ["X-A", "X-B"] as const;
export const QUERIES = ["q", "page"] as const;
export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
export const ZONES = ["UTC", "Europe/Berlin", "America/New_York"] as const;
export const STAGES = ["dev", "prod"] as const;
export const ENDPOINTS = ["vpce-0aaaaaaa1", "vpce-0bbbbbbb2"] as const;
export const TAG_VALUES = ["public", "pii"] as const;

export const ADDRESSES = ["203.0.113.5", "198.51.100.16", "10.0.0.1", "2001:db8::1"] as const;

/** Blocks that overlap, touch, lie at the ends of the space and around its sign bit. */
export const BLOCKS = [
  "203.0.113.0/24",
  "203.0.113.128/25",
  "203.0.113.64/26",
  "198.51.100.16/28",
  "10.0.0.0/8",
  "10.1.2.0/23",
  "127.0.0.0/8",
  "128.0.0.0/1",
  "0.0.0.0/0",
  "0.0.0.0/32",
  "255.255.255.255/32",
  "2001:db8::/32",
  "2001:db8:8000::/33",
  "2001:db8::1/128",
  "::/0",
  "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128",
  "8000::/1",
] as const;

export const quoted = (text: string): string => JSON.stringify(text);

/**
 * Words that the language has and this compiler does not know yet. Promises: whoever writes one is told so at the word;
 * none is ever ignored. When a word gets its file, its line here goes.
 */
import type { Within } from "./piece.ts";

/** Statements, with the places where they will stand. */
export const LATER_STATEMENTS: Readonly<Record<string, readonly Within[]>> = {
  throttle: ["gateway", "api", "group", "route"],
  quota: ["gateway", "api", "group", "route"],
  concurrency: ["gateway", "api", "group", "route"],
  cache: ["gateway", "api", "group", "route"],
  plan: ["file"],
  release: ["file"],
  manage: ["file"],
  invariant: ["file"],
  extern: ["file"],
  schema: ["file"],
  cors: ["gateway", "api", "group", "route"],
  compose: ["file", "route"],
  entry: ["gateway", "api"],
  resource_policy: ["gateway", "api"],
  endpoint_policy: ["gateway", "api"],
  deprecated: ["api", "group", "route"],
  observe: ["gateway", "api", "group", "route"],
  log: ["gateway", "api", "group", "route"],
  metrics: ["gateway", "api"],
  map: ["api", "group", "route"],
  remove: ["gateway", "api", "group", "route"],
  rename: ["gateway", "api", "group", "route"],
  rewrite: ["api", "group", "route"],
  timeout: ["api", "group", "route"],
  websocket: ["route"],
  tls: ["gateway"],
};

/** `identity X = KIND`. */
export const LATER_IDENTITY_KINDS: ReadonlySet<string> = new Set([
  "cognito",
  "oidc",
  "sigv4",
  "api_key",
  "mtls",
  "lambda",
  "http",
  "saml",
  "introspect",
  "basic",
]);

/** `backend x = KIND`. */
export const LATER_BACKEND_KINDS: ReadonlySet<string> = new Set(["lambda", "websocket", "grpc", "queue", "s3", "compose"]);

/** Settings and statements of an `http` backend. */
export const LATER_BACKEND_WORDS: ReadonlySet<string> = new Set([
  "retry",
  "health",
  "breaker",
  "balance",
  "mirror",
  "tls",
  "concurrency",
  "queue",
  "protocol",
]);

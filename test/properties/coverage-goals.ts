/** What must occur in a run of the agreement property. A new expression or cause that is not listed here does not compile. */
import type { Expr } from "../../compiler/model/expression.ts";
import type { Cached } from "../../runtime/contract/cache.ts";
import type { Cause, Outcome } from "../../runtime/contract/gateway.ts";
import type { GeneratedRequest } from "../arbitraries/requests.ts";

export const WORDS: readonly string[] = [
  "gwl let env secret network type identity backend policy tag gateway api group GET HEAD POST PUT PATCH DELETE OPTIONS",
  "ANY accept tags allow deny require public use apply override set respond listen trust limits paths explain traces",
  "cors remove rename rewrite answer security_headers validate compress decompress map returns cache compose",
].flatMap((line) => line.split(" "));

/** How a construct is written. */
export const FORMS: Readonly<Record<string, RegExp>> = {
  "env by stage": /^env .*stage \{/m,
  "env without value": /^env [A-Z_0-9]+: [^=\n]+$/m,
  "constant by stage": /^let .*stage \{/m,
  "network of blocks": /^network \w+ \{/m,
  "network algebra": /^network \w+ = /m,
  "network from a text file": /^network \w+ from "[^"]*t"/m,
  "network from JSON with where": /^network \w+ from .* where /m,
  "network that is read again": /^network \w+ from .* reload every /m,
  "network that may lose many entries": / shrink at most 80%/,
  "keys from a file": /keys: from /,
  "keys from a URL": /keys: url /,
  "keys from a secret": /^ {2}secret: /m,
  "token in its own header": /^ {2}header: /m,
  "claim with another name": /" as c\d/,
  "optional claim": /^ {4}\S.*\?/m,
  "policy with parameters": /^policy \w+\(\w/m,
  "policy that uses a policy": /^policy [^}]*\n {2}use /m,
  "default of a parameter": /^policy .*: \w+ = /m,
  "overridable policy": /\) overridable \{/,
  "override of all uses": /^\s+override \w+ because/m,
  "override with arguments": /^\s+override \w+\(/m,
  "apply by tag": /^\s+apply .*where .*tag\./m,
  "apply by method": /^\s+apply .*where .*method/m,
  "apply on ANY": /^\s+apply .*where .*method[^]*^\s*ANY "/m,
  "allow without condition": /^\s+allow$/m,
  "accept A or B": /accept \w+ or /,
  "accept at an api": /^ {2}accept /m,
  "public at an api or group": /^api [^]*^ {2}public because/m,
  "api with version": / version \d/,
  "version by a header field": / by header "X-Ver"/,
  "version by media types": / by media "/,
  "version by a parameter": / by parameter "v"/,
  "version by default": / by .* default \{/,
  "typed parameter": /\{s\d: (?!String)/,
  "plain parameter": /\{s\d: String\}/,
  "parameter of an api's path": /^api \w+ at "[^"]*\{/m,
  Rest: /: Rest\}/,
  "typed body": / body Body\d/,
  "backend that responds": /^backend \w+ = respond/m,
  "backend of WebSockets": /^backend \w+ = websocket/m,
  "backend with two targets": /targets: \[[^\]]*,/,
  "respond with a text": /respond \d+ "/,
  "respond with a record": /respond \d+ \{/,
  "set header": /^\s+set (?:request )?header/m,
  "set response header": /set response header/,
  "host by stage": /host: stage/,
  "paths: resolve, merge, allow": /dot_segments: resolve/,
  "paths: trailing slash refused": /trailing_slash: refuse/,
  "set query": /set query/,
  "header renamed": /^\s+rename header/m,
  "header of an answer renamed": /rename response header/,
  "query renamed": /rename query/,
  "path with parameters rewritten": /rewrite path "\/v2\/\{/,
  "list mapped": /\.map\(row: /,
  "member left out where it is absent": /: optional /,
  "cors for any": /cors \{ origins: any/,
  "cors with a pattern": /cors \{ origins: .*\*\./,
  "cors by stage": /cors \{ origins: stage/,
  "cors taken back": /^\s+cors none/m,
  "small limits": /target: 256B/,
  "trust request ids": /trust request_ids /,
  "trust traces": /trust traces /,
};

/** IAM documents have a property of their own: `test/access/iam`. */
export const OPERATORS: Readonly<Record<Exclude<Expr["op"], "applyingStatements" | "awsAllows" | "awsTable">, true>> = {
  const: true,
  env: true,
  stage: true,
  stageValue: true,
  param: true,
  clientIp: true,
  method: true,
  path: true,
  host: true,
  header: true,
  headers: true,
  query: true,
  queries: true,
  pathParam: true,
  now: true,
  timeOfDay: true,
  weekday: true,
  tag: true,
  routeFact: true,
  entryFact: true,
  isKnown: true,
  isIdentity: true,
  principalId: true,
  principalField: true,
  body: true,
  field: true,
  not: true,
  and: true,
  or: true,
  if: true,
  compare: true,
  in: true,
  matches: true,
  has: true,
  coalesce: true,
  startsWith: true,
  endsWith: true,
  contains: true,
  lower: true,
  sizeOf: true,
  text: true,
  concat: true,
  list: true,
  record: true,
  each: true,
  item: true,
  answerBody: true,
  range: true,
  network: true,
  networkAlgebra: true,
};
export const COMPARISONS = ["==", "!=", "<", "<=", ">", ">="] as const satisfies readonly Extract<Expr, { op: "compare" }>["operator"][];
export const ALGEBRA = ["+", "-", "&"] as const satisfies readonly Extract<Expr, { op: "networkAlgebra" }>["operator"][];

export const TYPES: readonly string[] = [
  "bool int decimal string literals set list map record newtype optional range network duration size percent time",
  "timeOfDay ip method status url arn accountId uuid",
].flatMap((line) => line.split(" "));

/** Generated programs ask nobody who calls: what comes of authorizers is compared in `test/access/authorizer`, what limits count in `limits.test.ts`. */
export const CAUSES: Readonly<
  Record<
    Exclude<Cause, "authorizer-denied" | "authorizer-failed" | "throttled" | "quota-exceeded" | "limits-unavailable" | "too-many-at-once">,
    true
  >
> = {
  rule: true,
  default: true,
  malformed: true,
  expectation: true,
  "headers-too-large": true,
  "target-too-long": true,
  "unknown-host": true,
  "not-admitted": true,
  "no-route": true,
  "method-not-allowed": true,
  "upgrade-required": true,
  "unknown-version": true,
  "cross-origin": true,
  unauthenticated: true,
  "keys-unavailable": true,
  "not-acceptable": true,
  "invalid-request": true,
  "body-too-large": true,
  "unsupported-media-type": true,
  "invalid-body": true,
  "incomplete-body": true,
};

type Holds = (outcome: Outcome, request: GeneratedRequest) => boolean;

function cachedOf(answer: Outcome["answer"]): Cached {
  return answer.kind === "forward" || answer.kind === "invoke" ? answer : {};
}

export const FACTS: Readonly<Record<string, Holds>> = {
  allowed: ({ decision }) => decision.effect === "allow",
  "denied by a rule": ({ decision }) => decision.effect === "deny" && decision.cause === "rule",
  "several determining rules": ({ decision }) => decision.rules.length > 1,
  "a rule through a policy": ({ decision }) => decision.rules.some((rule) => rule.includes("/")),
  "a rule through two policies": ({ decision }) => decision.rules.some((rule) => rule.split("/").length > 2),
  "a caller with claims": ({ decision }) => Object.keys(decision.principal?.claims ?? {}).length > 0,
  "parameters in the path": ({ decision }) => Object.keys(decision.parameters).length > 0,
  "HEAD allowed": ({ decision }, { method }) => decision.effect === "allow" && method === "HEAD",
  "HEAD on a GET or ANY route": ({ decision }, { method }) => method === "HEAD" && /^(?:GET|ANY) /.test(decision.route ?? ""),
  "forwarded with a read body": ({ answer }) => answer.kind === "forward" && answer.body instanceof Uint8Array,
  "forwarded as it was unpacked": ({ answer, decision }, { headers }) =>
    decision.effect === "allow" &&
    answer.kind === "forward" &&
    answer.body instanceof Uint8Array &&
    headers.some(([name]) => name === "Content-Encoding") &&
    answer.headers.every(([name]) => name !== "content-encoding"),
  "forwarded with a streamed body": ({ answer }) => answer.kind === "forward" && answer.body === "stream",
  "a body that was mapped": ({ answer }) =>
    answer.kind === "forward" && answer.body instanceof Uint8Array && Buffer.from(answer.body).includes('"mapped":true'),
  "a header set on the answer": ({ answer }) => answer.kind === "forward" && answer.responseHeaders.length > 1,
  "is made of several parts": ({ answer }) => answer.kind === "compose" && answer.parts.length > 1,
  "a part of a function": ({ answer }) => answer.kind === "compose" && answer.parts.some(({ ask }) => ask.kind === "invoke"),
  "goes on as WebSocket": ({ answer }) => answer.kind === "websocket",
  "offers to compress a WebSocket": ({ answer }) => answer.kind === "websocket" && answer.extensions !== undefined,
  "a query towards the backend": ({ answer }) => answer.kind === "forward" && answer.target.includes("?"),
  "answered by the gateway itself": ({ answer, decision }) => answer.kind === "local" && decision.effect === "allow",
  "a client behind a proxy": ({ client }, { peer }) => !peer.startsWith(client) && client !== "" && !peer.includes("ffff"),
  "a client by IPv6": ({ client }) => client.includes(":"),
  "a version chosen": ({ decision }) => decision.effect === "allow" && / version \d$/.test(decision.route ?? ""),
  "a preflight granted": ({ decision }) => decision.cause === "preflight",
  "a page of another origin may read": ({ answer }) =>
    answer.kind !== "local"
      ? answer.responseHeaders.some(([name, values]) => name === "access-control-allow-origin" && values.length > 0)
      : answer.headers.some(([name]) => name === "access-control-allow-origin"),
  "an answer that is kept for its caller": ({ answer }) => cachedOf(answer).cache?.isPersonal === true,
  "an answer that is kept for many": ({ answer }) => cachedOf(answer).cache?.isPersonal === false,
  "an answer that is asked for anew": ({ answer }) => cachedOf(answer).cache?.refreshes === true,
  "a change of what is kept": ({ answer }) => cachedOf(answer).changes !== undefined,
  "a challenge for a bad token": ({ answer }) =>
    answer.kind === "local" && answer.headers.some(([, value]) => value.includes("invalid_token")),
};

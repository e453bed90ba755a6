/**
 * A request in its one form, or why it is refused: D20 step by step, the first failure answers. Promises: whatever comes after this sees
 * no ambiguous byte. Knows nothing of routes.
 */
import type { Cause, HeaderField } from "../../runtime/contract/gateway.ts";
import type { GatewayRequest } from "../../runtime/contract/request.ts";
import type { Limits, PathRules } from "../model/program.ts";
import { canonicalPath } from "./canonical-path.ts";
import { areTooLarge, cleanFields, isToken, lowerAscii, pairsOf, trimBlanks, valueOf, valuesOf } from "./fields.ts";
import { translated } from "./http2-request.ts";
import { parseHost, type Host } from "./host.ts";
import { hasBrokenTriplet, hasForbiddenCharacter } from "./triplets.ts";

export type CanonicalRequest = {
  readonly method: string;
  readonly fields: readonly HeaderField[];
  /** Fields that `connection` names: for the next hop only. */
  readonly connectionOptions: readonly string[];
  /** Absent only with HTTP/1.0. */
  readonly host: Host | undefined;
  /** Absent for `OPTIONS *`. */
  readonly path: string | undefined;
  /** What stands behind the `?`, as received. */
  readonly query: string | undefined;
  /** Bytes, where `content-length` says so. */
  readonly declaredLength: number | undefined;
  readonly hasBody: boolean;
  /** Asks that the connection become a WebSocket. */
  readonly isUpgrade: boolean;
};

export type RequestRules = {
  readonly limits: Limits;
  readonly paths: PathRules;
  /** Lower-case names without port; empty: any. */
  readonly hosts: readonly string[];
  /** Fields that identities read tokens from. */
  readonly identityHeaders: readonly string[];
  /** Some route is for upgrades. */
  readonly upgrades: boolean;
};

export function canonicalRequest(given: GatewayRequest, rules: RequestRules): CanonicalRequest | Cause {
  const request = given.httpVersion === "2.0" ? translated(given) : given;
  if (request === undefined) return "malformed";
  if (!isToken(request.method)) return "malformed";
  if (request.httpVersion !== "1.0" && request.httpVersion !== "1.1") return "malformed";
  if (request.target.length > rules.limits.target) return "target-too-long";
  const pairs = pairsOf(request.rawHeaders);
  if (areTooLarge(pairs, rules.limits)) return "headers-too-large";
  const fields = cleanFields(pairs);
  if (fields === undefined) return "malformed";
  if (!isWellFramed(fields, request.httpVersion)) return "malformed";
  const connectionOptions = valuesOf(fields, "connection").flatMap((value) =>
    value.split(",").map((option) => lowerAscii(trimBlanks(option))),
  );
  if (!connectionOptions.every((option) => mayBeDropped(option, rules.identityHeaders))) return "malformed";
  const upgrades = valuesOf(fields, "upgrade");
  const hasBody = valuesOf(fields, "transfer-encoding").length > 0 || Number(valueOf(fields, "content-length") ?? 0) > 0;
  const isUpgrade =
    rules.upgrades &&
    upgrades.length === 1 &&
    lowerAscii(upgrades[0] ?? "") === "websocket" &&
    connectionOptions.includes("upgrade") &&
    request.method === "GET" &&
    request.httpVersion === "1.1" &&
    !hasBody;
  if ((upgrades.length > 0 && !isUpgrade) || request.method === "CONNECT" || request.method === "TRACE") return "malformed";
  if (valuesOf(fields, "expect").some((value) => lowerAscii(value) !== "100-continue")) return "expectation";
  if ([...ONCE, ...rules.identityHeaders].some((name) => valuesOf(fields, name).length > 1)) return "malformed";

  const written = valueOf(fields, "host");
  const host = written === undefined ? undefined : parseHost(written);
  if (host === undefined && (written !== undefined || request.httpVersion === "1.1")) return "malformed";
  if (rules.hosts.length > 0 && !rules.hosts.includes(host?.name ?? "")) return "unknown-host";

  const target = splitTarget(request, host, rules.paths);
  if (target === undefined) return "malformed";
  const length = valueOf(fields, "content-length");
  const declaredLength = length === undefined ? undefined : Number(length);
  return { method: request.method, fields, connectionOptions, host, ...target, declaredLength, hasBody, isUpgrade };
}

const ONCE: readonly string[] = (
  "host authorization content-type content-length cookie x-forwarded-for x-forwarded-proto x-forwarded-host " +
  "x-forwarded-port forwarded x-request-id proxy-authorization expect"
).split(" ");

/** D20.4: two readers must find the same end of the body. */
function isWellFramed(fields: readonly HeaderField[], httpVersion: string): boolean {
  const encodings = valuesOf(fields, "transfer-encoding");
  const lengths = valuesOf(fields, "content-length");
  if (encodings.length > 0) {
    return encodings.length === 1 && lowerAscii(encodings[0] ?? "") === "chunked" && httpVersion === "1.1" && lengths.length === 0;
  }
  return lengths.length <= 1 && lengths.every((length) => /^[0-9]{1,15}$/.test(length));
}

/** D20.5: a client must not make us drop what rules or backends trust. */
function mayBeDropped(option: string, identityHeaders: readonly string[]): boolean {
  const kept = ["authorization", "host", "content-length", "content-type", "cookie", "transfer-encoding", ...identityHeaders];
  return isToken(option) && !kept.includes(option) && !option.startsWith("x-forwarded-");
}

type Target = { readonly path: string | undefined; readonly query: string | undefined };

/** D20.8 to D20.10. */
function splitTarget({ target, method }: GatewayRequest, host: Host | undefined, paths: PathRules): Target | undefined {
  if (target === "*") return method === "OPTIONS" ? { path: undefined, query: undefined } : undefined;
  const origin = target.startsWith("/") ? target : behindAuthority(target, host);
  if (origin === undefined) return undefined;
  const mark = origin.indexOf("?");
  const query = mark === -1 ? undefined : origin.slice(mark + 1);
  if (query !== undefined && (hasForbiddenCharacter(query) || hasBrokenTriplet(query))) return undefined;
  const path = canonicalPath(mark === -1 ? origin : origin.slice(0, mark), paths);
  return path === undefined ? undefined : { path, query };
}

/** What follows the authority of an absolute target, which must be the Host that we checked. */
function behindAuthority(target: string, host: Host | undefined): string | undefined {
  const [, authority, rest] = /^https?:\/\/([^/?#]*)(.*)$/is.exec(target) ?? [];
  if (authority === undefined || rest === undefined || host === undefined || lowerAscii(authority) !== host.authority) return undefined;
  return rest.startsWith("/") ? rest : `/${rest}`;
}

/** Requests for a generated program, aimed at its edges. */
import type { EntryArrival, GatewayRequest, Http2Head } from "../../runtime/contract/request.ts";
import type { World } from "../../runtime/contract/world.ts";
import { address, forwardedFor } from "./addresses.ts";
import { BODY_CODINGS, bodyBytes, encoded } from "./bodies.ts";
import { nameFields } from "./call-names.ts";
import { handshakeFields } from "./handshakes.ts";
import { pageHeaders } from "./cors.ts";
import { arrival } from "./doors.ts";
import type { Choices } from "./choices.ts";
import type { Generated, GeneratedRoute } from "./generated.ts";
import { cheapWorld } from "./keys.ts";
import { freshnessHeaders } from "./caches.ts";
import { codingHeaders } from "./every-answer.ts";
import { acceptHeaders } from "./validate.ts";
import { type Reloads, reloadedOnce, reloads } from "./reloads.ts";
import { versionHeaders } from "./versions.ts";
import { target } from "./targets.ts";
import { credential } from "./credentials.ts";
import { inHttp2 } from "./http2.ts";
import { HEADERS, STRINGS } from "./vocabulary.ts";

export type GeneratedRequest = {
  readonly method: string;
  readonly target: string;
  readonly httpVersion: string;
  readonly http2?: Http2Head;
  readonly headers: readonly (readonly [string, string])[];
  readonly peer: string;
  readonly secure: boolean;
  readonly body: Uint8Array;
  readonly isBodyCut: boolean;
  readonly now: number;
  readonly areKeysAvailable: boolean;
  readonly entry?: EntryArrival | undefined;
  readonly reloads?: Reloads;
};

export const NOON = Date.UTC(2026, 5, 15, 12);

/** `at`: where the clock is to stand. */
export function generateRequest(c: Choices, generated: Generated, at?: number): GeneratedRequest {
  const route = routeOf(c, generated.routes);
  const now = at ?? NOON + c.pick([0, 0, -4 * 3600_000, 10 * 3600_000, 5 * 86_400_000, 1000, 43_199_000]);
  /** Most requests are clean, so that they come to the rules; the others try the hygiene before. */
  const isClean = c.chance(3, 4);
  const asksFirst = c.chance(1, 8);
  const method = asksFirst
    ? "OPTIONS"
    : !isClean && c.chance(1, 6)
      ? c.pick(["GET", "HEAD", "OPTIONS", "PURGE", "get", "TRACE", "CONNECT", "ANY"])
      : methodOf(c, route);
  const plain = bodyOf(c, route, method);
  const coding = route?.body !== undefined && plain.length > 0 && c.chance(1, 4) ? c.pick(BODY_CODINGS) : undefined;
  const body = coding === undefined ? plain : encoded(c, plain, coding);
  const request: GeneratedRequest = {
    method,
    target: target(c, route, isClean),
    httpVersion: !isClean && c.chance(1, 20) ? c.pick(["1.0", "0.9", "2.0"]) : "1.1",
    headers: [
      ...headers(c, generated, body, now, isClean),
      ...(asksFirst || c.chance(1, 6) ? pageHeaders(c, route, asksFirst) : []),
      ...handshakeFields(c, route?.isUpgrade === true),
      ...acceptHeaders(c),
      ...codingHeaders(c),
      ...(coding === undefined
        ? []
        : [["Content-Encoding", c.chance(1, 8) ? c.pick(["GZIP", "x-gzip", "gzip, br", "identity", "br"]) : coding] as const]),
      ...(coding !== undefined && c.chance(1, 3) ? [["Content-Digest", "sha-256=:AAAA:"] as const] : []),
      ...(route?.segments[0]?.kind === "literal" && route.segments[0].text === "ver" ? versionHeaders(c) : []),
      ...freshnessHeaders(c),
      ...(c.chance(1, 4) ? nameFields(c) : []),
    ],
    peer: !isClean && c.chance(1, 20) ? c.pick(["fe80::1%eth0", "", "nonsense"]) : address(c, generated.blocks),
    secure: c.chance(1, 2),
    body,
    isBodyCut: c.chance(1, 12),
    now,
    areKeysAvailable: !c.chance(1, 12),
    ...(generated.hasDoors ? { entry: arrival(c) } : {}),
    ...(generated.reloaded.length > 0 ? { reloads: reloads(c, generated.reloaded) } : {}),
  };
  return request.httpVersion === "1.1" && c.chance(1, 5) ? inHttp2(c, request) : request;
}

/** Those with a typed body have the longest way to go, so they are asked more often. */
function routeOf(c: Choices, routes: readonly GeneratedRoute[]): GeneratedRoute | undefined {
  if (routes.length === 0 || c.chance(1, 12)) return undefined;
  const withBody = routes.filter(({ body }) => body !== undefined);
  return c.pick(withBody.length > 0 && c.chance(1, 3) ? withBody : routes);
}

/** The request and its world, made afresh: a body can be read once. */
export function staged(request: GeneratedRequest, generated: Generated): { readonly request: GatewayRequest; readonly world: World } {
  return {
    world: {
      ...cheapWorld(request.now, generated.identities, request.areKeysAvailable),
      ...(request.reloads && { networks: reloadedOnce(request.reloads) }),
    },
    request: {
      method: request.method,
      target: request.target,
      httpVersion: request.httpVersion,
      ...(request.http2 === undefined ? {} : { http2: request.http2 }),
      rawHeaders: request.headers.flat(),
      peer: request.peer,
      secure: request.secure,
      ...(request.entry === undefined ? {} : { entry: request.entry }),
      readBody: (limit) =>
        Promise.resolve(
          request.isBodyCut
            ? { kind: "incomplete" }
            : request.body.length > limit
              ? { kind: "tooLarge" }
              : { kind: "bytes", bytes: request.body },
        ),
    },
  };
}

function methodOf(c: Choices, route: GeneratedRoute | undefined): string {
  if (route === undefined) return "GET";
  if (route.method === "ANY") return c.pick(["GET", "POST", "HEAD", "DELETE", "OPTIONS"]);
  return route.method === "GET" && c.chance(1, 5) ? "HEAD" : route.method;
}

function bodyOf(c: Choices, route: GeneratedRoute | undefined, method: string): Uint8Array {
  if (route?.body !== undefined && !c.chance(1, 30)) return bodyBytes(c, route.body);
  return method === "POST" && c.chance(1, 2) ? Buffer.from("plain text") : Buffer.alloc(0);
}

function headers(
  c: Choices,
  generated: Generated,
  body: Uint8Array,
  now: number,
  isClean: boolean,
): readonly (readonly [string, string])[] {
  const list: [string, string][] = [];
  const host = generated.hosts[0] ?? "shop.example";
  if (!c.chance(1, 40))
    list.push([
      "Host",
      c.chance(1, 12)
        ? c.pick(["other.example", "SHOP.EXAMPLE", "shop.example:8080", "shop.example.", "a@shop.example", "[::1]", "shop.example:0"])
        : host,
    ]);
  for (const name of HEADERS)
    if (c.chance(1, 2)) list.push([c.chance(1, 3) ? name.toLowerCase() : name, Buffer.from(c.pick(STRINGS), "utf8").toString("latin1")]);
  if (c.chance(1, 15)) list.push(["X-A", c.pick(STRINGS.slice(0, 3))]);
  if (body.length > 0) list.push(...framing(c, body, isClean));
  list.push(...credentials(c, generated, now));
  if (c.chance(1, isClean ? 6 : 2)) list.push(["X-Forwarded-For", forwardedFor(c, generated.blocks)]);
  if (!isClean && c.chance(1, 2)) list.push(c.pick(ODD_HEADERS));
  return list;
}

function framing(c: Choices, body: Uint8Array, isClean: boolean): readonly [string, string][] {
  const type = c.chance(1, 10)
    ? c.pick([
        "text/plain",
        "application/merge-patch+json",
        "application/json; charset=utf-8",
        "application/json; charset=latin1",
        "APPLICATION/JSON",
        "application/json;",
      ])
    : "application/json";
  const length: [string, string] = c.chance(1, 6)
    ? ["Transfer-Encoding", c.pick(isClean ? ["chunked"] : ["chunked", "Chunked", "gzip, chunked"])]
    : ["Content-Length", !isClean && c.chance(1, 8) ? c.pick(["+5", "5, 5", "99999", "0x10", ""]) : String(body.length)];
  return [
    ...(c.chance(1, 20) ? [] : [["Content-Type", type] as [string, string]]),
    length,
    ...(c.chance(1, 30) ? [["Content-Encoding", "gzip"] as [string, string]] : []),
  ];
}

function credentials(c: Choices, generated: Generated, now: number): readonly [string, string][] {
  if (generated.identities.length === 0) return c.chance(1, 10) ? [["Authorization", "Bearer a.b.c"]] : [];
  const chosen = c.chance(1, 8) ? [] : c.chance(1, 4) ? generated.identities.slice(0, 2) : [c.pick(generated.identities)];
  return chosen.map((identity) => {
    const value = credential(c, identity, now);
    if (identity.header !== undefined) return [identity.header, value];
    return [
      "Authorization",
      c.chance(1, 15) ? c.pick([`bearer ${value}`, `Bearer  ${value}`, `Basic ${value}`, "Bearer", value]) : `Bearer ${value}`,
    ];
  });
}

const ODD_HEADERS: readonly [string, string][] = [
  ["Connection", "keep-alive"],
  ["Connection", "close, X-A"],
  ["Connection", "authorization"],
  ["X-Forwarded-Proto", "https"],
  ["X-Forwarded-Host", "evil.example"],
  ["X_Under", "1"],
  ["Expect", "100-continue"],
  ["Expect", "200-ok"],
  ["Upgrade", "websocket"],
  ["Content-Length", "3"],
  ["Host", "shop.example"],
  ["X-Request-Id", "abc"],
  ["X-HTTP-Method-Override", "DELETE"],
  ["Cookie", "a=b"],
  ["X-Big", "y".repeat(2100)],
  ["X-Bad", "a\u0000b"],
  ["X-Tab", "\ta b\t"],
  ["X-Latin", "\u00e9"],
  ["Te", "trailers"],
  ["Forwarded", "for=1.2.3.4"],
  ["Bad Name", "1"],
];

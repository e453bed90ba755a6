/** What a backend gets, and what the route answers by itself (D18, D22, D47). Promises: nothing that the gateway vouches for comes from a client. */
import type { Answer, Decision, HeaderField, Principal, AnswerChanges } from "../../runtime/contract/gateway.ts";
import type { ReadAnswer } from "../../runtime/contract/read-answer.ts";
import type { Trace } from "../../runtime/contract/trace.ts";
import type { StaticResponse } from "../model/program.ts";
import type { CanonicalRequest } from "./canonical-request.ts";
import { traceFields } from "./call-names.ts";
import { lowerAscii, valueOf } from "./fields.ts";
import type { Withheld } from "./identity.ts";
import type { SetHeader } from "./transforms.ts";

/** Hop-by-hop fields, fields that the gateway or host writes, and fields that speak for a proxy or change the request's meaning. */
const DROPPED: readonly string[] = (
  "connection keep-alive proxy-connection proxy-authorization proxy-authenticate te trailer transfer-encoding upgrade " +
  "host content-length expect forwarded x-real-ip x-request-id x-http-method x-http-method-override x-method-override " +
  "x-original-url x-rewrite-url x-middleware-subrequest client-cert client-cert-chain"
).split(" ");

export type Forwarding = {
  readonly request: CanonicalRequest;
  readonly requestId: string;
  /** Where the gateway takes part in traces: then it says there what clients may not. */
  readonly trace: Trace | undefined;
  /** Canonical text. */
  readonly client: string;
  readonly peerIsTrusted: boolean;
  readonly secure: boolean;
  readonly body: Uint8Array | undefined;
  /** Of the caller's credential. */
  readonly withheld: Withheld | undefined;
  /** DER of what the caller showed, its own first. */
  readonly certificates: readonly Uint8Array[];
  /** What the backend shares calls out by. */
  readonly key: string | undefined;
  readonly onRequest: readonly SetHeader[];
  readonly onResponse: readonly SetHeader[];
  /** Names of the answer that get the values of other fields. */
  readonly moved: readonly Moved[];
  /** How the answer is read, where it is; and fields that it does not have. */
  readonly read?: ReadAnswer;
  readonly unsaid?: readonly string[];
  /** `Route.key`, and what its path gave. */
  readonly route: string;
  readonly parameters: Decision["parameters"];
  readonly principal: Principal | undefined;
  readonly stage: string | undefined;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
};
export type Moved = readonly [to: string, from: string];

export function forward(
  backend: string,
  forwarding: Forwarding,
  path = forwarding.request.path ?? "",
): Extract<Answer, { kind: "forward" }> {
  const { request, key } = forwarding;
  const query = forwardedQuery(forwarding);
  return {
    kind: "forward",
    backend,
    method: request.method,
    target: `${path}${query === undefined ? "" : `?${query}`}`,
    ...(key !== undefined && { key }),
    headers: forwardedFields(forwarding),
    body: forwardedBody(forwarding),
    ...changesOfAnswer(forwarding),
  };
}

export function forwardedQuery({ request, withheld }: Forwarding): string | undefined {
  return withheld ? withheld.query : request.query;
}

export function forwardedBody({ body, request }: Forwarding): "stream" | "none" | Uint8Array {
  return body ?? (request.hasBody ? "stream" : "none");
}

/** What becomes of the fields of the backend's answer. */
export function changesOfAnswer({ onResponse, moved, requestId, read, unsaid = [] }: Forwarding): AnswerChanges {
  const set = onResponse.map(({ name, value }): readonly [string, readonly string[]] => [name, value === undefined ? [] : [value]]);
  const removed = unsaid.map((name): readonly [string, readonly string[]] => [name, []]);
  return {
    responseHeaders: [...set, ...removed, ["x-request-id", [requestId]]],
    ...(moved.length > 0 && { movedHeaders: moved }),
    ...(read && { read }),
  };
}

export function respond(response: StaticResponse, { onResponse, moved, requestId }: Forwarding): Answer {
  const own = response.headers
    .map(([name, value]): HeaderField => [lowerAscii(name), value])
    .filter(([name]) => !onResponse.some((set) => set.name === name));
  const taken = moved.flatMap(([to, from]) =>
    response.headers.filter(([name]) => lowerAscii(name) === from).map(([, value]): HeaderField => [to, value]),
  );
  const headers: readonly HeaderField[] = [...own, ...fieldsOf(onResponse), ...taken, ["x-request-id", requestId]];
  return { kind: "local", status: response.status, headers, body: response.body };
}

export function forwardedFields({
  request,
  client,
  requestId,
  trace,
  peerIsTrusted,
  secure,
  withheld,
  onRequest,
}: Forwarding): readonly HeaderField[] {
  const isDropped = (name: string): boolean =>
    DROPPED.includes(name) ||
    (trace !== undefined && (name === "traceparent" || name === "tracestate")) ||
    name.startsWith("x-forwarded-") ||
    request.connectionOptions.includes(name) ||
    (withheld?.headers ?? []).includes(name) ||
    onRequest.some((set) => set.name === name);
  return [
    ...request.fields.filter(([name]) => !isDropped(name)),
    ["x-forwarded-for", client],
    ["x-forwarded-proto", cameByTls(request.fields, secure, peerIsTrusted) ? "https" : "http"],
    ...(request.host ? [["x-forwarded-host", request.host.authority] as const] : []),
    ["x-request-id", requestId],
    ...traceFields(trace),
    ...fieldsOf(onRequest),
  ];
}

/** What a trusted proxy says, else what the connection is (D47). */
export function cameByTls(fields: readonly HeaderField[], secure: boolean, peerIsTrusted: boolean): boolean {
  const said = peerIsTrusted ? lowerAscii(valueOf(fields, "x-forwarded-proto") ?? "") : "";
  return said === "http" || said === "https" ? said === "https" : secure;
}

function fieldsOf(set: readonly SetHeader[]): readonly HeaderField[] {
  return set.flatMap(({ name, value }): readonly HeaderField[] => (value === undefined ? [] : [[name, value]]));
}

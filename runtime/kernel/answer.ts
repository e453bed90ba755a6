/** What an allowed request gets: what its backend plans, or the gateway's own response, with the headers that the route sets (D22, D47). */
import type { Answer, Cause } from "../contract/gateway.ts";
import type { GatewayRequest } from "../contract/request.ts";
import type { Arrival } from "./arrival.ts";
import type { Call } from "./call.ts";
import type { Subject } from "./diagram.ts";
import { saidOfJson } from "./described-body.ts";
import { isSettable } from "./forward.ts";
import { localAnswer } from "./local-plan.ts";
import type { SetHeader } from "./running-backend.ts";

/** `body`: the bytes of one that was read. A cause: a value to set cannot stand in a header, or the body in no request, which must be refused. */
export function answer(
  { call, route, protocol }: Arrival,
  { certificate }: Pick<GatewayRequest, "certificate">,
  requestId: string,
  body: Uint8Array | undefined,
): Answer | Cause {
  const { data, code, target } = route;
  const onResponse = headersSet(route.onResponse, call);
  const onRequest = headersSet(route.onRequest, call);
  if (onResponse === undefined || onRequest === undefined) return "malformed";
  const { movedHeaders: moved } = data;
  if (target.kind === "respond") return localAnswer(target.response, onResponse, requestId, moved);
  const mapped = code.mapBody?.(call);
  if (code.mapBody !== undefined && mapped === undefined) return "body-too-large";
  const plain = call.isDecoded ? withoutCoding(call) : call;
  const reshaped = code.reshape === undefined ? plain : code.reshape(plain);
  const plan = target.plan(reshaped, {
    protocol,
    requestId,
    body: mapped ?? body ?? (call.request.hasBody ? "stream" : "none"),
    certificates: certificate?.chain ?? nobody,
    key: textOf(code.backendKey?.(call)),
    onRequest: mapped === undefined ? onRequest : saidOfJson(onRequest),
    onResponse,
    moved,
  });
  return plan ?? "malformed";
}

/** About bytes that the backend does not get. */
const ofCoding: ReadonlySet<string> = new Set(["content-encoding", "content-digest", "repr-digest", "digest", "content-md5"]);

function withoutCoding(call: Call): Call {
  const { request } = call;
  return { ...call, request: { ...request, headers: request.headers.filter(([name]) => !ofCoding.has(name)) } };
}

/** Headers that a route sets, by name. */
export type HeaderSetters = readonly (readonly [name: string, value: Subject])[];

/** Once for each route. */
export function headerSetters(names: readonly string[], values: readonly Subject[]): HeaderSetters {
  const setters = names.map((name, at) => [name, values[at] ?? absent] as const);
  return setters.sort(([left], [right]) => (left < right ? -1 : 1));
}

const absent: Subject = () => undefined;
const nothing: readonly SetHeader[] = [];
const nobody: readonly Uint8Array[] = [];

/** Sorted by name. Undefined: a value cannot stand in a header. */
function headersSet(setters: HeaderSetters, call: Call): readonly SetHeader[] | undefined {
  if (setters.length === 0) return nothing;
  const headers: SetHeader[] = [];
  for (const [name, value] of setters) addTo(headers, name, value(call));
  for (const [, value] of headers) if (value !== undefined && !isSettable(value)) return undefined;
  return headers;
}

/** A list of none removes the name, as an absent text does. */
function addTo(headers: SetHeader[], name: string, value: unknown): void {
  if (Array.isArray(value) && value.length > 0) for (const one of value) headers.push([name, String(one)]);
  else headers.push([name, typeof value === "string" ? value : undefined]);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

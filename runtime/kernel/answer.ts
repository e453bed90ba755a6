/** What an allowed request gets: what its backend plans, or the gateway's own response, with the headers that the route sets (D22, D47). */
import type { Answer, Cause } from "../contract/gateway.ts";
import type { GatewayRequest } from "../contract/request.ts";
import type { AnswerReading } from "./answer-reading.ts";
import type { Arrival } from "./arrival.ts";
import type { Caching } from "./caching.ts";
import type { Call } from "./call.ts";
import { saidOfJson } from "./described-body.ts";
import { headersSet } from "./header-setters.ts";
import { localAnswer } from "./local-plan.ts";
import type { Passing, SetHeader } from "./running-backend.ts";

/** `body`: the bytes of one that was read. A cause: a value to set cannot stand in a header, or the body in no request, which must be refused. */
export function answer(
  { call, route, protocol }: Arrival,
  { certificate }: Pick<GatewayRequest, "certificate">,
  requestId: string,
  body: Uint8Array | undefined,
  caching: Caching | undefined,
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
  const reading = code.readAnswer?.(call);
  const passing: Passing = {
    protocol,
    requestId,
    body: mapped ?? body ?? (call.request.hasBody ? "stream" : "none"),
    certificates: certificate?.chain ?? nobody,
    key: textOf(code.backendKey?.(call)),
    onRequest: asked(mapped === undefined ? onRequest : saidOfJson(onRequest), reading),
    onResponse,
    moved,
    ...reading,
  };
  const plan = target.kind === "compose" ? code.compose?.(call, passing, target.plans) : target.plan(reshaped, passing);
  if (plan === undefined) return "malformed";
  return caching === undefined ? plan : caching(plan, call, reshaped.request.path, route);
}

/** About bytes that the backend does not get. */
const ofCoding: ReadonlySet<string> = new Set(["content-encoding", "content-digest", "repr-digest", "digest", "content-md5"]);

function withoutCoding(call: Call): Call {
  const { request } = call;
  return { ...call, request: { ...request, headers: request.headers.filter(([name]) => !ofCoding.has(name)) } };
}

function asked(set: readonly SetHeader[], reading: AnswerReading | undefined): readonly SetHeader[] {
  return reading === undefined ? set : reading.asked(set);
}

const nobody: readonly Uint8Array[] = [];

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

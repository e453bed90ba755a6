/**
 * One answer made of those of several backends (D370). Promises: each part is asked for what the program says and nothing that a caller adds; what does not
 * fit its type goes no further.
 */
import type { Answer, ComposedPart } from "../contract/gateway.ts";
import type { JudgedPart } from "../contract/composed.ts";
import { partSpanId } from "../contract/trace.ts";
import type { WholeReply } from "../contract/read-answer.ts";
import type { ValueType } from "../contract/value-type.ts";
import type { Call, CallPrincipal } from "../kernel/call.ts";
import { ABOUT_BYTES } from "../kernel/described-body.ts";
import { answerChanges } from "../kernel/forward-plan.ts";
import type { Passing, PlanCall, SetHeader } from "../kernel/running-backend.ts";
import { canonicalJson } from "./canonical-json.ts";
import { type AnswerMap, asked, conditions, partial, readReply, type ReturnedCheck } from "./read-answer.ts";

/** `ask`: the call as the part's backend gets it, undefined where a text cannot stand in its path; `dispensable`: an answer with one of these statuses is an absent part; of those of `decides` it is the whole. */
export type PartCode = {
  readonly name: string;
  readonly ask: (call: Call) => Call | undefined;
  readonly key?: (call: Call) => unknown;
  readonly check: Pick<ReturnedCheck, "bytes" | "type" | "fits">;
  readonly dispensable: "never" | "always" | readonly number[];
  readonly decides?: readonly number[];
};

/** What all parts come to: a record of them, of this type, or what that is mapped to. `bytes`: the most of it. */
export type Whole = { readonly type: ValueType; readonly bytes: number; readonly map: AnswerMap | undefined };

/** Undefined: a part cannot be asked as the program says, and the request must be refused. */
export function composed(
  call: Call,
  passing: Passing,
  plans: readonly PlanCall[],
  codes: readonly PartCode[],
  whole: Whole,
): Answer | undefined {
  const parts: ComposedPart[] = [];
  const onRequest = asked(passing.onRequest, dropped);
  for (const [at, code] of codes.entries()) {
    const key = code.key?.(call);
    const reshaped = code.ask(tracedAsPart(withoutRest(call), at));
    if (reshaped === undefined) return undefined;
    const ask = plans[at]?.(reshaped, {
      ...passing,
      body: "none",
      key: typeof key === "string" ? key : undefined,
      onRequest,
    });
    if (ask?.kind !== "forward" && ask?.kind !== "invoke") return undefined;
    parts.push({ ...partOf(call, code), ask });
  }
  const together = (values: readonly unknown[]): Uint8Array | undefined => {
    const present = codes.flatMap(({ name }, at) => (values[at] === undefined ? [] : [[name, values[at]] as const]));
    const answer: unknown = Object.fromEntries(present);
    const { map, type, bytes } = whole;
    return map === undefined ? canonicalJson(answer, type, bytes) : canonicalJson(map.value({ ...call, answer }), map.type, bytes);
  };
  return { kind: "compose", method: call.request.method, parts, together, ...answerChanges(passing) };
}

/** Fields that a part's backend gets otherwise: it answers plainly and whole, whatever a client has of the answer that is made here, and gets no body. */
const dropped: SetHeader[0][] = [...ABOUT_BYTES, ...conditions, ...partial, "content-type", "if-match", "if-unmodified-since"].sort();

function partOf(call: Call, { name, check, dispensable, decides }: PartCode): Omit<ComposedPart, "ask"> {
  const isSuccess = (status: number): boolean => status >= 200 && status <= 299;
  const judge = (reply: WholeReply): JudgedPart => {
    if (typeof dispensable !== "string" && dispensable.includes(reply.status)) return { kind: "absent" };
    if (!isSuccess(reply.status)) return { kind: decides?.includes(reply.status) === true ? "decides" : "status" };
    const read = readReply(call, reply, check);
    return read.kind === "misfit" ? { kind: "failed", at: read.at, message: read.message } : { kind: "fits", value: read.value };
  };
  return { name, isOptional: dispensable === "always", mostBytes: (status) => (isSuccess(status) ? check.bytes : undefined), judge };
}

/** Backends are told of the call that each of them gets, not of one that they share (D420). */
function tracedAsPart(call: Call, at: number): Call {
  const { traceFields } = call;
  if (traceFields === undefined) return call;
  const spanId = (value: string): string => value.slice(0, 36) + partSpanId(value.slice(36, 52), at) + value.slice(52);
  return {
    ...call,
    traceFields: traceFields.map(([name, value]) => [name, name === "traceparent" ? spanId(value) : value] as const),
  };
}

/** By GET also for who asks for the head alone, and without what the caller put into the query. */
function withoutRest(call: Call): Call {
  const principals = call.principals.map((principal): CallPrincipal => {
    const { withheld } = principal;
    return withheld === undefined ? principal : { ...principal, withheld: { ...withheld, query: undefined } };
  });
  return { ...call, principals, request: { ...call.request, method: "GET", query: undefined } };
}

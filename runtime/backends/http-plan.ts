/** The request that the servers of one backend get: what the route plans, with the backend's own paths and fields. */
import type { HttpBackendData } from "../contract/backend-data.ts";
import { forwardPlan } from "../kernel/forward-plan.ts";
import type { Answer } from "../contract/gateway.ts";
import type { Call } from "../kernel/call.ts";
import type { Passing, SetHeader } from "../kernel/running-backend.ts";

export type PlanForward = (call: Call, passing: Passing) => Extract<Answer, { kind: "forward" }> | undefined;
type Planned = Pick<HttpBackendData, "name" | "rewrites" | "forwardsCertificate">;

/** `own`: fields that the backend sets. The route's win over these, and these over what is said of the caller's certificate. */
export function planOf({ name, rewrites = [], forwardsCertificate }: Planned, own: readonly SetHeader[]): PlanForward {
  if (rewrites.length === 0 && own.length === 0 && forwardsCertificate === undefined)
    return (call, passing) => forwardPlan(name, call, passing);
  return (call, passing) => {
    const certificate = forwardsCertificate === undefined ? [] : certificateFields(passing.certificates);
    const onRequest = [passing.onRequest, own, certificate].reduce(joined).toSorted(byName);
    const plan = forwardPlan(name, call, { ...passing, onRequest });
    return plan && { ...plan, target: rewritten(plan.target, rewrites) };
  };
}

function joined(set: readonly SetHeader[], more: readonly SetHeader[]): readonly SetHeader[] {
  return [...set, ...more.filter(([name]) => !set.some(([other]) => other === name))];
}

/** Several of one name stay in their order. */
function byName([left]: SetHeader, [right]: SetHeader): number {
  return left === right ? 0 : left < right ? -1 : 1;
}

/** `rewrites` by length, the longest first: the first that fits counts, and whole segments only. */
function rewritten(target: string, rewrites: NonNullable<HttpBackendData["rewrites"]>): string {
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  for (const [from, to] of rewrites) {
    const rest = from === "/" ? path : path.slice(from.length);
    if (from !== "/" && (!path.startsWith(from) || (rest !== "" && !rest.startsWith("/")))) continue;
    const joint = to === "/" ? rest : rest === "/" ? to : to + rest;
    return (joint === "" ? "/" : joint) + target.slice(path.length);
  }
  return target;
}

/** RFC 9440, section 2: byte sequences of structured fields, the caller's own and those that vouch for it. */
function certificateFields([own, ...authorities]: readonly Uint8Array[]): readonly SetHeader[] {
  if (own === undefined) return [];
  const field: SetHeader = ["client-cert", byteSequence(own)];
  return authorities.length === 0 ? [field] : [field, ["client-cert-chain", authorities.map(byteSequence).join(", ")]];
}

/** RFC 8941, section 3.3.5. */
function byteSequence(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return `:${btoa(text)}:`;
}

/**
 * One answer that several backends give together (D370). Promises: all are asked at once; the first part that is needed and fails, or decides, ends the others, and so
 * does a client that leaves; the client gets the whole or a refusal.
 */
import type { Exchange, HostCompose } from "../host.ts";
import { answerLocally, answerWithFault } from "../local-answer.ts";
import { giveWhole } from "../give-whole.ts";
import { refusedByHost } from "../refused-by-host.ts";
import { askedPart, type PartEnd, type RunningPart } from "./asked-part.ts";

export const compose: HostCompose = async (exchange, answer) => {
  const { response, notes } = exchange;
  if (response.destroyed) return;
  const begun = performance.now();
  const parts = answer.parts.map((part) => askedPart(exchange, part, begun));
  const gone = clientGone(exchange);
  const end = await Promise.race([wholeOf(parts), gone.promise]);
  gone.forget();
  notes.parts = parts.map(({ note }) => note());
  exchange.backendTime = performance.now() - begun;
  for (const { breakOff } of parts) breakOff();
  if (end.kind === "left") return;
  if (end.kind === "decides") {
    const { requestId = "" } = exchange.outcome ?? {};
    return answerLocally(exchange, refusedByHost(exchange, "decided-by-part", requestId, end.status), false);
  }
  if (end.kind === "failed") {
    if (end.misfit !== undefined) notes.misfit = end.misfit;
    return answerWithFault(exchange, end.fault);
  }
  const body = answer.together(end.values);
  if (body === undefined) {
    notes.misfit = "all parts together come to too much";
    return answerWithFault(exchange, "invalid-answer");
  }
  const rawHeaders = ["content-type", "application/json", "content-length", String(body.length)];
  return giveWhole(exchange, answer, { status: 200, rawHeaders, body }, answer.method === "HEAD");
};

type WholeEnd = Exclude<PartEnd, { kind: "value" }> | { readonly kind: "all"; readonly values: readonly unknown[] };

/** As soon as it is known. */
function wholeOf(parts: readonly RunningPart[]): Promise<WholeEnd> {
  const values: unknown[] = [];
  let missing = parts.length;
  return new Promise((resolve) => {
    const take = async ({ ended }: RunningPart, at: number): Promise<void> => {
      const end = await ended;
      // Nobody here broke it off.
      if (end.kind === "left") return resolve({ kind: "failed", fault: "bad-gateway" });
      if (end.kind === "failed" || end.kind === "decides") return resolve(end);
      values[at] = end.value;
      if (--missing === 0) resolve({ kind: "all", values });
    };
    for (const [at, part] of parts.entries()) void take(part, at);
  });
}

function clientGone({ response }: Exchange): { readonly promise: Promise<WholeEnd>; readonly forget: () => void } {
  let leave: () => void = () => {};
  const promise = new Promise<WholeEnd>((resolve) => {
    leave = () => resolve({ kind: "left" });
    response.on("close", leave);
  });
  return { promise, forget: () => void response.off("close", leave) };
}

/**
 * One part of an answer that several backends give together, asked of its own: by the same calls as any other, with the times, attempts and breaker of its
 * backend. Promises: it comes to one end, and nothing of its answer goes to the client by itself.
 */
import type { ComposedPart } from "../../../contract/gateway.ts";
import type { PartNote } from "../../../observe/call-record.ts";
import { detachedExchange } from "../detached-exchange.ts";
import type { Exchange } from "../host.ts";
import type { HostFault } from "../host-fault.ts";
import { misfitPlace } from "../misfit-place.ts";
import { collect, type Collected } from "../upstream/collect.ts";
import type { Incoming } from "../upstream/transport.ts";

/** `value`: undefined where the part is absent. `misfit`: where its answer is none that the program says it has. `left`: it was broken off. */
export type PartEnd =
  | { readonly kind: "value"; readonly value: unknown; readonly why?: HostFault }
  | { readonly kind: "failed"; readonly fault: HostFault; readonly misfit?: string }
  /** What the whole answer is. */
  | { readonly kind: "decides"; readonly status: number }
  | { readonly kind: "left" };

export type RunningPart = {
  /** Never rejects. */
  readonly ended: Promise<PartEnd>;
  readonly breakOff: () => void;
  readonly note: () => PartNote;
};

/** Bytes of a body that nobody reads: so many are taken, so that the connection can carry the next call. */
const unread = 64 * 1024;

/** `since`: when the first part was asked. */
export function askedPart(whole: Exchange, part: ComposedPart, since: number): RunningPart {
  const { ask, name, isOptional } = part;
  const exchange = detachedExchange(whole);
  const begun = performance.now();
  let end: PartEnd = { kind: "left" };
  let status: number | undefined;
  let time: number | undefined;
  exchange.watch = {
    seen: async (incoming, progress) => {
      ({ status } = incoming);
      end = judged(part, incoming, await read(part, incoming, progress));
      return undefined;
    },
    failed: (fault) => (end = { kind: "failed", fault }),
  };
  const run = async (): Promise<PartEnd> => {
    await carried(exchange, ask).catch((error: unknown) => {
      exchange.host.fault(whole.outcome?.requestId ?? "", error);
      end = { kind: "failed", fault: "internal" };
    });
    time = performance.now() - begun;
    if (exchange.notes.isMirrored) whole.notes.isMirrored = true;
    if (end.kind === "failed" && end.fault !== "internal" && isOptional) end = { kind: "value", value: undefined, why: end.fault };
    return end;
  };
  return {
    ended: run(),
    breakOff: () => exchange.request.cut(),
    note: () => {
      const fault = faultOf(end);
      return {
        name,
        backend: ask.backend,
        ...(status === undefined ? {} : { status }),
        ...(fault === undefined ? {} : { fault }),
        begun: begun - since,
        time: time ?? performance.now() - begun,
        ...(exchange.notes.attempts === undefined ? {} : { attempts: exchange.notes.attempts }),
      };
    },
  };
}

function faultOf(end: PartEnd): string | undefined {
  switch (end.kind) {
    case "failed":
      return end.fault;
    case "value":
      return end.why;
    case "decides":
      return undefined;
    case "left":
      return "broken-off";
  }
}

async function carried(exchange: Exchange, ask: ComposedPart["ask"]): Promise<void> {
  const backend = exchange.host.backends.get(ask.backend);
  if (backend === undefined) throw new Error(`there is no backend \`${ask.backend}\``);
  await backend.carry(exchange, ask);
}

/** Rejects where the answer broke off. */
function read({ mostBytes }: ComposedPart, incoming: Incoming, progress: () => void): Promise<Collected> {
  return collect(incoming, mostBytes(incoming.status) ?? unread, progress);
}

function judged(part: ComposedPart, { status, rawHeaders }: Incoming, collected: Collected): PartEnd {
  const most = part.mostBytes(status);
  if (most !== undefined && collected.kind === "longer")
    return failed("invalid-answer", `${part.name}: the body is larger than ${most} bytes`);
  const body = most !== undefined && collected.kind === "whole" ? collected.body : nothing;
  const result = part.judge({ status, rawHeaders, body });
  switch (result.kind) {
    case "fits":
      return { kind: "value", value: result.value };
    case "absent":
      return { kind: "value", value: undefined };
    case "decides":
      return { kind: "decides", status };
    case "status":
      return failed("bad-gateway", `${part.name}: was answered with ${status}`);
    case "failed":
      return failed("invalid-answer", `${part.name}: ${misfitPlace(result)}`);
  }
}

const nothing = new Uint8Array();

function failed(fault: HostFault, misfit: string): PartEnd {
  return { kind: "failed", fault, misfit };
}

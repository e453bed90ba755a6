/** What a call is called by: its id and its trace. Only handlers of gateways that say something of either bring it. */
import type { HeaderField } from "../contract/gateway.ts";
import type { TableData } from "../contract/table-data.ts";
import type { Trace } from "../contract/trace.ts";
import type { World } from "../contract/world.ts";
import { countFields, firstValue } from "./fields.ts";
import { saidTrace, traceFields } from "./trace-context.ts";

/** How far a request came, as far as its names go. */
type Named = { requestId: string; trace?: Trace };

export type CallNames = {
  /** Before anything of the request is looked at. */
  readonly begun: (progress: Named, world: World) => void;
  /** What a peer of this class says of them. */
  readonly said: (progress: Named, headers: readonly HeaderField[], peerClass: number) => void;
  /** What a backend is told. */
  readonly fields: (trace: Trace) => readonly HeaderField[];
};
export type StartNames = (data: TableData) => CallNames;

const idForm = /^[0-9A-Za-z._~:@/+=-]{1,128}$/;

export function callNames({ names }: TableData): CallNames {
  const [idPeers, tracePeers] = [new Set(names?.requestIdClasses), new Set(names?.traces?.classes)];
  const threshold = names?.traces?.threshold;
  return {
    fields: traceFields,
    begun: (progress, world) => {
      if (threshold === undefined) return;
      const spans = world.requestId();
      progress.trace = {
        traceId: progress.requestId,
        spanId: spans.slice(0, 16),
        backendSpanId: spans.slice(16),
        isSampled: Number.parseInt(progress.requestId.slice(-13), 16) >= threshold,
      };
    },
    said: (progress, headers, peerClass) => {
      if (idPeers.has(peerClass) && countFields(headers, "x-request-id") === 1) {
        const id = firstValue(headers, "x-request-id") ?? "";
        if (idForm.test(id)) progress.requestId = id;
      }
      const said = progress.trace !== undefined && tracePeers.has(peerClass) ? saidTrace(headers) : undefined;
      if (progress.trace !== undefined && said !== undefined) progress.trace = { ...progress.trace, ...said };
    },
  };
}

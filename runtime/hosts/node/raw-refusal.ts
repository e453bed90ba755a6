/** Refusals of what is no request: written by hand, since there is no call that could be answered. */
import type { CallRecord } from "../../observe/call-record.ts";
import type { Host } from "./host.ts";
import { faultAnswer, type HostFault, type LocalAnswer } from "./host-fault.ts";
import { answerHead, shapeOf } from "./http1/answer-head.ts";

/** The refusal as it is sent, after which the connection ends; the log is told of it. `rawHeaders`: of the request whose body is at fault. */
export function rawRefusal(host: Host, fault: HostFault, rawHeaders: readonly string[], peer: string): string {
  const id = host.world.requestId();
  const plain = faultAnswer(fault, id);
  const answer = host.gateway.onFault?.(fault, plain, rawHeaders, undefined) ?? plain;
  host.observer.begun();
  host.observer.ended(rawRecord(host, id, fault, answer, peer));
  return rawAnswer(answer);
}

function rawAnswer({ status, headers, body }: LocalAnswer): string {
  const fields = [...headers.flat(), "content-length", String(Buffer.byteLength(body))];
  return answerHead(status, fields, shapeOf({ method: "GET", httpVersion: "1.1" }, status, fields), 0) + body;
}

function rawRecord(host: Host, id: string, fault: HostFault, { status, body }: LocalAnswer, client: string): CallRecord {
  return {
    time: host.world.now(),
    id,
    client,
    method: "",
    target: "",
    httpVersion: "",
    rawHeaders: [],
    status,
    fault,
    duration: 0,
    backendTime: 0,
    bytesIn: 0,
    bytesOut: body.length,
    isCut: false,
    notes: {},
  };
}

/**
 * Refusals as callers of gRPC are told of them: an answer that ends with its head, with the status that their libraries know (gRPC over HTTP/2,
 * Trailers-Only). Knows only what the refusal says anyway.
 */
import { STATUS_CODES } from "node:http";
import type { LocalAnswer } from "../../../contract/gateway.ts";
import { firstRaw } from "../../../kernel/raw-field.ts";

/** By status of HTTP; those of gRPC are named in its list of status codes. */
const codes: Readonly<Record<number, number>> = {
  400: 13, // INTERNAL
  401: 16, // UNAUTHENTICATED
  403: 7, // PERMISSION_DENIED
  404: 12, // UNIMPLEMENTED
  405: 12,
  408: 4, // DEADLINE_EXCEEDED
  413: 8, // RESOURCE_EXHAUSTED
  415: 12,
  421: 12,
  429: 8,
  431: 8,
  500: 13,
  502: 14, // UNAVAILABLE
  503: 14,
  504: 4,
};
const unknown = 2;

/** `application/grpc`, or with a suffix for the format of messages. Not gRPC-Web, whose callers read statuses of HTTP. */
export function isGrpc(rawHeaders: readonly string[]): boolean {
  return /^application\/grpc(?:$|[+; \t])/i.test(firstRaw(rawHeaders, "content-type") ?? "");
}

/** The fields stay, but for those that describe the body. */
export function grpcRefusal({ status, headers }: LocalAnswer): LocalAnswer {
  const kept = headers.filter(([name]) => !name.startsWith("content-"));
  const told = [
    ["content-type", "application/grpc"],
    ["grpc-status", String(codes[status] ?? unknown)],
    // Printable ASCII without `%`, so that nothing is to be encoded.
    ["grpc-message", STATUS_CODES[status] ?? String(status)],
  ] as const;
  return { status: 200, headers: [...told, ...kept], body: "" };
}

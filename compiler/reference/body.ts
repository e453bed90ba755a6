/** A typed body: may it come, did it come, does it fit (D16, D25, D49). Promises: the bytes that were judged are the bytes forwarded. */
import type { Cause } from "../../runtime/contract/gateway.ts";
import type { GatewayRequest } from "../../runtime/contract/request.ts";
import type { Limits } from "../model/program.ts";
import type { Type, Value } from "../model/types.ts";
import type { CanonicalRequest } from "./canonical-request.ts";
import { valueOf, valuesOf } from "./fields.ts";
import { fit, type Misfit } from "./fitting.ts";
import { readJson } from "./json.ts";
import { utf8 } from "./triplets.ts";

export type TypedBody = { readonly bytes: Uint8Array; readonly value: Value };
export type NoBody = { readonly cause: Cause; readonly errors?: readonly Misfit[] };

export async function readTypedBody(
  type: Type,
  limits: Limits,
  request: CanonicalRequest,
  raw: GatewayRequest,
): Promise<TypedBody | NoBody> {
  const isPlainJson = isJson(valueOf(request.fields, "content-type") ?? "") && valuesOf(request.fields, "content-encoding").length === 0;
  if (!isPlainJson) return { cause: "unsupported-media-type" };
  const read = await raw.readBody(limits.body);
  if (read.kind === "tooLarge") return { cause: "body-too-large" };
  if (read.kind === "incomplete") return { cause: "incomplete-body" };
  const text = utf8(read.bytes);
  const reading = text === undefined ? { problem: "not UTF-8" } : readJson(text, { depth: limits.jsonDepth, keys: limits.jsonKeys });
  if ("problem" in reading) return { cause: "invalid-body", errors: [{ at: "", message: reading.problem }] };
  const misfits: Misfit[] = [];
  const value = fit(type, reading.value, misfits);
  if (misfits.length > 0 || value === undefined) return { cause: "invalid-body", errors: misfits.slice(0, 20) };
  return { bytes: read.bytes, value };
}

/** `application/json` or `application/*+json`, in UTF-8 (RFC 9110 section 8.3.1). */
function isJson(contentType: string): boolean {
  const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  const parameter = `[ \\t]*;[ \\t]*(${token})=(?:(${token})|"([^"\\\\]*)")`;
  if (!new RegExp(`^application/(?:json|${token}\\+json)(?:${parameter})*$`, "i").test(contentType)) return false;
  const parameters = [...contentType.matchAll(new RegExp(parameter, "g"))];
  const charsets = parameters.filter(([, name]) => name?.toLowerCase() === "charset").map(([, , plain, quoted]) => plain ?? quoted);
  return charsets.length <= 1 && charsets.every((charset) => charset?.toLowerCase() === "utf-8");
}

/** A typed body: may it come, did it come, does it fit (D16, D25, D49). Promises: the bytes that were judged are the bytes forwarded. */
import type { Cause, HeaderField } from "../../runtime/contract/gateway.ts";
import type { GatewayRequest } from "../../runtime/contract/request.ts";
import type { World } from "../../runtime/contract/world.ts";
import type { Decompression } from "../model/every-answer.ts";
import type { Limits, Scope } from "../model/program.ts";
import type { Type, Value } from "../model/types.ts";
import type { CanonicalRequest } from "./canonical-request.ts";
import { lowerAscii, valueOf, valuesOf } from "./fields.ts";
import { fit, type Misfit } from "./fitting.ts";
import { readJson } from "./json.ts";
import { utf8 } from "./triplets.ts";

/** `isDecoded`: it came compressed, and `bytes` are what was behind that. */
export type TypedBody = { readonly bytes: Uint8Array; readonly value: Value; readonly isDecoded: boolean };
export type NoBody = { readonly cause: Cause; readonly errors?: readonly Misfit[]; readonly acceptEncoding?: string };

/** As the nearest level says, and what does it. */
export type Unpacking = { readonly decompress: Decompression | undefined; readonly decode: World["decode"] };

export function unpacking(levels: readonly Scope[], { decode }: World): Unpacking {
  const said = levels.flatMap(({ decompress }) => decompress ?? []).at(-1);
  return { decompress: said === "none" ? undefined : said, decode };
}

export async function readTypedBody(
  type: Type,
  limits: Limits,
  request: CanonicalRequest,
  raw: GatewayRequest,
  { decompress, decode }: Unpacking,
): Promise<TypedBody | NoBody> {
  if (!isJson(valueOf(request.fields, "content-type") ?? "")) return { cause: "unsupported-media-type" };
  const said = valuesOf(request.fields, "content-encoding").map(lowerAscii);
  const coding = decompress?.codings.find((one) => said.length === 1 && (said[0] === one || (said[0] === "x-gzip" && one === "gzip")));
  const isTaken = said.length === 0 || (coding !== undefined && decode !== undefined);
  const taken = decode === undefined ? [] : (decompress?.codings ?? []);
  if (!isTaken) return { cause: "unsupported-media-type", acceptEncoding: taken.length > 0 ? taken.join(", ") : "identity" };
  const came = await raw.readBody(limits.body);
  const most = (length: number): number => Math.min(decompress?.most ?? limits.body, length * (decompress?.ratio ?? 0));
  const read = came.kind === "bytes" && coding && decode ? await decode(coding, came.bytes, most(came.bytes.length)) : came;
  if (read.kind === "malformed") return { cause: "invalid-body", errors: [{ at: "", message: "not what its coding makes" }] };
  if (read.kind === "tooLarge") return { cause: "body-too-large" };
  if (read.kind === "incomplete") return { cause: "incomplete-body" };
  const text = utf8(read.bytes);
  const reading = text === undefined ? { problem: "not UTF-8" } : readJson(text, { depth: limits.jsonDepth, keys: limits.jsonKeys });
  if ("problem" in reading) return { cause: "invalid-body", errors: [{ at: "", message: reading.problem }] };
  const misfits: Misfit[] = [];
  const value = fit(type, reading.value, misfits);
  if (misfits.length > 0 || value === undefined) return { cause: "invalid-body", errors: misfits.slice(0, 20) };
  return { bytes: read.bytes, value, isDecoded: coding !== undefined };
}

/** Without what is said of the bytes that came. */
export function uncoded(fields: readonly HeaderField[]): readonly HeaderField[] {
  const names = ["content-encoding", "content-digest", "repr-digest", "digest", "content-md5"];
  return fields.filter(([name]) => !names.includes(name));
}

/** `application/json` or `application/*+json`, in UTF-8 (RFC 9110 section 8.3.1). */
export function isJson(contentType: string): boolean {
  const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  const parameter = `[ \\t]*;[ \\t]*(${token})=(?:(${token})|"([^"\\\\]*)")`;
  if (!new RegExp(`^application/(?:json|${token}\\+json)(?:${parameter})*$`, "i").test(contentType)) return false;
  const parameters = [...contentType.matchAll(new RegExp(parameter, "g"))];
  const charsets = parameters.filter(([, name]) => name?.toLowerCase() === "charset").map(([, , plain, quoted]) => plain ?? quoted);
  return charsets.length <= 1 && charsets.every((charset) => charset?.toLowerCase() === "utf-8");
}

/**
 * Answers of a backend against what its route says they are (D321), and what they are mapped to. Promises: what does not fit goes no further; where it does
 * not is told without a value.
 */
import type { Judged, WholeReply } from "../contract/read-answer.ts";
import type { ValueType } from "../contract/value-type.ts";
import type { AnswerReading } from "../kernel/answer-reading.ts";
import { bodyFaults } from "../kernel/body-faults.ts";
import type { Call } from "../kernel/call.ts";
import { lowerAscii } from "../kernel/characters.ts";
import { ABOUT_BYTES } from "../kernel/described-body.ts";
import { isJsonMediaType } from "../kernel/media-type.ts";
import type { SetHeader } from "../kernel/running-backend.ts";
import { parseJson } from "../kernel/strict-json.ts";
import { canonicalJson } from "./canonical-json.ts";
import { declaredPlace } from "./declared-place.ts";

/** `bytes`: the most of a body. */
export type ReturnedCheck = {
  readonly least: number;
  readonly most: number;
  readonly bytes: number;
  readonly type: ValueType;
  readonly fits: (body: unknown) => boolean;
};
/** What successes are mapped to; `type`: of that. */
export type AnswerMap = { readonly value: (call: Call) => unknown; readonly type: ValueType };

/** Keys of an answer: its size bounds them as well, and a list of records has more than a request. */
const mostKeys = 100_000;

/** `checks`: what is nearest to a status first. */
export function answerReading(call: Call, checks: readonly ReturnedCheck[], map: AnswerMap | undefined): AnswerReading {
  const isHead = call.request.method === "HEAD";
  const dropped = map === undefined ? partial : [...partial, ...conditions];
  const checkOf = (status: number): ReturnedCheck | undefined =>
    status === 204 || status === 304 ? undefined : checks.find(({ least, most }) => status >= least && status <= most);
  return {
    asked: (set) => asked(set, dropped),
    unsaid: map !== undefined && isHead ? ofOtherBytes : nothing,
    ...(isHead
      ? {}
      : {
          read: {
            mostBytes: (status) => checkOf(status)?.bytes,
            judge: (reply) => {
              const check = checkOf(reply.status);
              return check === undefined ? { kind: "fits" } : judged(call, reply, check, map);
            },
          },
        }),
  };
}

const nothing: readonly string[] = [];
export const partial = ["if-range", "range"] as const;
/** What is mapped has no validator of its own: that of the backend is about another text. */
export const conditions = ["if-modified-since", "if-none-match"] as const;
const ofOtherBytes: readonly string[] = [...ABOUT_BYTES, "accept-ranges", "content-length", "content-type", "etag", "last-modified"].sort();

/** The backend's answer is to be whole, and not packed. Sorted by name. */
export function asked(set: readonly SetHeader[], dropped: readonly string[]): readonly SetHeader[] {
  const own: readonly SetHeader[] = [["accept-encoding", "identity"], ...dropped.map((name): SetHeader => [name, undefined])];
  const kept = set.filter(([name]) => !own.some(([other]) => other === name));
  return [...kept, ...own].sort(([left], [right]) => (left < right ? -1 : left === right ? 0 : 1));
}

function judged(call: Call, reply: WholeReply, check: ReturnedCheck, map: AnswerMap | undefined): Judged {
  const read = readReply(call, reply, check);
  if (read.kind === "misfit") return read;
  const { status, rawHeaders } = reply;
  if (map === undefined || status < 200 || status > 299) return { kind: "fits" };
  const bytes = canonicalJson(map.value({ ...call, answer: read.value }), map.type, check.bytes);
  if (bytes === undefined) return misfit(`is mapped to more than ${check.bytes} bytes`);
  return {
    kind: "mapped",
    rawHeaders: [...without(rawHeaders), "content-type", "application/json", "content-length", String(bytes.length)],
    body: bytes,
  };
}

export type ReadReply = { readonly kind: "read"; readonly value: unknown } | Extract<Judged, { kind: "misfit" }>;
type BodyCheck = Pick<ReturnedCheck, "bytes" | "type" | "fits">;

/** The JSON of an answer, where it is what it is to be. */
export function readReply(call: Call, { rawHeaders, body }: WholeReply, check: BodyCheck): ReadReply {
  const types = valuesOf(rawHeaders, "content-type");
  if (types.length !== 1 || !isJsonMediaType(types[0])) return misfit("is no JSON by its media type");
  if (valuesOf(rawHeaders, "content-encoding").length > 0) return misfit("is encoded");
  if (body.length > check.bytes) return misfit(`is larger than ${check.bytes} bytes`);
  const parsed = parseJson(body, { depth: call.bound.data.limits.jsonDepth, keys: mostKeys });
  if (!parsed.ok) return misfit(parsed.message);
  if (check.fits(parsed.value)) return { kind: "read", value: parsed.value };
  const [fault] = bodyFaults(check.type, parsed.value);
  return declaredPlace(check.type, fault?.at ?? "", fault?.message ?? "");
}

function misfit(message: string): Extract<Judged, { kind: "misfit" }> {
  return { kind: "misfit", at: "", message };
}

function without(rawHeaders: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = lowerAscii(rawHeaders[at] ?? "");
    if (!ofOtherBytes.includes(name) && name !== "transfer-encoding") kept.push(rawHeaders[at] ?? "", rawHeaders[at + 1] ?? "");
  }
  return kept;
}

function valuesOf(rawHeaders: readonly string[], wanted: string): readonly string[] {
  const values: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) if (lowerAscii(rawHeaders[at] ?? "") === wanted) values.push(rawHeaders[at + 1] ?? "");
  return values;
}

/** `returns` and `map response body`: what becomes of a backend's answer (D321). An answer that does not fit goes no further. */
import type { Judged, ReadAnswer, WholeReply } from "../../../runtime/contract/read-answer.ts";
import type { Returned, ReturnedType } from "../../model/returned.ts";
import type { Value } from "../../model/types.ts";
import { evaluate } from "../evaluate.ts";
import { lowerAscii } from "../fields.ts";
import type { Forwarding } from "../forward.ts";
import { jsonText } from "../json-text.ts";
import type { Scene } from "../scene.ts";
import type { SetHeader } from "../transforms.ts";
import { bodyOf, pairs } from "./reply-body.ts";

/** Fields that tell of a body's bytes, or of which bytes a client has. */
const TELLING = (
  "accept-ranges content-digest content-encoding content-language content-length content-location content-md5 content-range content-type digest etag " +
  "last-modified repr-digest"
).split(" ");

export function reading({ types, map }: Returned, forwarding: Forwarding, scene: Scene, jsonDepth: number): Forwarding {
  const gone = ["range", "if-range", ...(map ? ["if-none-match", "if-modified-since"] : [])];
  const onRequest = plainly(forwarding.onRequest, gone);
  if (forwarding.request.method === "HEAD") return { ...forwarding, onRequest, ...(map && { unsaid: TELLING }) };
  const typeOf = (status: number): ReturnedType | undefined =>
    [204, 304].includes(status) ? undefined : types.find(({ least, most }) => least <= status && status <= most);
  const read: ReadAnswer = {
    mostBytes: (status) => typeOf(status)?.bytes,
    judge: (reply) => {
      const returned = typeOf(reply.status);
      return returned ? judge(reply, returned, map, scene, jsonDepth) : { kind: "fits" };
    },
  };
  return { ...forwarding, onRequest, read };
}

/** An answer that is read has no coding. `gone`: fields that its backend does not get. */
export function plainly(set: readonly SetHeader[], gone: readonly string[]): readonly SetHeader[] {
  const ours = [{ name: "accept-encoding", value: "identity" }, ...gone.map((name) => ({ name, value: undefined }))];
  const others = set.filter(({ name }) => !ours.some((one) => one.name === name));
  return [...others, ...ours].sort((left, right) => (left.name === right.name ? 0 : left.name < right.name ? -1 : 1));
}

function judge(reply: WholeReply, returned: ReturnedType, map: Returned["map"], scene: Scene, depth: number): Judged {
  const read = bodyOf(reply, returned, depth);
  if ("message" in read) return { kind: "misfit", ...read };
  if (map === undefined || Math.floor(reply.status / 100) !== 2) return { kind: "fits" };
  const bytes = new TextEncoder().encode(jsonText(evaluate(map, { ...scene, answer: read.value }, undefined) as Value));
  if (bytes.length > returned.bytes) return { kind: "misfit", at: "", message: "is mapped to too much" };
  const isKept = (name: string): boolean => !TELLING.includes(name) && name !== "transfer-encoding";
  const kept = pairs(reply.rawHeaders).filter(([name]) => isKept(lowerAscii(name)));
  const headers = [...kept, ["content-type", "application/json"], ["content-length", `${bytes.length}`]];
  return { kind: "mapped", rawHeaders: headers.flat(), body: bytes };
}

/** `returns` and `map response body`: what becomes of a backend's answer (D321). An answer that does not fit goes no further. */
import type { HeaderField } from "../../../runtime/contract/gateway.ts";
import type { Judged, ReadAnswer, WholeReply } from "../../../runtime/contract/read-answer.ts";
import type { Returned, ReturnedType } from "../../model/returned.ts";
import type { Value } from "../../model/types.ts";
import { isJson } from "../body.ts";
import { evaluate } from "../evaluate.ts";
import { lowerAscii } from "../fields.ts";
import { fit, type Misfit } from "../fitting.ts";
import type { Forwarding } from "../forward.ts";
import { readJson } from "../json.ts";
import { jsonText } from "../json-text.ts";
import type { Scene } from "../scene.ts";
import { utf8 } from "../triplets.ts";

/** Fields that tell of a body's bytes, or of which bytes a client has. */
const TELLING = (
  "accept-ranges content-digest content-encoding content-language content-length content-location content-md5 content-range content-type digest etag " +
  "last-modified repr-digest"
).split(" ");

export function reading({ types, map }: Returned, forwarding: Forwarding, scene: Scene, jsonDepth: number): Forwarding {
  const gone = ["range", "if-range", ...(map ? ["if-none-match", "if-modified-since"] : [])];
  const ours = [{ name: "accept-encoding", value: "identity" }, ...gone.map((name) => ({ name, value: undefined }))];
  const others = forwarding.onRequest.filter(({ name }) => !ours.some((one) => one.name === name));
  const onRequest = [...others, ...ours].sort((left, right) => (left.name === right.name ? 0 : left.name < right.name ? -1 : 1));
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

function judge(
  { status, rawHeaders, body }: WholeReply,
  returned: ReturnedType,
  map: Returned["map"],
  scene: Scene,
  depth: number,
): Judged {
  const fields = pairs(rawHeaders);
  const of = (wanted: string): readonly string[] => fields.filter(([name]) => lowerAscii(name) === wanted).map(([, value]) => value);
  const [type = "", ...more] = of("content-type");
  const isPlain = isJson(type) && more.length === 0 && of("content-encoding").length === 0 && body.length <= returned.bytes;
  const text = isPlain ? utf8(body) : undefined;
  const read = text === undefined ? { problem: "no JSON text" } : readJson(text, { depth, keys: 100_000 });
  if ("problem" in read) return { kind: "misfit", at: "", message: read.problem };
  const misfits: Misfit[] = [];
  const value = fit(returned.type, read.value, misfits);
  const [first] = misfits;
  if (first || value === undefined) return { kind: "misfit", at: first?.at ?? "", message: first?.message ?? "does not fit" };
  if (map === undefined || Math.floor(status / 100) !== 2) return { kind: "fits" };
  const bytes = new TextEncoder().encode(jsonText(evaluate(map, { ...scene, answer: value }, undefined) as Value));
  if (bytes.length > returned.bytes) return { kind: "misfit", at: "", message: "is mapped to too much" };
  const kept = fields.filter(([name]) => !TELLING.includes(lowerAscii(name)) && lowerAscii(name) !== "transfer-encoding");
  const headers = [...kept, ["content-type", "application/json"], ["content-length", `${bytes.length}`]];
  return { kind: "mapped", rawHeaders: headers.flat(), body: bytes };
}

function pairs(raw: readonly string[]): readonly HeaderField[] {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ""] as const] : []));
}

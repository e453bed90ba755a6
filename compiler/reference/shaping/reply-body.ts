/** The body of a backend's answer, where it is what the program says: JSON, as strictly read as that of a request, and of a type (D321). */
import type { HeaderField } from "../../../runtime/contract/gateway.ts";
import type { WholeReply } from "../../../runtime/contract/read-answer.ts";
import type { Type, Value } from "../../model/types.ts";
import { isJson } from "../body.ts";
import { lowerAscii } from "../fields.ts";
import { fit, type Misfit } from "../fitting.ts";
import { readJson } from "../json.ts";
import { utf8 } from "../triplets.ts";

export type ReplyBody = { readonly value: Value } | { readonly at: string; readonly message: string };

export function bodyOf(
  { rawHeaders, body }: WholeReply,
  { type, bytes }: { readonly type: Type; readonly bytes: number },
  depth: number,
): ReplyBody {
  const of = (wanted: string): readonly string[] =>
    pairs(rawHeaders)
      .filter(([name]) => lowerAscii(name) === wanted)
      .map(([, value]) => value);
  const [media = "", ...more] = of("content-type");
  const isPlain = isJson(media) && more.length === 0 && of("content-encoding").length === 0 && body.length <= bytes;
  const text = isPlain ? utf8(body) : undefined;
  const read = text === undefined ? { problem: "no JSON text" } : readJson(text, { depth, keys: 100_000 });
  if ("problem" in read) return { at: "", message: read.problem };
  const misfits: Misfit[] = [];
  const value = fit(type, read.value, misfits);
  const [first] = misfits;
  if (first || value === undefined) return { at: first?.at ?? "", message: first?.message ?? "does not fit" };
  return { value };
}

export function pairs(raw: readonly string[]): readonly HeaderField[] {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ""] as const] : []));
}

/**
 * Whether an answer may be compressed, and how (RFC 9110 section 12.5.3). Promises: what is answered to somebody is not, unless the program says so: who
 * can put text beside a secret reads the secret off the length (BREACH).
 */
import type { CompressPlan, ContentCoding } from "../contract/gateway.ts";
import type { CompressData } from "../contract/table-data.ts";
import { lowerAscii, trimBlanks } from "../kernel/characters.ts";

/** `isSomebody`: the caller is known to the gateway. */
export function compressPlan(
  { codings, above, isPersonal }: CompressData,
  rawHeaders: readonly string[],
  isSomebody: boolean,
): CompressPlan | undefined {
  if (!isPersonal && (isSomebody || valuesOf(rawHeaders, "cookie").length + valuesOf(rawHeaders, "authorization").length > 0))
    return undefined;
  const coding = wanted(valuesOf(rawHeaders, "accept-encoding"), codings);
  return coding === undefined ? undefined : { coding, above };
}

/** The one that the client wants most; of several the program's first. */
function wanted(fields: readonly string[], codings: readonly ContentCoding[]): ContentCoding | undefined {
  const weights = new Map<string, number>();
  for (const part of fields.flatMap((field) => field.split(","))) {
    const [name = "", ...parameters] = part.split(";").map(trimBlanks);
    const weight = parameters.find((parameter) => lowerAscii(parameter).startsWith("q="))?.slice(2) ?? "1";
    if (name !== "" && /^(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)$/.test(weight)) weights.set(lowerAscii(name), Number(weight));
  }
  const weightOf = (coding: string): number => weights.get(coding) ?? weights.get("*") ?? 0;
  const most = Math.max(0, ...codings.map(weightOf));
  return most === 0 ? undefined : codings.find((coding) => weightOf(coding) === most);
}

function valuesOf(rawHeaders: readonly string[], name: string): readonly string[] {
  const values: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2)
    if (rawHeaders[at]?.length === name.length && lowerAscii(rawHeaders[at] ?? "") === name) values.push(rawHeaders[at + 1] ?? "");
  return values;
}

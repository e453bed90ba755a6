/** The fields of a backend's answer on their way to the client. Promises that none is about another hop or breaks a line. */
import type { AnswerChanges, HeaderField } from "../contract/gateway.ts";
import { isFieldValue } from "./characters.ts";
import { fieldName } from "./field-names.ts";
import { hopByHop } from "./hop-by-hop.ts";

/**
 * `rawHeaders`: names and values in turn. Undefined: a field that no answer may have; the answer must not be passed on.
 * `content-length` is kept: whether the body keeps to it is the host's to see.
 */
export function responseFields(
  rawHeaders: readonly string[],
  { responseHeaders: set, movedHeaders, addedHeaders }: AnswerChanges,
): readonly HeaderField[] | undefined {
  const received: HeaderField[] = [];
  let isChunked = false;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = fieldName(rawHeaders[at] ?? "");
    const value = rawHeaders[at + 1] ?? "";
    if (name === undefined || !isFieldValue(value)) return undefined;
    if (name === "transfer-encoding") isChunked = true;
    received.push([name, value]);
  }
  const staysThere = hopByHop(received);
  const fields: HeaderField[] = [];
  for (const field of received) {
    const [name] = field;
    if (!staysThere(name) && !(isChunked && name === "content-length") && !sets(set, name)) fields.push(field);
  }
  for (const [name, values] of set) for (const value of values) fields.push([name, value]);
  if (movedHeaders !== undefined)
    for (const [to, from] of movedHeaders)
      for (const [name, value] of received) if (name === from && !staysThere(name)) fields.push([to, value]);
  if (addedHeaders !== undefined) fields.push(...addedHeaders);
  return fields;
}

function sets(set: AnswerChanges["responseHeaders"], name: string): boolean {
  for (const one of set) if (one[0] === name) return true;
  return false;
}

/** The fields of a backend's answer on their way to the client. Promises that none is about another hop or breaks a line. */
import type { AnswerChanges, HeaderField } from "../contract/gateway.ts";
import { isFieldValue, isToken, lowerAscii } from "./characters.ts";
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
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? "";
    const value = rawHeaders[at + 1] ?? "";
    if (!isToken(name) || !isFieldValue(value)) return undefined;
    received.push([lowerAscii(name), value]);
  }
  const staysThere = hopByHop(received);
  const isChunked = received.some(([name]) => name === "transfer-encoding");
  const fields = received.filter(
    ([name]) => !staysThere(name) && !(isChunked && name === "content-length") && !set.some(([other]) => other === name),
  );
  for (const [name, values] of set) for (const value of values) fields.push([name, value]);
  for (const [to, from] of movedHeaders ?? [])
    for (const [name, value] of received) if (name === from && !staysThere(name)) fields.push([to, value]);
  if (addedHeaders !== undefined) fields.push(...addedHeaders);
  return fields;
}

/** The path and the query that a backend gets where they are others than what came. Promises: whatever values are put in, no part becomes two. */
import type { Call, CallPrincipal } from "../kernel/call.ts";
import { readQuery } from "../kernel/query.ts";

type Change = readonly [name: string, valueOf: (call: Call) => unknown];

/** Parts under the names go; those that have values come last, by name. Other parts stay as they came. */
export function withQuery(call: Call, changes: readonly Change[]): Call {
  const names = new Set(changes.map(([name]) => name));
  const added = changes
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([name, valueOf]) => textsOf(valueOf(call)).map((value) => `${segment(name)}=${segment(value)}`));
  const changed = (query: string | undefined): string | undefined => {
    const kept = (query ?? "").split("&").filter((part) => part !== "" && !isUnder(part, names));
    return kept.length + added.length === 0 ? undefined : [...kept, ...added].join("&");
  };
  const principals = call.principals.map((principal): CallPrincipal => {
    const { withheld } = principal;
    return withheld === undefined ? principal : { ...principal, withheld: { ...withheld, query: changed(withheld.query) } };
  });
  return { ...call, principals, request: { ...call.request, query: changed(call.request.query) } };
}

function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === "string" ? [value] : [];
}

/** A name that is no text is none of ours. */
function isUnder(part: string, names: ReadonlySet<string>): boolean {
  return [...names].some((name) => readQuery(part.split("=", 1)[0], [name])?.length === 1);
}

/** `parts` are segments; the last may be several, or none. */
export function withPath(call: Call, parts: readonly unknown[]): Call {
  const segments = parts.map(String).filter((part) => part !== "");
  return { ...call, request: { ...call.request, path: `/${segments.join("/")}` } };
}

/** The same where one of the parts may be none: then there is no such call. */
export function withSafePath(call: Call, parts: readonly unknown[]): Call | undefined {
  return parts.includes(undefined) ? undefined : withPath(call, parts);
}

/** Undefined for a text that is no segment, or that a server could take for several or for another one (D20). */
export function safeSegment(text: unknown): string | undefined {
  const value = String(text);
  return value === "" || value === "." || value === ".." || hidden.test(value) ? undefined : segment(value);
}

// oxlint-disable-next-line no-control-regex
const hidden = /[/\\\u0000-\u001f\u007f]/;

/** Text as it can stand between two delimiters of a path or query: all but the unreserved characters of RFC 3986 as triplets. */
export function segment(text: unknown): string {
  return encodeURIComponent(String(text).toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

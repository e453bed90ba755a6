/** The parts of a request that an authorizer is handed, as they are in this one. */
import type { RequestPart } from "../../contract/authorizer.ts";
import { pathOfRoute } from "../../contract/route-key.ts";
import type { Call } from "../../kernel/call.ts";
import { countFields, firstValue } from "../../kernel/fields.ts";
import { readQuery } from "../../kernel/query.ts";

/** A value that is not there is undefined. */
export type SeenPart = readonly [part: RequestPart, value: string | undefined];

/** Undefined: one that is read as one value came twice, or is no text (D4, D44). */
export function seenParts(parts: readonly RequestPart[], call: Call): readonly SeenPart[] | undefined {
  const names = parts.flatMap((part) => (part.kind === "query" ? [part.name] : []));
  const queries = readQuery(call.request.query, names);
  if (queries === undefined) return undefined;
  const seen: SeenPart[] = [];
  for (const part of parts) {
    if (part.kind === "header" || part.kind === "query") {
      const fields = part.kind === "header" ? call.request.headers : queries;
      const name = part.kind === "header" ? part.name.toLowerCase() : part.name;
      if (countFields(fields, name) > 1) return undefined;
      seen.push([part, firstValue(fields, name)]);
    } else seen.push([part, factOf(part.kind, call)]);
  }
  return seen;
}

function factOf(kind: Exclude<RequestPart["kind"], "header" | "query">, call: Call): string {
  switch (kind) {
    case "clientIp":
      return call.clientText;
    case "host":
      return call.request.host;
    case "method":
      return call.method;
    case "path":
      return call.request.path;
    case "routePath":
      return pathOfRoute(call.route);
    case "stage":
      return stageOf(call);
  }
}

/** As AWS names the stage of an API that has none. */
export function stageOf({ bound }: Call): string {
  return bound.stage ?? "$default";
}

/** Of a part that there is one of at most. */
export function valueOf(seen: readonly SeenPart[], kind: RequestPart["kind"]): string | undefined {
  return seen.find(([part]) => part.kind === kind)?.[1];
}

/** Names and values that are there; undefined where none of this kind is seen. */
export function valuesByName(
  seen: readonly SeenPart[],
  kind: "header" | "query",
  nameOf: (name: string) => string,
): Readonly<Record<string, string>> | undefined {
  const named = seen.flatMap(([part, value]) => (part.kind === kind && value !== undefined ? [[nameOf(part.name), value] as const] : []));
  return seen.some(([part]) => part.kind === kind) ? Object.fromEntries(named) : undefined;
}

/** What a request that found no route has missed, for people. */
import { printType } from "../check/types/print-type.ts";
import type { Type } from "../model/types.ts";
import type { Difference, Missed } from "../reference/index.ts";

/** Lines without their ends. */
export function missedLines(missed: Missed): readonly string[] {
  switch (missed.what) {
    case "routes":
      if (missed.routes.length === 0) return ["none is near; `gwl routes` lists them"];
      return missed.routes.map(({ route, differs }) => `${route}  ${differenceText(differs)}`);
    case "hosts":
      return [`this gateway answers for ${missed.hosts.join(", ")}; give one with \`--header 'Host: NAME'\``];
    case "versions":
      return [`\`${missed.by}\` says which version is wanted: ${missed.versions.join(", ")}`];
  }
}

export function differenceText(differs: Difference): string {
  switch (differs.in) {
    case "method":
      return `takes ${differs.takes}`;
    case "parameter":
      return `\`${differs.found}\` is no ${inFull(differs.type)}, as \`{${differs.name}}\` must be`;
    case "segment":
      return differs.expected.toLowerCase() === differs.found.toLowerCase()
        ? `has \`${differs.expected}\` and not \`${differs.found}\`: capitals count in paths`
        : `has \`${differs.expected}\` and not \`${differs.found}\``;
    case "length":
      if (differs.segment === "") return "ends without a slash";
      return differs.is === "missing" ? `goes on with \`/${differs.segment}\`` : `ends before \`/${differs.segment}\``;
  }
}

/** The name of a type alone says nothing of why a text is none. */
function inFull(type: Type): string {
  return type.kind === "newtype" ? `${type.name} (${printType(type.base)})` : printType(type);
}

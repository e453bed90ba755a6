/** A path as the user would write it; what routes are called by. */
import { printType } from "../../../check/types/print-type.ts";
import type { Segment } from "../../../model/program.ts";

export function pathText(path: readonly Segment[]): string {
  return `/${path.map(segmentText).join("/")}`;
}

function segmentText(segment: Segment): string {
  switch (segment.kind) {
    case "literal":
      return segment.text;
    case "rest":
      return `{${segment.name}: Rest}`;
    case "param": {
      const type = printType(segment.type);
      return type === "String" ? `{${segment.name}}` : `{${segment.name}: ${type}}`;
    }
  }
}

/** A level in a few words. */
import type { Level } from "../../compiler/model/placed-route.ts";
import type { Segment } from "../../compiler/model/program.ts";
import { printType } from "../../compiler/check/types/print-type.ts";

export function describeLevel(level: Level): string {
  switch (level.level) {
    case "gateway":
    case "api":
      return level.name;
    case "group":
      return pathOf(level.at);
    case "route":
      return level.key;
  }
}

function pathOf(segments: readonly Segment[]): string {
  return segments.map((segment) => `/${segmentText(segment)}`).join("");
}

function segmentText(segment: Segment): string {
  if (segment.kind === "literal") return segment.text;
  return segment.kind === "rest" ? `{${segment.name}: Rest}` : `{${segment.name}: ${printType(segment.type)}}`;
}

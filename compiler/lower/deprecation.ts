/** What answers of a deprecated route say: as if the level that says so set these headers, and links beside those that are there. */
import type { Deprecation } from "../model/deprecation.ts";
import type { Expr } from "../model/expression.ts";
import type { IrRoute } from "../model/ir.ts";
import type { Scope, Transform } from "../model/program.ts";

/** Of the level that counts: the nearest that says it. */
export function deprecationTransforms(level: Scope, levels: readonly Scope[]): readonly Transform[] {
  const { deprecation } = level;
  if (deprecation === undefined || levels.findLast((one) => one.deprecation !== undefined) !== level) return [];
  const { since, sunset, span } = deprecation;
  const set = (name: string, text: string): Transform => ({ kind: "setHeader", on: "response", name, value: textOf(text, span), span });
  const structured = set("deprecation", `@${Math.floor(since / 1000)}`);
  return sunset === undefined ? [structured] : [structured, set("sunset", new Date(sunset).toUTCString())];
}

function textOf(value: string, span: Deprecation["span"]): Expr {
  return { op: "const", value, type: { kind: "string" }, span };
}

/** Absent where the route will stay. */
export function deprecatedRoute(levels: readonly Scope[]): Pick<IrRoute, "deprecated"> {
  const deprecation = levels.findLast((one) => one.deprecation !== undefined)?.deprecation;
  if (deprecation === undefined) return {};
  const { see, successor } = deprecation;
  const links = [
    ...(see === undefined ? [] : [`<${see}>; rel="deprecation"`]),
    ...(successor === undefined ? [] : [`<${successor}>; rel="successor-version"`]),
  ];
  return { deprecated: { links } };
}

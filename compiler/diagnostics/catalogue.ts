/** Every kind of finding there is, room by room, in the order of the stages. Codes and names are unique, and a code is never reused. */
import { SYNTAX_DIAGNOSTICS } from "../../grammar/index.ts";
import type { DiagnosticKind } from "../../grammar/source/diagnostic.ts";
import { ANALYZE_DIAGNOSTICS } from "../analyze/index.ts";
import * as names from "../bind/bind.diagnostics.ts";
import * as mappings from "../check/expressions/mapping.diagnostics.ts";
import * as factNames from "../check/expressions/name.diagnostics.ts";
import * as expressionTypes from "../check/expressions/type.diagnostics.ts";
import * as literals from "../check/literals/diagnostics.ts";
import * as uses from "../check/names.diagnostics.ts";
import { PROGRAM_DIAGNOSTICS } from "../check/program/index.ts";
import * as shape from "../check/program-shape.diagnostics.ts";
import * as types from "../check/types/diagnostics.ts";
import { ACCESS_CONSTRUCT_DIAGNOSTICS } from "../constructs/access/index.ts";
import { CORE_DIAGNOSTICS } from "../constructs/core/index.ts";
import { TRAFFIC_DIAGNOSTICS } from "../constructs/traffic/index.ts";
import { FRAME_DIAGNOSTICS } from "../constructs/frame.diagnostics.ts";
import { RELEASE_DIAGNOSTICS } from "../constructs/releases/index.ts";
import { SHAPING_DIAGNOSTICS } from "../constructs/shaping/index.ts";
import { OBSERVE_DIAGNOSTICS } from "../constructs/observe/index.ts";
import * as files from "../load/load.diagnostics.ts";

/** The catalogue reads codes, names and severities; the wording's holes are each kind's own. */
export type AnyKind = DiagnosticKind<never>;

export const CATALOGUE: readonly AnyKind[] = [
  ...SYNTAX_DIAGNOSTICS,
  ...Object.values(files),
  ...Object.values(names),
  ...Object.values(uses),
  ...Object.values(shape),
  ...Object.values(types),
  ...FRAME_DIAGNOSTICS,
  ...Object.values(factNames),
  ...Object.values(expressionTypes),
  ...Object.values(mappings),
  ...Object.values(literals),
  ...PROGRAM_DIAGNOSTICS,
  ...ACCESS_CONSTRUCT_DIAGNOSTICS,
  ...CORE_DIAGNOSTICS,
  ...SHAPING_DIAGNOSTICS,
  ...RELEASE_DIAGNOSTICS,
  ...TRAFFIC_DIAGNOSTICS,
  ...OBSERVE_DIAGNOSTICS,
  ...ANALYZE_DIAGNOSTICS,
];

/** The kind with this code, in any case, or with this name. */
export function findKind(codeOrName: string): AnyKind | undefined {
  const wanted = codeOrName.toLowerCase();
  return CATALOGUE.find((kind) => kind.code.toLowerCase() === wanted || kind.name === wanted);
}

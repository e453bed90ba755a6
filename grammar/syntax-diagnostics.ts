/** All kinds GWL1xxx, for the catalogue. */
import * as lexical from "./lexical-errors.ts";
import type { DiagnosticKind } from "./source/diagnostic.ts";
import * as structural from "./syntax-errors.ts";

/** The catalogue reads codes and names; the wording's holes are each kind's own. */
export const SYNTAX_DIAGNOSTICS: readonly DiagnosticKind<never>[] = [...Object.values(lexical), ...Object.values(structural)];

/** The words about versions that come and go, and the findings that they make. */
import type { StatementConstruct } from "../construct.ts";
import { deprecated } from "./deprecated.ts";
import { release } from "./release.ts";
import { RELEASE_STATEMENT_DIAGNOSTICS } from "./releases.diagnostics.ts";

export const RELEASE_CONSTRUCTS: readonly StatementConstruct[] = [release, deprecated];

export const RELEASE_DIAGNOSTICS = [...RELEASE_STATEMENT_DIAGNOSTICS] as const;

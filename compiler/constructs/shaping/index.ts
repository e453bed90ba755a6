/** The words about what requests and answers become on their way, and the findings that they make. */
import type { StatementConstruct } from "../construct.ts";
import { answer } from "./answer.ts";
import { compose } from "./compose.ts";
import { COMPOSE_DIAGNOSTICS } from "./compose.diagnostics.ts";
import { compress } from "./compress.ts";
import { cors } from "./cors.ts";
import { decompress } from "./decompress.ts";
import { map } from "./map.ts";
import { remove } from "./remove.ts";
import { rename } from "./rename.ts";
import { returns } from "./returns.ts";
import { rewrite } from "./rewrite.ts";
import { validate } from "./validate.ts";
import { securityHeaders } from "./security-headers.ts";
import { SHAPING_STATEMENT_DIAGNOSTICS } from "./shaping.diagnostics.ts";

export const SHAPING_CONSTRUCTS: readonly StatementConstruct[] = [
  cors,
  remove,
  rename,
  rewrite,
  answer,
  securityHeaders,
  validate,
  compress,
  decompress,
  map,
  returns,
  compose,
];

export const SHAPING_DIAGNOSTICS = [...SHAPING_STATEMENT_DIAGNOSTICS, ...COMPOSE_DIAGNOSTICS] as const;

/** `headers { "X-Stage": STAGE_NAME }` of an `http` backend: fields that are set on each request to its servers. */
import type { Block } from "../../../../../grammar/ast.ts";
import type { CheckContext } from "../../../../check/context.ts";
import type { HttpBackend } from "../../../../model/program.ts";
import { lateHeaders } from "../../../header-entry.ts";

/** Names lower-case, sorted. */
export function readHeaders(block: Block, context: CheckContext): NonNullable<HttpBackend["headers"]> {
  const headers = lateHeaders(block, { what: "a header of an `http` backend" }, context);
  return headers.toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

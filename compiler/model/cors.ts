/** Who of other origins may call from a browser and read what is answered (Fetch standard, "HTTP-CORS protocol"). The nearest level counts whole. */
import type { Span } from "../../grammar/source/span.ts";
import type { Expr } from "./expression.ts";

export type Cors = {
  /** A `List<String>` that the start knows, each as `readOriginPattern` takes it. `any`: every origin, without credentials. */
  readonly origins: "any" | Expr;
  /** Absent: whatever method has a route. */
  readonly methods?: readonly string[];
  /** Lower-case names; `any`: whatever the page asks for. Absent: `content-type`, and what carries the credentials of the callers accepted there. */
  readonly headers?: "any" | readonly string[];
  /** Lower-case names of the answer's fields that pages may read beside the few that they always may. */
  readonly expose: readonly string[];
  readonly credentials: boolean;
  /** Seconds for which a browser need not ask again. */
  readonly maxAge?: number;
  /** Whether pages from public networks may call a gateway in a private one. */
  readonly privateNetwork: boolean;
  readonly span: Span;
};

export { CORS_FIELDS } from "../../runtime/contract/cors-fields.ts";

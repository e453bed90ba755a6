/** The signature of a request from whichever form came. Promises: never both forms, and no field twice that a signature may lean on. */
import type { HeaderField } from "../../contract/gateway.ts";
import type { SigV4Fault } from "../../contract/sigv4.ts";
import { countFields, firstValue } from "../../kernel/fields.ts";
import { readAuthorization } from "./authorization-form.ts";
import type { Presented } from "./presented.ts";
import { readQueryForm } from "./query-form.ts";
import { isCarrier, type QueryPart } from "./signed-query.ts";

/** What signatures of all versions begin with. */
const scheme = "AWS4-";

export function readPresented(headers: readonly HeaderField[], parts: readonly QueryPart[]): Presented | SigV4Fault {
  const authorization = firstValue(headers, "authorization");
  const inHeader = authorization?.startsWith(scheme) === true;
  const inQuery = parts.some(([name]) => isCarrier(name));
  if (!inHeader && !inQuery) return "no-signature";
  if (inHeader && inQuery) return "both-forms";
  if (repeatsAmzField(headers)) return "repeated-field";
  return inHeader ? readAuthorization(authorization, headers) : readQueryForm(headers, parts);
}

/** Which of two a signer meant cannot be told. */
function repeatsAmzField(headers: readonly HeaderField[]): boolean {
  return headers.some(([name]) => name.startsWith("x-amz-") && countFields(headers, name) > 1) || countFields(headers, "date") > 1;
}

/** The signature of a request from whichever form came. Promises: never both forms, and no field twice that a signature may lean on. */
import type { HeaderField } from "../../contract/gateway.ts";
import type { SigV4Fault } from "../../contract/sigv4.ts";
import { countFields, firstValue } from "../../kernel/fields.ts";
import { readAuthorization } from "./authorization-form.ts";
import type { Presented } from "./presented.ts";
import { readQueryForm } from "./query-form.ts";
import { isCarrier, type QueryPart } from "./signed-query.ts";

const scheme = "AWS4-";

/** Whether the request brings a signature of any version, good or not. */
export function presentsSignature(headers: readonly HeaderField[], parts: readonly QueryPart[]): boolean {
  return isSignature(firstValue(headers, "authorization")) || parts.some(([name]) => isCarrier(name));
}

/** Whether the value of an `Authorization` field is one. */
export function isSignature(authorization: string | undefined): boolean {
  return authorization?.startsWith(scheme) === true;
}

export function readPresented(headers: readonly HeaderField[], parts: readonly QueryPart[]): Presented | SigV4Fault {
  if (repeatsAmzField(headers)) return "repeated-field";
  const authorization = firstValue(headers, "authorization");
  const inQuery = parts.some(([name]) => isCarrier(name));
  if (authorization === undefined || !isSignature(authorization)) return inQuery ? readQueryForm(headers, parts) : "no-signature";
  return inQuery ? "both-forms" : readAuthorization(authorization, headers);
}

/** Which of two a signer meant cannot be told. */
function repeatsAmzField(headers: readonly HeaderField[]): boolean {
  return headers.some(([name]) => name.startsWith("x-amz-") && countFields(headers, name) > 1) || countFields(headers, "date") > 1;
}

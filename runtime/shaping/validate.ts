/** Header fields, query and media types of a request against what its route takes. Promises: all that does not fit is told at once, and no value is repeated. */
import type { Bound, Call } from "../kernel/call.ts";
import { lowerAscii, trimBlanks } from "../kernel/characters.ts";
import { allValues, firstValue } from "../kernel/fields.ts";
import type { RequestError } from "../kernel/refusal.ts";
import type { Validity } from "../kernel/validity.ts";
import { accepts } from "./accept.ts";

/** `read`: undefined where any text will do. */
export type FieldCheck = {
  readonly isHeader: boolean;
  readonly name: string;
  readonly isOptional: boolean;
  readonly least: number;
  readonly most: number;
  readonly read: ((text: string, bound: Bound) => unknown) | undefined;
};

export function validated(
  call: Call,
  fields: readonly FieldCheck[],
  consumes: readonly string[] | undefined,
  produces: readonly string[] | undefined,
): Validity {
  const { headers, hasBody } = call.request;
  if (consumes !== undefined && hasBody && !consumes.includes(mediaType(firstValue(headers, "content-type"))))
    return { cause: "unsupported-media-type" };
  if (produces !== undefined && !accepts(allValues(headers, "accept"), produces)) return { cause: "not-acceptable" };
  return { errors: fields.flatMap((field) => errorsOf(call, field)) };
}

function mediaType(value = ""): string {
  return lowerAscii(trimBlanks(value.split(";", 1)[0] ?? ""));
}

function errorsOf(call: Call, { isHeader, name, isOptional, least, most, read }: FieldCheck): readonly RequestError[] {
  const values = isHeader ? allValues(call.request.headers, name) : allValues(call.queries, name);
  const error = (message: string): RequestError => ({ in: isHeader ? "header" : "query", at: name, message });
  if (values.length === 0) return isOptional ? [] : [error("is missing")];
  if (values.length < least || values.length > most) return [error(most === 1 ? "comes more than once" : "comes too often or too seldom")];
  if (read === undefined || values.every((value) => read(value, call.bound) !== undefined)) return [];
  return [error("has a value that does not fit")];
}

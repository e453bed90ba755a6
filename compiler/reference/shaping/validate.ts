/** What a route takes beside its body (D226): media types, then header fields and parts of the query, all findings together. */
import type { Cause } from "../../../runtime/contract/gateway.ts";
import type { CheckedField, RequestChecks } from "../../model/request-checks.ts";
import type { CanonicalRequest } from "../canonical-request.ts";
import { isToken, lowerAscii, trimBlanks, valueOf, valuesOf } from "../fields.ts";
import type { Misfit } from "../fitting.ts";
import type { Scene } from "../scene.ts";
import { readPathText } from "../text-values.ts";

export type Checked = { readonly cause: Cause } | { readonly errors: readonly Misfit[] };

export function checkRequest({ fields, consumes, produces }: RequestChecks, request: CanonicalRequest, scene: Scene): Checked {
  const [type = ""] = (valueOf(request.fields, "content-type") ?? "").split(";");
  if (consumes && request.hasBody && !consumes.includes(lowerAscii(trimBlanks(type)))) return { cause: "unsupported-media-type" };
  if (produces && !produces.some((one) => isTaken(one, valuesOf(request.fields, "accept")))) return { cause: "not-acceptable" };
  return { errors: fields.flatMap((field) => misfits(field, scene)) };
}

function misfits({ in: where, name, type, isOptional, times }: CheckedField, { request }: Scene): readonly Misfit[] {
  const values =
    where === "header"
      ? valuesOf(request?.fields ?? [], name)
      : (request?.query ?? []).filter((field) => field.name === name).map(({ value = "" }) => value);
  if (values.length === 0) return isOptional ? [] : [{ in: where, at: name, message: "is missing" }];
  const { least, most } = times ?? { least: 1, most: 1 };
  const isOften = values.length >= least && values.length <= most;
  const fits = values.every((value) => readPathText(type, value) !== undefined);
  return isOften && fits ? [] : [{ in: where, at: name, message: "does not fit" }];
}

/** Of `Accept`: the range that says most about the type decides; a weight of 0 is a no. */
function isTaken(type: string, accept: readonly string[]): boolean {
  const written = accept
    .join(",")
    .split(",")
    .map(trimBlanks)
    .filter((range) => range !== "");
  if (written.length === 0) return true;
  const weights = [type, `${type.split("/")[0]}/*`, "*/*"].map((wanted) => written.flatMap((text) => weightOf(text, wanted)));
  return (weights.find((found) => found.length > 0) ?? []).some((weight) => weight > 0);
}

function weightOf(text: string, wanted: string): readonly number[] {
  const [range = "", ...parameters] = text.split(";").map(trimBlanks);
  const [, weight = "1"] = parameters.map((parameter) => /^q=(.*)$/i.exec(parameter)).find((found) => found) ?? [];
  const isRange = range.split("/").length === 2 && range.split("/").every(isToken);
  const isWeight = /^(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)$/.test(weight);
  return isRange && isWeight && lowerAscii(range) === wanted ? [Number(weight)] : [];
}

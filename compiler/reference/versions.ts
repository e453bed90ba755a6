/**
 * Which version of an api a request wants (D330). It is known before any rule is asked, and of those at one path exactly one takes the request. Who says what
 * is not there, or nothing where nothing is usual, is refused.
 */
import type { HeaderField } from "../../runtime/contract/gateway.ts";
import type { Api } from "../model/program.ts";
import type { VersionChoice } from "../model/version-choice.ts";
import { isToken, lowerAscii, trimBlanks, valuesOf } from "./fields.ts";

type Version = { readonly number: number; readonly choice: VersionChoice };

/** `undefined`: it cannot be told. `family`: all apis at the path whose versions are chosen. */
export function wantedVersion(family: readonly Api[], fields: readonly HeaderField[]): number | undefined {
  const versions = versionsOf(family);
  const usual = versions.find(({ choice }) => choice.isDefault);
  const [first] = versions;
  if (first === undefined) return undefined;
  const { choice } = first;
  if (choice.by !== "header") return byMediaTypes(versions, usual, fields)?.number;
  const [said, ...more] = valuesOf(fields, choice.name);
  if (said === undefined) return usual?.number;
  return more.length > 0 ? undefined : versions.find(({ number }) => `${number}` === said)?.number;
}

/** What a request may say, from the lowest version on. */
export function sayings(family: readonly Api[]): readonly string[] {
  return versionsOf(family)
    .toSorted((left, right) => left.number - right.number)
    .map(({ number, choice }) => (choice.by === "media" ? choice.name : `${number}`));
}

/** The field that answers depend on. */
export function varyOf({ choice }: Api): string {
  return choice?.by === "header" ? choice.name : "accept";
}

function versionsOf(family: readonly Api[]): readonly Version[] {
  return family.flatMap(({ version, choice }) => (version === undefined || choice === undefined ? [] : [{ number: version, choice }]));
}

type Range = { readonly range: string; readonly weight: number; readonly parameters: readonly (readonly [string, string])[] };

/** A body is of one version, so what it is counts first. Then what is taken: the one that is wanted most, of equals the newest; then what is usual. */
function byMediaTypes(versions: readonly Version[], usual: Version | undefined, fields: readonly HeaderField[]): Version | undefined {
  const accept = valuesOf(fields, "accept").flatMap((value) => value.split(","));
  const taken = accept.flatMap(rangeOf).filter(({ weight }) => weight > 0);
  const takesAll = accept.every((text) => trimBlanks(text) === "");
  const takes = (version: Version): boolean => takesAll || taken.some((range) => isWideEnough(range, version, versions));
  const [body] = valuesOf(fields, "content-type")
    .flatMap((value) => value.split(","))
    .flatMap(rangeOf);
  if (body && saysOne(body, versions)) {
    const brought = versions.find((version) => isNamed(body, version));
    return brought && takes(brought) ? brought : undefined;
  }
  const named = versions.flatMap((version) => taken.filter((range) => isNamed(range, version)).map(({ weight }) => ({ version, weight })));
  const [best] = named.toSorted((left, right) => right.weight - left.weight || right.version.number - left.version.number);
  return best?.version ?? (usual && takes(usual) ? usual : undefined);
}

/** Whether it speaks of versions at all: a type that is none of theirs does not. */
function saysOne({ range, parameters }: Range, versions: readonly Version[]): boolean {
  return versions.some(({ choice }) => (choice.by === "media" ? choice.name === range : parameters.some(([name]) => name === choice.name)));
}

function isNamed({ range, parameters }: Range, { number, choice }: Version): boolean {
  if (choice.by === "media") return range === choice.name;
  const [, value] = parameters.find(([name]) => name === choice.name) ?? [];
  return value === `${number}`;
}

/** What names no version may be any; of media types: all types, all of its kind, or what its suffix says (RFC 6839). */
function isWideEnough(range: Range, version: Version, versions: readonly Version[]): boolean {
  if (saysOne(range, versions)) return isNamed(range, version);
  const { choice } = version;
  const [kind, subtype = ""] = choice.name.split("/");
  const [, suffix] = /\+([^+]*)$/.exec(subtype) ?? [];
  return choice.by !== "media" || ["*/*", `${kind}/*`, ...(suffix === undefined ? [] : [`${kind}/${suffix}`])].includes(range.range);
}

function rangeOf(text: string): readonly Range[] {
  const [range = "", ...rest] = text.split(";").map(trimBlanks);
  const parts = range.split("/");
  const parameters = rest.map(parameterOf);
  const [, weight = "1"] = rest.map((parameter) => /^q=(.*)$/i.exec(parameter)).find((found) => found) ?? [];
  const isRange = parts.length === 2 && parts.every(isToken) && (parts[0] !== "*" || parts[1] === "*");
  const isWeight = /^(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)$/.test(weight);
  return isRange && isWeight ? [{ range: lowerAscii(range), weight: Number(weight), parameters }] : [];
}

function parameterOf(text: string): readonly [string, string] {
  const [, name = text, value = ""] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  const [, inside] = /^"(.*)"$/s.exec(value) ?? [];
  return [lowerAscii(name), inside ?? value];
}

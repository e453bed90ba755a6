/**
 * Which version of an api a request wants: by a header field, by the media types that it takes and brings, or by a parameter of these (RFC 9110 section
 * 12.5.1). Promises: one version or none; what says nothing is as the program says, and what says what is not there is never taken for another.
 */
import type { HeaderField } from "../contract/gateway.ts";
import type { VersionsData } from "../contract/version-data.ts";
import { trimBlanks } from "../kernel/characters.ts";
import { allValues } from "../kernel/fields.ts";
import type { AskedVersions, VersionRefusal, Versions } from "../kernel/versions.ts";
import { type MediaRange, readRanges } from "./media-ranges.ts";

export function versions(data: readonly VersionsData[]): Versions {
  const refusals = data.map(refusalOf);
  const varying = data.map(({ by, name }) => (by === "header" ? name : "accept"));
  return (headers) => asked(data, refusals, varying, headers);
}

function refusalOf({ by, versions: all }: VersionsData): VersionRefusal {
  return { cause: by === "header" ? "unknown-version" : "not-acceptable", facts: { versions: all.map(([, says]) => says) } };
}

function asked(
  data: readonly VersionsData[],
  refusals: readonly VersionRefusal[],
  varying: readonly string[],
  headers: readonly HeaderField[],
): AskedVersions {
  const known = new Map<number, number | undefined>();
  const met = new Set<number>();
  const wanted = (at: number): number | undefined => {
    if (!known.has(at)) known.set(at, wantedOf(data[at], headers));
    return known.get(at);
  };
  return {
    begin: () => met.clear(),
    mayTake: ([at, version]) => {
      met.add(at);
      const chosen = wanted(at);
      return chosen === undefined || chosen === version;
    },
    refusal: ([at]) => (wanted(at) === undefined ? refusals[at] : undefined),
    vary: () => {
      const names = new Set([...met].sort((left, right) => left - right).flatMap((at) => varying[at] ?? []));
      return [...names].map((name) => ["vary", name]);
    },
  };
}

function wantedOf(data: VersionsData | undefined, headers: readonly HeaderField[]): number | undefined {
  if (data === undefined) return undefined;
  return data.by === "header" ? byField(data, allValues(headers, data.name)) : byMedia(data, headers);
}

function byField({ versions: all, byDefault }: VersionsData, values: readonly string[]): number | undefined {
  if (values.length === 0) return byDefault;
  return values.length === 1 ? all.find(([, says]) => says === values[0])?.[0] : undefined;
}

/** What the body is comes before what is taken: it can be one version only. */
function byMedia(data: VersionsData, headers: readonly HeaderField[]): number | undefined {
  const fields = allValues(headers, "accept");
  const ranges = readRanges(fields).filter(({ weight }) => weight > 0);
  const isAnything = fields.every((field) => field.split(",").every((part) => trimBlanks(part) === ""));
  const mayAnswer = (version: number): boolean => isAnything || ranges.some((range) => covers(range, version, data));
  const [body] = readRanges(allValues(headers, "content-type"));
  const brought = body === undefined ? undefined : namedBy(body, data);
  if (brought === "unknown") return undefined;
  if (brought !== undefined) return mayAnswer(brought) ? brought : undefined;
  let best: { readonly version: number; readonly weight: number } | undefined;
  for (const range of ranges) {
    const version = namedBy(range, data);
    if (typeof version !== "number") continue;
    const { weight } = range;
    if (best === undefined || weight > best.weight || (weight === best.weight && version > best.version)) best = { version, weight };
  }
  if (best !== undefined) return best.version;
  return data.byDefault !== undefined && mayAnswer(data.byDefault) ? data.byDefault : undefined;
}

/** Undefined: it names none. Of media types that are no version's nothing is known, so they name none. */
function namedBy(range: MediaRange, { by, name, versions: all }: VersionsData): number | "unknown" | undefined {
  if (by === "media") return all.find(([, says]) => says === range.type)?.[0];
  const said = range.parameters.find(([parameter]) => parameter === name)?.[1];
  return said === undefined ? undefined : (all.find(([, says]) => says === said)?.[0] ?? "unknown");
}

/** Whether a client that takes this takes that version: it is the version's type, a wider range, or what the suffix of the type says it is (RFC 6839). */
function covers(range: MediaRange, version: number, data: VersionsData): boolean {
  const named = namedBy(range, data);
  if (named !== undefined || data.by !== "media") return named === undefined || named === version;
  const [type = "", subtype = ""] = (data.versions.find(([one]) => one === version)?.[1] ?? "").split("/");
  const suffix = subtype.slice(subtype.lastIndexOf("+") + 1);
  return ["*/*", `${type}/*`, ...(subtype.includes("+") ? [`${type}/${suffix}`] : [])].includes(range.type);
}

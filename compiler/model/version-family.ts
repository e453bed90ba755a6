/** Apis whose versions are chosen by requests belong together where they stand at one path. */
import type { Api, Gateway, Segment } from "./program.ts";

export type ChosenApi = Api & Required<Pick<Api, "version" | "choice">>;

/** In the order in which the paths come first, and the apis as the program has them. */
export function versionFamilies(gateway: Gateway | undefined): readonly (readonly ChosenApi[])[] {
  const apis = (gateway?.children ?? []).filter((child) => child.level === "api");
  return [...Map.groupBy(apis.filter(isChosen), placeOf).values()];
}

/** Whether no request comes to both: each gets one version. */
export function areVersions(one: Api, other: Api): boolean {
  return isChosen(one) && isChosen(other) && one !== other && placeOf(one) === placeOf(other);
}

function isChosen(api: Api): api is ChosenApi {
  return api.version !== undefined && api.choice !== undefined;
}

/** Equal for equal paths. */
function placeOf({ at }: Api): string {
  return JSON.stringify(at.map(textOf));
}

function textOf(segment: Segment): readonly [kind: Segment["kind"], text: string] {
  return segment.kind === "literal" ? ["literal", decodeURIComponent(segment.text)] : [segment.kind, segment.name];
}

/** Of the versions at one path a request chooses exactly one: all are chosen in one way, and no two by the same word. */
import { type Diagnostic, finding } from "../../../grammar/source/diagnostic.ts";
import type { VersionChoice } from "../../model/version-choice.ts";
import { type ChosenApi, versionFamilies } from "../../model/version-family.ts";
import { versionTwice, versionsChosenTwoWays } from "./routes.diagnostics.ts";
import type { Survey } from "./rules-in-force.ts";

export function checkVersionChoices({ program: { gateway } }: Survey): readonly Diagnostic[] {
  return versionFamilies(gateway).flatMap(checkFamily);
}

function checkFamily(family: readonly ChosenApi[]): readonly Diagnostic[] {
  return family.flatMap((api, at) => clashOf(api, family.slice(0, at)) ?? []);
}

function clashOf(api: ChosenApi, before: readonly ChosenApi[]): Diagnostic | undefined {
  const { version, choice } = api;
  const path = `/${api.at.map((segment) => (segment.kind === "literal" ? segment.text : `{${segment.name}}`)).join("/")}`;
  const other = before.find((one) => wayOf(one.choice) !== wayOf(choice));
  if (other !== undefined) {
    const holes = { path, first: wayOf(other.choice), second: wayOf(choice) };
    return finding(versionsChosenTwoWays, choice.span, holes, [{ span: other.choice.span, message: "the other way" }]);
  }
  const rivals: readonly (readonly [what: string, rival: ChosenApi | undefined])[] = [
    [`version ${version}`, before.find((one) => one.version === version)],
    [`\`${choice.name}\``, choice.by === "media" ? before.find((one) => one.choice.name === choice.name) : undefined],
    ["the default", choice.isDefault ? before.find((one) => one.choice.isDefault) : undefined],
  ];
  const [found] = rivals.flatMap(([what, rival]) => (rival === undefined ? [] : [{ what, rival }]));
  if (found === undefined) return undefined;
  return finding(versionTwice, api.span, { path, what: found.what }, [{ span: found.rival.span, message: "the first of them" }]);
}

function wayOf({ by, name }: VersionChoice): string {
  return by === "media" ? "by media" : `by ${by} \`${name}\``;
}

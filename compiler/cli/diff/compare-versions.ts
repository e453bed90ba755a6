/** Two versions compared and the answer printed. */
import { typeOverlaps } from "../../check/program/overlap/type-overlap.ts";
import { changeGroups } from "../../diff/change-groups.ts";
import { comparePrograms } from "../../diff/compare-programs.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { rulePlaces } from "../rule-places.ts";
import type { Terminal } from "../terminal.ts";
import { changesJson } from "./changes-json.ts";
import type { PlacedVersion } from "./placed-version.ts";
import { printChanges } from "./print-changes.ts";
import type { Version } from "./two-versions.ts";

export type CompareOptions = { readonly format: "text" | "json"; readonly allowsOpening: boolean };

export async function compareVersions(
  before: Version,
  after: Version,
  { format, allowsOpening }: CompareOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const programs = { before: before.program, after: after.program };
  const { changes, unlike } = await comparePrograms(before.program, after.program, {
    shared: typeOverlaps().between,
    environment: terminal.environment,
  });
  const groups = changeGroups(changes, programs);
  const versions = { before: placed(before), after: placed(after) };
  if (format === "json") terminal.out(changesJson(groups, unlike, versions));
  else printChanges(groups, unlike, versions, terminal);
  const opens = groups.some(({ kind }) => kind === "opens") || unlike.some(({ mayOpen }) => mayOpen);
  return opens && !allowsOpening ? EXIT.findings : EXIT.ok;
}

function placed({ name, program, placeOf }: Version): PlacedVersion {
  return { name, program, placeRule: rulePlaces(program, placeOf) };
}

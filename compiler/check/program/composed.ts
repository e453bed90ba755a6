/** Parts of answers come from backends whose calls nothing divides. */
import { type Diagnostic, finding } from "../../../grammar/source/diagnostic.ts";
import { dividedPart } from "./composed.diagnostics.ts";
import type { Survey } from "./rules-in-force.ts";

export function checkComposed({ program: { releases = [] }, routes }: Survey): readonly Diagnostic[] {
  const parts = routes.flatMap(({ route: { target } }) => (target.kind === "compose" ? target.composed.parts : []));
  return parts.flatMap(({ name, backend, span }) => {
    const release = releases.find(({ from }) => from === backend);
    if (release === undefined) return [];
    return [finding(dividedPart, span, { part: name, backend, release: release.name }, [{ span: release.span, message: "the release" }])];
  });
}

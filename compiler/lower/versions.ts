/** Which requests come to which version of an api that requests choose. Adds to an IR that is whole without it. */
import type { VersionsData } from "../../runtime/contract/version-data.ts";
import type { Ir } from "../model/ir.ts";
import type { Gateway } from "../model/program.ts";
import { type ChosenApi, versionFamilies } from "../model/version-family.ts";

export function withVersions(ir: Ir, gateway: Gateway): Ir {
  const families = versionFamilies(gateway);
  if (families.length === 0) return ir;
  const numbers = new Map(families.flatMap((family, number) => family.map(({ name }) => [name, number] as const)));
  const routes = ir.routes.map((route) => {
    const choice = route.api === undefined ? undefined : numbers.get(route.api);
    return choice === undefined ? route : { ...route, choice };
  });
  return { ...ir, routes, versions: families.flatMap(versionsOf) };
}

function versionsOf(family: readonly ChosenApi[]): readonly VersionsData[] {
  const [first] = family;
  if (first === undefined) return [];
  const { by, name } = first.choice;
  const versions = family.map(({ version, choice }) => [version, by === "media" ? choice.name : String(version)] as const);
  const byDefault = family.find(({ choice }) => choice.isDefault)?.version;
  return [
    {
      by,
      name: by === "media" ? "" : name,
      versions: versions.sort(([left], [right]) => left - right),
      ...(byDefault === undefined ? {} : { byDefault }),
    },
  ];
}

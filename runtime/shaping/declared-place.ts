/** Where a body does not fit, in names that the program declares: what a backend calls its members is not told. */
import type { Judged } from "../contract/read-answer.ts";
import type { ValueType } from "../contract/value-type.ts";

/** `at`: a JSON pointer (RFC 6901) into a body of the type. */
export function declaredPlace(type: ValueType, at: string, message: string): Extract<Judged, { kind: "misfit" }> {
  const names = at.split("/").slice(1);
  const told: string[] = [];
  let here: ValueType | undefined = bare(type);
  for (const name of names) {
    const field: ValueType | undefined = here?.kind === "record" ? here.fields.find((one) => pointer(one.name) === name)?.type : undefined;
    if (here?.kind === "record" && field === undefined)
      return { kind: "misfit", at: told.map((one) => `/${one}`).join(""), message: "has a member that is not declared" };
    told.push(here?.kind === "map" ? "*" : name);
    here = here?.kind === "list" || here?.kind === "set" || here?.kind === "map" ? bare(here.element) : field && bare(field);
  }
  return { kind: "misfit", at: told.map((one) => `/${one}`).join(""), message };
}

function bare(type: ValueType): ValueType {
  if (type.kind === "newtype") return bare(type.base);
  return type.kind === "optional" ? bare(type.type) : type;
}

function pointer(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

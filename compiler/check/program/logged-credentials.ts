/** A log must not tell what an identity takes as proof: fields of the program's own that carry credentials. */
import { type Diagnostic, finding } from "../../../grammar/source/diagnostic.ts";
import { credentialLogged } from "../../constructs/observe/observe.diagnostics.ts";
import type { Survey } from "./rules-in-force.ts";

export function checkLoggedCredentials({ program }: Survey): readonly Diagnostic[] {
  const carried = new Set(program.identities.flatMap(({ headers }) => headers));
  const logged = program.gateway?.observe?.log?.headers ?? [];
  return logged.flatMap(({ name, span }) => (carried.has(name) ? [finding(credentialLogged, span, { name })] : []));
}

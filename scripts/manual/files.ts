/** All files of the manual that are put together from the sources. `docs/expressions.md` and `docs/decisions-and-phases.md` are written by hand. */
import { commandLineFile } from "./command-line.ts";
import { diagnosticFiles } from "./diagnostics.ts";
import { languageFiles } from "./language.ts";
import { generatedFrom } from "./links.ts";
import type { ManualFile } from "./manual-file.ts";

export const WRITTEN_BY_HAND: readonly string[] = ["expressions.md", "decisions-and-phases.md", "running.md"];

export function manualFiles(): readonly ManualFile[] {
  return [{ path: "README.md", text: contents() }, ...languageFiles(), ...diagnosticFiles(), commandLineFile()];
}

function contents(): string {
  return `${generatedFrom("scripts/manual")}# The manual of GWL

- [The words of the language](language/README.md): declarations, the gateway, routes, and who may call them.
- [Expressions](expressions.md): what conditions can read, operators, methods, types.
- [Decisions and phases](decisions-and-phases.md): how a call is decided, and in which order rules are asked.
- [Findings](diagnostics/README.md): what the compiler refuses or warns of, and why.
- [The command line](command-line.md): \`gwl\` and its commands.
- [Running a gateway](running.md): processes, hot swap, what the environment may ask of them.

A gateway that uses most of it is in [examples/shop](../examples/shop/gateway.gwl).
`;
}

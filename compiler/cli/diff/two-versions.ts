/** The two versions that a comparison is about, compiled. */
import { realpathSync } from "node:fs";
import { relative, resolve } from "node:path";
import { type CommandInput, lastValue } from "../command.ts";
import { compileFile } from "../compile-file.ts";
import { EXIT } from "../exit-codes.ts";
import { findMainFile } from "../main-file.ts";
import type { PlaceOf } from "../shown-files.ts";
import type { Terminal } from "../terminal.ts";
import type { Program } from "../../model/program.ts";
import { gitRevision } from "./git-revision.ts";

export type Version = { readonly name: string; readonly program: Program; readonly placeOf: PlaceOf };
export type TwoVersions =
  | { readonly ok: true; readonly before: Version; readonly after: Version }
  | { readonly ok: false; readonly exit: typeof EXIT.usage };

/** What is wrong with either has been said where `ok` is false: then there is nothing to compare. */
export async function twoVersions(input: CommandInput, terminal: Terminal): Promise<TwoVersions> {
  const revision = lastValue(input, "against");
  const [first, second] = input.arguments;
  if (revision === undefined) {
    if (first === undefined || second === undefined)
      return refuse("name two versions, `gwl diff OLD NEW`, or a revision: `gwl diff --against main`", terminal);
    const before = await versionOf(first, terminal);
    return both(before, before && (await versionOf(second, terminal)));
  }
  if (second !== undefined) return refuse(`with \`--against\` there is one file, the new version; \`${second}\` is one too many`, terminal);
  const main = findMainFile(terminal.cwd, first);
  if (!main.ok) return refuse(main.message, terminal);
  const before = await versionAt(revision, main.path, terminal);
  return both(before, before && (await versionOf(main.path, terminal)));
}

function both(before: Version | undefined, after: Version | undefined): TwoVersions {
  return before === undefined || after === undefined ? { ok: false, exit: EXIT.usage } : { ok: true, before, after };
}

function refuse(message: string, terminal: Terminal): TwoVersions {
  terminal.complain(message);
  return { ok: false, exit: EXIT.usage };
}

/** Warnings are `gwl check`'s to say. */
function quiet(terminal: Terminal): Terminal {
  return { ...terminal, talk: () => undefined };
}

async function versionOf(file: string, terminal: Terminal): Promise<Version | undefined> {
  const compiled = await compileFile({ file, goal: "check", format: "text", findings: "talk" }, quiet(terminal));
  return compiled.ok
    ? withGateway({ name: compiled.file, program: compiled.compilation.program, placeOf: compiled.placeOf }, terminal)
    : undefined;
}

/** `path`: as seen from where the command runs. */
async function versionAt(revision: string, path: string, terminal: Terminal): Promise<Version | undefined> {
  const real = realpathSync.native(resolve(terminal.cwd, path));
  const found = gitRevision(revision, real);
  if (!found.ok) {
    terminal.complain(found.message);
    return undefined;
  }
  const { host, root } = found;
  if (host.resolve(real) === undefined) {
    terminal.complain(`there was no \`${relative(root, real)}\` at \`${revision}\`, so there is nothing to compare with`);
    return undefined;
  }
  const said: Terminal = { ...quiet(terminal), complain: (message) => terminal.complain(`at \`${revision}\`: ${message}`) };
  const compiled = await compileFile({ file: real, goal: "check", format: "text", findings: "talk", host, isUnsaved: true }, said);
  if (!compiled.ok) return undefined;
  const name = `${revision}:${relative(root, real)}`;
  return withGateway({ name, program: compiled.compilation.program, placeOf: (span) => `${revision}:${compiled.placeOf(span)}` }, terminal);
}

function withGateway(version: Version, terminal: Terminal): Version | undefined {
  if (version.program.gateway !== undefined) return version;
  terminal.complain(`${version.name} declares no gateway, so no request reaches it; name the file that does`);
  return undefined;
}

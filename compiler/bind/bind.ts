/**
 * Who declares what, and which file sees which names. Promises: pure, never throws, independent of the order of files
 * and declarations but for which of two equals is called the first. Must not know what declarations mean.
 */
import { type Diagnostic, finding, type Staged } from "../../grammar/source/diagnostic.ts";
import type { Loaded } from "../load/loaded.ts";
import { duplicateName, leftOut } from "./bind.diagnostics.ts";
import type { BoundProgram, FileScope } from "./bound-program.ts";
import { declarationsOf } from "./collect.ts";
import { ARTICLE_OF, type Declaration, NAMESPACE_OF } from "./declaration.ts";
import { checkName } from "./name-rules.ts";
import { scopeOf } from "./scope.ts";
import { stagesOf } from "./stages.ts";

export function bind(loaded: Loaded): Staged<BoundProgram> {
  const diagnostics: Diagnostic[] = [];
  const report = (found: Diagnostic): void => void diagnostics.push(found);
  const byFile = new Map(loaded.files.map((file) => [file.file, declarationsOf(file.tree)]));
  const declarations = [...byFile.values()].flat();
  for (const declaration of declarations) for (const found of checkName(declaration)) report(found);
  reportDuplicates(declarations, report);
  const shared = declarations.filter(({ kind }) => kind === "tag" || kind === "plan" || kind === "entry" || kind === "api");
  const scopes = new Map<string, FileScope>();
  for (const file of loaded.files) scopes.set(file.file, scopeOf(file, byFile, shared, report));
  const takenIn = takenInFiles(loaded);
  reportLeftOut(loaded, takenIn, report);
  const stages = stagesOf(loaded.files.map((file) => file.tree));
  return { value: { loaded, declarations, scopes, takenIn, stages }, diagnostics };
}

/** Names are unique in the program, as a log line or an environment knows no files; only a `let` is its file's own. */
function reportDuplicates(declarations: readonly Declaration[], report: (found: Diagnostic) => void): void {
  const inProgram = new Map<string, Declaration>();
  const inFile = new Map<string, Declaration>();
  for (const declaration of declarations) {
    const { kind, name, file } = declaration;
    const key = `${NAMESPACE_OF[kind]} ${name.name}`;
    const first = (kind === "let" ? undefined : inProgram.get(key)) ?? inFile.get(`${file} ${key}`);
    if (first === undefined) {
      inFile.set(`${file} ${key}`, declaration);
      if (kind !== "let") inProgram.set(key, declaration);
      continue;
    }
    const holes = { name: name.name, what: ARTICLE_OF[kind], other: ARTICLE_OF[first.kind] };
    report(finding(duplicateName, name.span, holes, [{ span: first.name.span, message: "first declared here" }]));
  }
}

function takenInFiles(loaded: Loaded): ReadonlySet<string> {
  const byName = new Map(loaded.files.map((file) => [file.file, file]));
  const taken = new Set<string>();
  const open = loaded.files.slice(0, 1);
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (taken.has(file.file)) continue;
    taken.add(file.file);
    for (const { names, target } of file.imports) {
      const next = target === undefined || names !== undefined ? undefined : byName.get(target);
      if (next !== undefined) open.push(next);
    }
  }
  return taken;
}

const SERVED = new Set(["gateway", "entry", "api", "group", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "ANY"]);

/** A route that is written and not served would be a trap; it is said once a file. */
function reportLeftOut(loaded: Loaded, takenIn: ReadonlySet<string>, report: (found: Diagnostic) => void): void {
  for (const { file, tree } of loaded.files) {
    if (takenIn.has(file)) continue;
    const entry = tree.entries.find((candidate) => candidate.kind === "statement" && SERVED.has(candidate.word.name));
    if (entry?.kind !== "statement") continue;
    const word = entry.word.name;
    const what = word === word.toUpperCase() ? "route" : word;
    report(finding(leftOut, entry.word.span, { file, what }));
  }
}

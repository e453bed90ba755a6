/** Programs as text, loaded, bound and checked in memory; for tests of words and of whole-program checks. */
import { bind } from "../../compiler/bind/bind.ts";
import { check } from "../../compiler/check/check.ts";
import { loadRegexProver } from "../../compiler/check/literals/regex-prover.ts";
import { CONSTRUCTS } from "../../compiler/constructs/index.ts";
import { load } from "../../compiler/load/load.ts";
import type { Program } from "../../compiler/model/program.ts";
import { parseSource } from "../../grammar/parse.ts";
import type { Diagnostic } from "../../grammar/source/diagnostic.ts";
import type { Span } from "../../grammar/source/span.ts";
import { memoryHost } from "../harness/memory-host.ts";

export type CheckedText = {
  readonly program: Program;
  /** Errors and warnings, without notes. */
  readonly findings: readonly Diagnostic[];
  /** `GWL3201 at GET "/"`: code and underlined text. */
  readonly told: readonly string[];
  readonly textAt: (span: Span) => string;
};

/** `text` is the main file's; `others` are by path below its folder. */
export async function checkedText(text: string, others: Readonly<Record<string, string>> = {}): Promise<CheckedText> {
  const files = { "main.gwl": text, ...others };
  const host = memoryHost(Object.fromEntries(Object.entries(files).map(([file, content]) => [`/p/${file}`, content])));
  const loaded = load("/p/main.gwl", host, parseSource);
  const bound = bind(loaded.value);
  const before = [...loaded.diagnostics, ...bound.diagnostics];
  const prover = await loadRegexProver(loaded.value.files.map(({ tree }) => tree));
  const checked = check(bound.value, CONSTRUCTS, prover, !before.some((found) => found.severity === "error"));
  const findings = [...before, ...checked.diagnostics].filter((found) => found.severity !== "note");
  const textAt = ({ file, start, end }: Span): string => (files as Readonly<Record<string, string>>)[file]?.slice(start, end) ?? "";
  return { program: checked.value, findings, told: findings.map((found) => `${found.code} at ${textAt(found.span)}`), textAt };
}

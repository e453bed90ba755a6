/** `gwl fmt`: prints sources in the one canonical form. A file with syntax errors is left as it is, and reported. */
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseSource, printFile, type SourceFile, sourceFile } from "../../../grammar/index.ts";
import type { Diagnostic } from "../../../grammar/source/diagnostic.ts";
import { renderText } from "../../diagnostics/render-text.ts";
import type { Command } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import type { Terminal } from "../terminal.ts";

export const fmt: Command = {
  name: "fmt",
  summary: "format .gwl files",
  usage: "[FILE or FOLDER ...]",
  minArguments: 0,
  maxArguments: 1000,
  options: [
    { name: "check", summary: "change nothing; exit code 1 if a file is not formatted" },
    { name: "stdin-path", value: "PATH", summary: "with `-` as FILE: what the text from standard input is called in messages" },
  ],
  about:
    "Without arguments, all .gwl files below the current folder. `-` reads standard input and writes the formatted text to standard output.",
  examples: [
    { command: "gwl fmt", does: "format all below this folder" },
    { command: "gwl fmt --check examples", does: "say which files would change" },
    { command: "gwl fmt - < a.gwl", does: "as editors call it" },
  ],
  run: async (input, terminal) => {
    const given = input.arguments.length === 0 ? ["."] : input.arguments;
    if (given.includes("-")) return formatStandardInput(input.values.get("stdin-path")?.at(-1) ?? "standard input", terminal);
    const missing = given.filter((path) => statSync(resolve(terminal.cwd, path), { throwIfNoEntry: false }) === undefined);
    if (missing.length > 0) {
      terminal.talk(`gwl: there is no \`${missing.join("`, `")}\`\n`);
      return EXIT.usage;
    }
    const files = [...new Set(given.flatMap((path) => gwlFiles(resolve(terminal.cwd, path))))];
    const isCheck = input.flags.has("check");
    const results = files.map((path) => formatFile(path, isCheck, terminal));
    const changed = results.filter((result) => result === "changed").length;
    terminal.talk(`${summary(files.length, changed, isCheck)}\n`);
    return results.includes("broken") || (isCheck && changed > 0) ? EXIT.findings : EXIT.ok;
  },
};

function formatFile(path: string, isCheck: boolean, terminal: Terminal): "same" | "changed" | "broken" {
  const name = relative(terminal.cwd, path) || path;
  const source = sourceFile(name, readFileSync(path, "utf8"));
  const formatted = format(source, terminal);
  if (formatted === undefined) return "broken";
  if (formatted === source.text) return "same";
  terminal.out(`${name}\n`);
  if (!isCheck) writeWhole(path, formatted);
  return "changed";
}

/** The canonical text; undefined, with the findings said, where the source does not parse. */
function format(source: SourceFile, terminal: Terminal): string | undefined {
  const { value, diagnostics } = parseSource(source);
  const errors = diagnostics.filter((diagnostic: Diagnostic) => diagnostic.severity === "error");
  if (errors.length === 0) return printFile(value, source);
  terminal.talk(renderText(errors, new Map([[source.file, source]]), terminal.paint));
  return undefined;
}

async function formatStandardInput(name: string, terminal: Terminal): Promise<0 | 1> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  const formatted = format(sourceFile(name, Buffer.concat(chunks).toString("utf8")), terminal);
  if (formatted === undefined) return EXIT.findings;
  terminal.out(formatted);
  return EXIT.ok;
}

function gwlFiles(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .flatMap((entry) => {
      if (entry.isDirectory()) return entry.name === "node_modules" || entry.name.startsWith(".") ? [] : gwlFiles(join(path, entry.name));
      return entry.isFile() && entry.name.endsWith(".gwl") ? [join(path, entry.name)] : [];
    })
    .sort();
}

/** A file is never half written: the new text takes the old one's place at once. */
function writeWhole(path: string, text: string): void {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, text, { mode: statSync(path).mode });
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

function summary(files: number, changed: number, isCheck: boolean): string {
  const count = (number: number): string => `${number} file${number === 1 ? "" : "s"}`;
  if (changed === 0) return `${count(files)} already formatted`;
  return isCheck ? `${count(changed)} of ${files} would change; run \`gwl fmt\`` : `${count(changed)} of ${files} formatted`;
}

/** Formats one source. Promises: a file is changed whole or not at all, keeps its permissions, and is left alone if it cannot be read to the letter. */
import { chmodSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { parseSource, printFile, type SourceFile, sourceFile } from "../../grammar/index.ts";
import { renderText } from "../diagnostics/render-text.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { inFileWords } from "./file-fault.ts";
import { shownPath } from "./main-file.ts";
import { paintWith, type Terminal } from "./terminal.ts";

/** `path` is absolute, and no link. */
export function formatFile(path: string, isCheck: boolean, terminal: Terminal): "same" | "changed" | "broken" {
  const name = shownPath(terminal.cwd, path);
  try {
    const source = read(name, readFileSync(path), terminal);
    const formatted = source === undefined ? undefined : format(source, terminal);
    if (source === undefined || formatted === undefined) return "broken";
    if (formatted === source.text) return "same";
    if (!isCheck) replace(path, formatted);
    terminal.out(`${name}\n`);
    return "changed";
  } catch (error) {
    terminal.complain(inFileWords(error, `cannot format \`${name}\``));
    return "broken";
  }
}

/** `name` is what messages call it. */
export async function formatStandardInput(name: string, isCheck: boolean, terminal: Terminal): Promise<ExitCode> {
  const source = read(name, await terminal.input(), terminal);
  const formatted = source === undefined ? undefined : format(source, terminal);
  if (source === undefined || formatted === undefined) return EXIT.findings;
  if (!isCheck) terminal.out(formatted);
  return isCheck && formatted !== source.text ? EXIT.findings : EXIT.ok;
}

/** A text in another encoding would come back as another text. */
function read(name: string, bytes: Uint8Array, terminal: Terminal): SourceFile | undefined {
  try {
    return sourceFile(name, new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    terminal.complain(`\`${name}\` is not UTF-8 text; nothing was changed`);
    return undefined;
  }
}

/** The canonical text; undefined, with the findings said, where the source does not parse. */
function format(source: SourceFile, terminal: Terminal): string | undefined {
  const { value, diagnostics } = parseSource(source);
  const errors = diagnostics.filter((found) => found.severity === "error");
  if (errors.length === 0) return printFile(value, source);
  terminal.complain(`\`${source.file}\` has syntax errors; nothing was changed`);
  terminal.talk(`\n${renderText(errors, new Map([[source.file, source]]), paintWith(terminal.talkStyle))}\n`);
  return undefined;
}

/** The new text takes the old one's place at once. */
function replace(path: string, text: string): void {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, text, { flag: "wx" });
    chmodSync(beside, statSync(path).mode);
    renameSync(beside, path);
  } finally {
    rmSync(beside, { force: true });
  }
}

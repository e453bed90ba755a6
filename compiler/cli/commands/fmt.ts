/** `gwl fmt`: prints sources in the one canonical form. */
import { type Command, lastValue } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { findSources } from "../find-sources.ts";

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
  about: [
    "Without arguments, all .gwl files below the current folder. `-` reads standard input and writes the formatted text to standard output.",
    "A file with syntax errors is left as it is, and reported. The names of changed files are printed.",
  ].join("\n"),
  examples: [
    { command: "gwl fmt", does: "format all below this folder" },
    { command: "gwl fmt --check examples", does: "say which files would change" },
    { command: "gwl fmt - < a.gwl", does: "as editors call it" },
  ],
  run: async (input, terminal) => {
    const { formatFile, formatStandardInput } = await import("../format-file.ts");
    const isCheck = input.flags.has("check");
    const given = input.arguments.length === 0 ? ["."] : input.arguments;
    if (given.includes("-")) {
      if (given.length > 1) {
        terminal.complain("`-` stands for standard input, alone");
        return EXIT.usage;
      }
      return formatStandardInput(lastValue(input, "stdin-path") ?? "standard input", isCheck, terminal);
    }
    const found = findSources(given, terminal.cwd);
    if (!found.ok) {
      terminal.complain(found.message);
      return EXIT.usage;
    }
    const results = found.files.map((path) => formatFile(path, isCheck, terminal));
    const changed = results.filter((result) => result === "changed").length;
    terminal.talk(`${summary(found.files.length, changed, isCheck)}\n`);
    return results.includes("broken") || (isCheck && changed > 0) ? EXIT.findings : EXIT.ok;
  },
};

function summary(files: number, changed: number, isCheck: boolean): string {
  const count = (number: number): string => `${number} file${number === 1 ? "" : "s"}`;
  if (files === 0) return "there are no .gwl files";
  if (changed === 0) return isCheck ? `${count(files)} checked` : `${count(files)} looked at, none changed`;
  return isCheck ? `${count(changed)} of ${files} would change; run \`gwl fmt\`` : `${count(changed)} of ${files} formatted`;
}

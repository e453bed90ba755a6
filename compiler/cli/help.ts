/** What `--help` shows. */
import type { Command, Option } from "./command.ts";
import { COMMON_OPTIONS } from "./parse-arguments.ts";
import type { Style } from "./terminal.ts";

export function mainHelp(commands: readonly Command[], version: string, style: Style): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    `${style("bold", "gwl")} ${version}: a compiler for API gateways`,
    "",
    style("bold", "Usage"),
    "  gwl COMMAND [arguments]",
    "",
    style("bold", "Commands"),
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    "",
    style("bold", "Examples"),
    "  gwl init my-gateway                     a first gateway in a new folder",
    "  gwl check                               find mistakes in ./gateway.gwl",
    "  gwl build gateway.gwl --out dist        compile it to a bundle, then: node dist/server.js",
    "",
    "FILE is a .gwl file or a folder with a gateway.gwl; without it, the current folder.",
    "Exit codes: 0 done, 1 findings, 2 wrong use, 70 a fault of gwl's own.",
    "Results go to standard output, everything else to standard error.",
    `More about one command: ${style("cyan", "gwl COMMAND --help")}`,
    "",
  ].join("\n");
}

export function commandHelp(command: Command, style: Style): string {
  const rows = [...command.options, ...COMMON_OPTIONS].map((option) => [written(option), option.summary] as const);
  const width = Math.max(...rows.map(([name]) => name.length));
  const examples = Math.max(...command.examples.map((example) => example.command.length));
  return [
    `${style("bold", `gwl ${command.name}`)}: ${command.summary}`,
    "",
    style("bold", "Usage"),
    ...command.usage.split(" | ").map((usage) => `  ${["gwl", command.name, usage, "[options]"].filter((word) => word !== "").join(" ")}`),
    "",
    ...command.about.split("\n").flatMap(wrapped),
    "",
    style("bold", "Options"),
    ...rows.map(([name, summary]) => `  ${name.padEnd(width)}  ${summary}`),
    "",
    style("bold", "Examples"),
    ...command.examples.map((example) => `  ${example.command.padEnd(examples)}  ${style("dim", example.does)}`),
    "",
  ].join("\n");
}

/** Lines of a screen of usual width. */
const WIDTH = 100;

function wrapped(paragraph: string): readonly string[] {
  const lines: string[] = [];
  for (const word of paragraph.split(" ")) {
    const longer = `${lines.at(-1) ?? ""} ${word}`;
    if (lines.length > 0 && longer.length <= WIDTH) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function written(option: Option): string {
  const value = option.choices?.join("|") ?? option.value;
  return `${option.short === undefined ? "   " : `-${option.short},`} --${option.name}${option.value === undefined ? "" : ` ${value}`}`;
}

/** The command line, from the descriptions that help and completion are made of. */
import type { Command, Option } from "../../compiler/cli/command.ts";
import { COMMANDS } from "../../compiler/cli/commands/index.ts";
import { COMMON_OPTIONS } from "../../compiler/cli/parse-arguments.ts";
import { generatedFrom, tableRow } from "./links.ts";
import type { ManualFile } from "./manual-file.ts";

export function commandLineFile(): ManualFile {
  const overview = [
    tableRow("command", "what"),
    "|---|---|",
    ...COMMANDS.map(({ name, summary }) => tableRow(`[\`gwl ${name}\`](#gwl-${name})`, summary)),
  ];
  const text = [
    `${generatedFrom("compiler/cli/commands")}# The command line`,
    overview.join("\n"),
    "`npm install --save-dev gwl-0.1.0.tgz` puts it into a project, with Node 22.18 or newer; `npm pack` in a clone of gwl makes that file. In the clone itself `npx gwl` runs the sources.",
    "FILE is a `.gwl` file or a folder with a `gateway.gwl`; without it, the current folder. Exit codes: 0 done, 1 findings, 2 wrong use, 70 a fault of gwl's own.",
    "Every command takes these options:",
    optionTable(COMMON_OPTIONS),
    ...COMMANDS.flatMap(section),
    "",
  ];
  return { path: "command-line.md", text: text.join("\n\n") };
}

function section({ name, summary, usage, about, options, examples }: Command): readonly string[] {
  const width = Math.max(...examples.map(({ command }) => command.length));
  const shown = examples.map(({ command, does }) => `${command.padEnd(width)}  # ${does}`).join("\n");
  return [
    `## gwl ${name}`,
    `${summary.slice(0, 1).toUpperCase()}${summary.slice(1)}.`,
    `\`\`\`sh\n${usage
      .split(" | ")
      .map((one) => ["gwl", name, one, "[options]"].filter((word) => word !== "").join(" "))
      .join("\n")}\n\`\`\``,
    about.replaceAll("\n", "\n\n"),
    ...(options.length === 0 ? [] : [optionTable(options)]),
    `\`\`\`sh\n${shown}\n\`\`\``,
  ];
}

function optionTable(options: readonly Option[]): string {
  return [tableRow("option", "what"), "|---|---|", ...options.map((option) => tableRow(`\`${written(option)}\``, option.summary))].join(
    "\n",
  );
}

function written({ name, short, value, choices }: Option): string {
  const taken = value === undefined ? "" : ` ${choices?.join("|") ?? value}`;
  return `${short === undefined ? "" : `-${short}, `}--${name}${taken}`;
}

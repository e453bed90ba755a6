/** The command line `gwl`: finds the command, reads its words, runs it, turns a fault of ours into exit code 70. */
import type { Command } from "./command.ts";
import { COMMANDS } from "./commands/index.ts";
import { didYouMean } from "../check/did-you-mean.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { commandHelp, mainHelp } from "./help.ts";
import { parseArguments } from "./parse-arguments.ts";
import { type Colour, processTerminal, type Terminal } from "./terminal.ts";
import { VERSION } from "./version.ts";

export async function main(words: readonly string[]): Promise<ExitCode> {
  const terminal = processTerminal(colourOf(words));
  try {
    return await dispatch(words, terminal);
  } catch (fault) {
    terminal.progress(undefined);
    const detail = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
    terminal.talk(`gwl: this is a fault of gwl ${VERSION}, not of your files. Please report it with the files and this text:\n${detail}\n`);
    return EXIT.internal;
  }
}

async function dispatch(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = words;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") return help(rest[0], terminal);
  if (name === "--version" || name === "-V") {
    terminal.out(`gwl ${VERSION}\n`);
    return EXIT.ok;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined) return unknownCommand(name, terminal);
  const parsed = parseArguments(command, rest);
  if (!parsed.ok) {
    terminal.talk(`gwl: ${parsed.message}\n`);
    return EXIT.usage;
  }
  if (parsed.input.flags.has("help")) {
    terminal.out(commandHelp(command, terminal.style));
    return EXIT.ok;
  }
  return command.run(parsed.input, terminal);
}

function help(about: string | undefined, terminal: Terminal): ExitCode {
  const command: Command | undefined = COMMANDS.find((candidate) => candidate.name === about);
  if (about !== undefined && command === undefined) return unknownCommand(about, terminal);
  terminal.out(command === undefined ? mainHelp(COMMANDS, VERSION, terminal.style) : commandHelp(command, terminal.style));
  return EXIT.ok;
}

function unknownCommand(name: string, terminal: Terminal): ExitCode {
  const meant = didYouMean(
    name,
    COMMANDS.map((command) => command.name),
  );
  terminal.talk(
    `gwl: there is no command \`${name}\`${meant === undefined ? "" : `; did you mean \`gwl ${meant}\`?`} (\`gwl --help\` lists them)\n`,
  );
  return EXIT.usage;
}

/** Before any command is known: how to talk about that, too. */
function colourOf(words: readonly string[]): Colour {
  const joined = words.find((word) => word.startsWith("--color="))?.slice("--color=".length);
  const value = joined ?? words[words.indexOf("--color") + 1];
  return words.some((word) => word.startsWith("--color")) && (value === "always" || value === "never") ? value : "auto";
}

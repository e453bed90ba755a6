/** The command line `gwl`: finds out what is asked, runs it, turns a fault of ours into exit code 70. */
import { lastValue } from "./command.ts";
import { type Asked, readCommandLine } from "./command-line.ts";
import { COMMANDS } from "./commands/index.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { commandHelp, mainHelp } from "./help.ts";
import { processTerminal, type Terminal, type TerminalSettings } from "./terminal.ts";
import { VERSION } from "./version.ts";

/** `words` are those behind `gwl`. */
export async function main(words: readonly string[]): Promise<ExitCode> {
  const asked = readCommandLine(words, COMMANDS);
  const terminal = processTerminal(settingsOf(asked));
  try {
    return await act(asked, terminal);
  } catch (fault) {
    terminal.progress(undefined);
    const detail = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
    terminal.complain(`this is a fault of gwl ${VERSION}, not of your files. Please report it with the files and this text:\n${detail}`);
    return EXIT.internal;
  }
}

async function act(asked: Asked, terminal: Terminal): Promise<ExitCode> {
  switch (asked.kind) {
    case "help":
      terminal.out(asked.command === undefined ? mainHelp(COMMANDS, VERSION, terminal.style) : commandHelp(asked.command, terminal.style));
      return EXIT.ok;
    case "version":
      terminal.out(`gwl ${VERSION}\n`);
      return EXIT.ok;
    case "wrong":
      terminal.complain(asked.message);
      return EXIT.usage;
    case "run":
      return asked.command.run(asked.input, terminal);
  }
}

function settingsOf(asked: Asked): TerminalSettings {
  if (asked.kind !== "run") return { colour: "auto", isQuiet: false, cwd: process.cwd() };
  const { input } = asked;
  const colour = lastValue(input, "color");
  return {
    colour: colour === "always" || colour === "never" ? colour : "auto",
    isQuiet: input.flags.has("quiet"),
    cwd: lastValue(input, "cwd") ?? process.cwd(),
  };
}

/** `gwl completion SHELL`: prints a completion script. */
import type { Command } from "../command.ts";
import { completionScript, SHELLS } from "../completion-scripts.ts";
import { EXIT } from "../exit-codes.ts";

/** Made from the list of all commands, which this one is part of: hence the function. */
export function completionCommand(commands: () => readonly Command[]): Command {
  return {
    name: "completion",
    summary: "print a completion script for your shell",
    usage: "bash|zsh|fish",
    minArguments: 1,
    maxArguments: 1,
    argumentChoices: SHELLS,
    options: [],
    about: "The script completes commands, options and their values, and .gwl files.",
    examples: [
      { command: "source <(gwl completion bash)", does: "for this bash" },
      { command: "gwl completion fish > ~/.config/fish/completions/gwl.fish", does: "for fish, for good" },
    ],
    run: async ({ arguments: [name] }, terminal) => {
      const shell = SHELLS.find((candidate) => candidate === name);
      if (shell === undefined) {
        terminal.complain(`\`${name}\` is not one of ${SHELLS.join(", ")}`);
        return EXIT.usage;
      }
      terminal.out(completionScript(shell, commands()));
      return EXIT.ok;
    },
  };
}

/** A command of `gwl` as data: parsing, help and completion all read this one description. */
import type { ExitCode } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";

export type Option = {
  /** Given as `--name`; with `value`, as `--name VALUE`. */
  readonly name: string;
  readonly short?: string;
  readonly value?: string;
  readonly choices?: readonly string[];
  /** Takes part several times. */
  readonly isRepeatable?: boolean;
  readonly summary: string;
};

export type Command = {
  readonly name: string;
  readonly summary: string;
  /** Of the arguments, as help shows them: `[FILE]`; two ways with ` | ` between: `REQUEST [FILE] | CODE`. */
  readonly usage: string;
  readonly maxArguments: number;
  readonly minArguments: number;
  /** What an argument may be, where it is not a file. */
  readonly argumentChoices?: readonly string[];
  readonly options: readonly Option[];
  readonly about: string;
  readonly examples: readonly { readonly command: string; readonly does: string }[];
  readonly run: (input: CommandInput, terminal: Terminal) => Promise<ExitCode>;
};

export type CommandInput = {
  readonly arguments: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, readonly string[]>;
};

/** The last value of an option, as most tools have it. */
export function lastValue(input: CommandInput, name: string): string | undefined {
  return input.values.get(name)?.at(-1);
}

/** What a whole command line asks for. Knows which options stand before or behind any command; runs nothing. */
import { didYouMean } from "../check/did-you-mean.ts";
import type { Command, CommandInput } from "./command.ts";
import { COMMON_OPTIONS, parseArguments } from "./parse-arguments.ts";

export type Asked =
  | { readonly kind: "help"; readonly command?: Command }
  | { readonly kind: "version" }
  | { readonly kind: "run"; readonly command: Command; readonly input: CommandInput }
  | { readonly kind: "wrong"; readonly message: string };

/** What other tools call these commands. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ["new", "init"],
  ["create", "init"],
  ["lint", "check"],
  ["validate", "check"],
  ["compile", "build"],
  ["dev", "run"],
  ["serve", "run"],
  ["start", "run"],
  ["format", "fmt"],
  ["why", "explain"],
  ["who", "routes"],
]);

export function readCommandLine(words: readonly string[], commands: readonly Command[]): Asked {
  const { leading, name, rest } = splitAtCommand(words);
  if (leading.includes("--version") || leading.includes("-V")) return { kind: "version" };
  const isHelp = leading.includes("--help") || leading.includes("-h");
  if (name === undefined) {
    const stray = leading.find((word) => word.startsWith("-") && !isCommon(word));
    return stray === undefined || isHelp
      ? { kind: "help" }
      : wrong(`there is no option \`${stray}\` without a command; see \`gwl --help\``);
  }
  if (name === "help") return helpAbout(rest, commands);
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) return wrong(unknownCommand(name, commands));
  const parsed = parseArguments(command, [...leading, ...rest]);
  if (!parsed.ok) return wrong(parsed.message);
  return parsed.input.flags.has("help") ? { kind: "help", command } : { kind: "run", command, input: parsed.input };
}

/** The command is the first word that is neither an option nor an option's value. */
function splitAtCommand(words: readonly string[]): {
  readonly leading: readonly string[];
  readonly name?: string;
  readonly rest: readonly string[];
} {
  let at = 0;
  while (words[at]?.startsWith("-") === true) at += takesNext(words[at] ?? "") ? 2 : 1;
  const name = words[at];
  return { leading: words.slice(0, at), ...(name === undefined ? {} : { name }), rest: words.slice(at + 1) };
}

function takesNext(word: string): boolean {
  return COMMON_OPTIONS.some((option) => option.value !== undefined && word === `--${option.name}`);
}

function isCommon(word: string): boolean {
  return COMMON_OPTIONS.some((option) => word === `-${option.short}` || word.replace(/=.*/s, "") === `--${option.name}`);
}

function helpAbout([about]: readonly string[], commands: readonly Command[]): Asked {
  const command = commands.find((candidate) => candidate.name === about);
  if (about !== undefined && command === undefined) return wrong(unknownCommand(about, commands));
  return { kind: "help", ...(command === undefined ? {} : { command }) };
}

function unknownCommand(name: string, commands: readonly Command[]): string {
  if (name.endsWith(".gwl")) return `\`${name}\` is no command; did you mean \`gwl check ${name}\`?`;
  const names = commands.map((command) => command.name);
  const meant = OTHER_NAMES.get(name) ?? didYouMean(name, names);
  return `there is no command \`${name}\`; ${meant === undefined ? `there are ${names.join(", ")}` : `did you mean \`gwl ${meant}\`?`}`;
}

function wrong(message: string): Asked {
  return { kind: "wrong", message };
}

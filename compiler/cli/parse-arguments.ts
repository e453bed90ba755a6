/** The words of a command line, read by a command's description. Says what is wrong and what was meant; knows no command by name. */
import { parseArgs } from "node:util";
import { didYouMean } from "../check/did-you-mean.ts";
import type { Command, CommandInput, Option } from "./command.ts";

export type Parsed = { readonly ok: true; readonly input: CommandInput } | { readonly ok: false; readonly message: string };

/** Known to every command. */
export const COMMON_OPTIONS: readonly Option[] = [
  { name: "help", short: "h", summary: "show this help" },
  {
    name: "color",
    value: "WHEN",
    choices: ["auto", "always", "never"],
    summary: "colours in the output (default: auto; NO_COLOR and FORCE_COLOR are obeyed)",
  },
  { name: "quiet", short: "q", summary: "say nothing but results and what went wrong" },
  { name: "cwd", value: "FOLDER", summary: "run as if in this folder" },
];

export function parseArguments(command: Command, words: readonly string[]): Parsed {
  const options = [...command.options, ...COMMON_OPTIONS];
  const known = new Map(options.map((option) => [option.name, option]));
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(options.map(parseArgsOption)),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const flags = new Set<string>();
  const values = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const option = known.get(token.name);
    if (option === undefined) return refuse(unknownOption(token.rawName, options));
    const problem = valueProblem(option, token.value, token.inlineValue === true);
    if (problem !== undefined) return refuse(problem);
    if (token.value === undefined) flags.add(option.name);
    else values.set(option.name, [...(values.get(option.name) ?? []), token.value]);
  }
  if (flags.has("help")) return { ok: true, input: { arguments: [], flags, values } };
  if (positionals.length > command.maxArguments)
    return refuse(
      `\`gwl ${command.name}\` does not take \`${positionals[command.maxArguments]}\`; it is used as \`gwl ${command.name} ${command.usage}\``,
    );
  if (positionals.length < command.minArguments)
    return refuse(`\`gwl ${command.name}\` needs more; it is used as \`gwl ${command.name} ${command.usage}\``);
  return { ok: true, input: { arguments: positionals, flags, values } };
}

function parseArgsOption(option: Option): [string, { type: "string" | "boolean"; short?: string; multiple: true }] {
  return [
    option.name,
    { type: option.value === undefined ? "boolean" : "string", multiple: true, ...(option.short ? { short: option.short } : {}) },
  ];
}

/** `isInline`: written as `--name=value`, where the value may begin with `-`. */
function valueProblem(option: Option, value: string | undefined, isInline: boolean): string | undefined {
  const name = `--${option.name}`;
  if (option.value === undefined) return value === undefined ? undefined : `\`${name}\` takes no value`;
  if (value === undefined) return `\`${name}\` needs a value: \`${name} ${option.choices?.join("|") ?? option.value}\``;
  if (!isInline && /^-./.test(value)) return `\`${name}\` needs a value before \`${value}\`; if that is the value: \`${name}=${value}\``;
  if (option.choices === undefined || option.choices.includes(value)) return undefined;
  return `\`--${option.name}\` is one of ${option.choices.join(", ")}, not \`${value}\``;
}

function unknownOption(rawName: string, options: readonly Option[]): string {
  const meant = didYouMean(
    rawName.replace(/^-+/, ""),
    options.map((option) => option.name),
  );
  return `there is no option \`${rawName}\`${meant === undefined ? "" : `; did you mean \`--${meant}\`?`}`;
}

function refuse(message: string): Parsed {
  return { ok: false, message };
}

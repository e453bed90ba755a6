/** Completion for shells, written from the commands' own descriptions. Promises: names come from the list, never from a user. */
import type { Command } from "./command.ts";
import { COMMON_OPTIONS } from "./parse-arguments.ts";

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

export function completionScript(shell: Shell, commands: readonly Command[]): string {
  switch (shell) {
    case "bash":
      return bash(commands);
    case "zsh":
      return zsh(commands);
    case "fish":
      return fish(commands);
  }
}

function optionsOf(command: Command): Command["options"] {
  return [...command.options, ...COMMON_OPTIONS];
}

function bash(commands: readonly Command[]): string {
  const names = commands.map((command) => command.name).join(" ");
  const cases = commands.map(
    (command) =>
      `    ${command.name}) words="${optionWords(command)}"${command.argumentChoices ? ` arguments="${command.argumentChoices.join(" ")}"` : ""} ;;`,
  );
  const choices = commands.flatMap((command) =>
    optionsOf(command).flatMap(({ name, choices: values }) =>
      values === undefined
        ? []
        : [`    ${command.name}:--${name}) COMPREPLY=($(compgen -W "${values.join(" ")}" -- "$current")); return ;;`],
    ),
  );
  return `# gwl completion for bash: source <(gwl completion bash)
_gwl() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="\${COMP_WORDS[1]}" words="" arguments=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${names} help" -- "$current"))
    return
  fi
  case "$command:$previous" in
${choices.join("\n")}
  esac
  case "$command" in
${cases.join("\n")}
    help) arguments="${names}" ;;
  esac
  if [[ "$current" == -* ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  elif [ -n "$arguments" ]; then
    COMPREPLY=($(compgen -W "$arguments" -- "$current"))
  else
    local IFS=$'\\n'
    COMPREPLY=($(compgen -f -X '!*.gwl' -- "$current"; compgen -d -- "$current"))
  fi
}
complete -o filenames -F _gwl gwl
`;
}

function optionWords(command: Command): string {
  return optionsOf(command)
    .map((option) => `--${option.name}`)
    .join(" ");
}

function zsh(commands: readonly Command[]): string {
  const described = commands.map((command) => `    '${command.name}:${quoteZsh(command.summary)}'`);
  const cases = commands.map((command) => {
    const specs = optionsOf(command).map((option) => {
      const value = option.value === undefined ? "" : `:${quoteZsh(option.value)}:${option.choices ? `(${option.choices.join(" ")})` : ""}`;
      return `'--${option.name}[${quoteZsh(option.summary)}]${value}'`;
    });
    const rest = command.argumentChoices ? `':what:(${command.argumentChoices.join(" ")})'` : `'*:file:_files -g "*.gwl(-.) *(-/)"'`;
    return `    ${command.name}) _arguments ${specs.join(" ")} ${rest} ;;`;
  });
  return `#compdef gwl
# gwl completion for zsh: gwl completion zsh > "\${fpath[1]}/_gwl"
_gwl() {
  local -a commands=(
${described.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$command" in
${cases.join("\n")}
  esac
}
if [ "$funcstack[1]" = "_gwl" ]; then _gwl "$@"; else compdef _gwl gwl; fi
`;
}

function quoteZsh(text: string): string {
  return text.replaceAll("'", "’").replaceAll("[", "(").replaceAll("]", ")").replaceAll(":", "\\:");
}

function fish(commands: readonly Command[]): string {
  const lines = commands.flatMap((command) => [
    `complete -c gwl -n __fish_use_subcommand -f -a ${command.name} -d '${quoteFish(command.summary)}'`,
    ...(command.argumentChoices
      ? [`complete -c gwl -n '__fish_seen_subcommand_from ${command.name}' -f -a '${command.argumentChoices.join(" ")}'`]
      : []),
    ...optionsOf(command).map((option) => {
      const value = option.value === undefined ? "" : option.choices ? ` -x -a '${option.choices.join(" ")}'` : " -r";
      return `complete -c gwl -n '__fish_seen_subcommand_from ${command.name}' -l ${option.name}${value} -d '${quoteFish(option.summary)}'`;
    }),
  ]);
  return `# gwl completion for fish: gwl completion fish > ~/.config/fish/completions/gwl.fish\n${lines.join("\n")}\n`;
}

function quoteFish(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
}

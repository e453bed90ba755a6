/**
 * What a deployment brings, read by the declared types: the stage, the environment, secrets (D12 to D14, D40). Problems are
 * collected in words that help; a secret's text is in none of them.
 */
import type { TableData } from "../contract/table-data.ts";
import type { Configuration } from "../contract/world.ts";
import { readEnvironment } from "./environment-text.ts";

/** Values by declaration; undefined where one is not set, or is reported as a problem. */
export type Brought = {
  readonly stage: string | undefined;
  readonly environment: readonly unknown[];
  readonly secrets: readonly (string | undefined)[];
};

export function readConfiguration(data: TableData, configuration: Configuration, problems: string[]): Brought {
  return {
    stage: readStage(data.stages, configuration.stage, problems),
    environment: data.environment.map((declared) => readVariable(declared, configuration, problems)),
    secrets: data.secrets.map((name) => readSecret(name, configuration, problems)),
  };
}

function readStage(stages: readonly string[], stage: string | undefined, problems: string[]): string | undefined {
  if (stages.length === 0) return undefined;
  if (stage !== undefined && stages.includes(stage)) return stage;
  const known = stages.map((name) => `\`${name}\``).join(", ");
  problems.push(
    stage === undefined
      ? `\`STAGE\` is not set: set it to one of ${known}`
      : `\`STAGE\` is ${shown(stage)}, which is no stage of this gateway: set it to one of ${known}`,
  );
  return undefined;
}

/** A variable that is set to nothing is set. */
function readVariable(
  { name, type, required }: TableData["environment"][number],
  { variables }: Configuration,
  problems: string[],
): unknown {
  const text = Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (text === undefined) {
    if (required) problems.push(`\`${name}\` is not set in the environment: it has no value in the program`);
    return undefined;
  }
  const reading = readEnvironment(text, type);
  if (reading.ok) return reading.value;
  problems.push(`\`${name}\` is ${shown(text)} in the environment: expected ${reading.expected}`);
  return undefined;
}

function readSecret(name: string, { variables }: Configuration, problems: string[]): string | undefined {
  const text = Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (text !== undefined && text !== "") return text;
  problems.push(`the secret \`${name}\` is ${text === undefined ? "not set" : "empty"} in the environment`);
  return undefined;
}

const longestShown = 60;

export function shown(text: string): string {
  return `\`${text.length > longestShown ? `${text.slice(0, longestShown)}...` : text}\``;
}

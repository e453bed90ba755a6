/** How one request is decided, phase by phase, by the reference interpreter: the meaning itself, listened to. */
import type { TestRequest } from "../model/program.ts";
import type { Compilation } from "../index.ts";
import { type Explanation, explainRequest } from "../reference/index.ts";
import { testConfiguration } from "../testing/configuration.ts";
import { stageRequest } from "../testing/test-request.ts";
import { type CommandInput, lastValue, type Option } from "./command.ts";
import { compileFile } from "./compile-file.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { placesOf } from "./places.ts";
import { printExplanation } from "./print-explanation.ts";
import { readCall } from "./read-call.ts";
import type { Terminal } from "./terminal.ts";

export const REQUEST_OPTIONS: readonly Option[] = [
  { name: "from", value: "ADDRESS", summary: "address of the client (default: 192.0.2.1)" },
  { name: "as", value: "IDENTITY", summary: "who calls; without it, nobody" },
  { name: "claims", value: "JSON", summary: "claims of the caller, by their GWL names" },
  { name: "header", value: "NAME: VALUE", isRepeatable: true, summary: "a header of the request; may be repeated" },
  { name: "body", value: "JSON", summary: "the body" },
  { name: "at", value: "TIME", summary: "when, as 2026-01-31T08:00:00Z (default: a Monday at noon, UTC)" },
  { name: "stage", value: "STAGE", summary: "in which stage (default: the first)" },
  { name: "format", value: "FORMAT", choices: ["text", "json"], summary: "how the answer is printed (default: text)" },
];

export async function explainCall(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const call = readCall(input);
  if (!call.ok) {
    terminal.talk(`gwl: ${call.message}\n`);
    return EXIT.usage;
  }
  const compiled = await compileFile(input.arguments[1], "check", "text", terminal);
  if (!compiled.ok) return compiled.exit;
  const { program } = compiled.compilation;
  const wrong = wrongName(call.request, compiled.compilation);
  if (wrong !== undefined) {
    terminal.talk(`gwl: ${wrong}\n`);
    return EXIT.usage;
  }
  const configuration = testConfiguration(program, call.request.stage ?? program.stages[0], terminal.environment);
  const { request, world } = stageRequest(call.request, program, configuration);
  const explanation = await explainRequest(program, configuration, request, world);
  return print(explanation, compiled.compilation, lastValue(input, "format") === "json", terminal);
}

function print(explanation: Explanation, { program, sources }: Compilation, isJson: boolean, terminal: Terminal): ExitCode {
  if ("problems" in explanation) {
    terminal.talk(`gwl: the gateway does not start: ${explanation.problems.join("; ")}\n`);
    return EXIT.findings;
  }
  const placeOf = placesOf(sources);
  const place = (site: number): string => {
    const span = program.sites[site]?.span;
    return span === undefined ? "?" : placeOf(span);
  };
  if (isJson) terminal.out(`${JSON.stringify({ format: "gwl-explanation/1", ...explanation }, bytesAsText, 2)}\n`);
  else printExplanation(explanation, program, place, terminal);
  return EXIT.ok;
}

function bytesAsText(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
}

function wrongName(request: TestRequest, { program }: Compilation): string | undefined {
  if (program.gateway === undefined) return "this file has no `gateway`, so no request reaches it";
  const identities = program.identities.map((identity) => identity.name);
  const stranger = request.as.find(({ identity }) => !identities.includes(identity));
  if (stranger !== undefined)
    return `there is no identity \`${stranger.identity}\`${identities.length === 0 ? "" : `; there are ${identities.join(", ")}`}`;
  if (request.stage !== undefined && !program.stages.includes(request.stage))
    return `there is no stage \`${request.stage}\`${program.stages.length === 0 ? "" : `; there are ${program.stages.join(", ")}`}`;
  return undefined;
}

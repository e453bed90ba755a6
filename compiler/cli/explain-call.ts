/** How one request is decided, phase by phase, by the reference interpreter: the meaning itself, listened to. */
import { didYouMean } from "../check/did-you-mean.ts";
import type { TestRequest } from "../model/program.ts";
import type { Compilation } from "../index.ts";
import { explainRequest } from "../reference/index.ts";
import { testConfiguration } from "../testing/configuration.ts";
import { askedAsWanted } from "../testing/handshake.ts";
import { stageRequest } from "../testing/test-request.ts";
import { type CommandInput, lastValue } from "./command.ts";
import { compileFile } from "./compile-file.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { explanationJson } from "./explanation-json.ts";
import { printExplanation } from "./print-explanation.ts";
import { readCall } from "./read-call.ts";
import { rulePlaces } from "./rule-places.ts";
import type { Terminal } from "./terminal.ts";

export async function explainCall(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const call = readCall(input);
  if (!call.ok) return refuse(call.message, terminal);
  const { request } = call;
  const format = lastValue(input, "format") === "json" ? "json" : "text";
  const compiled = await compileFile({ file: input.arguments[1], goal: "check", format, findings: "talk" }, terminal);
  if (!compiled.ok) return compiled.exit;
  const { program } = compiled.compilation;
  const wrong = wrongName(request, compiled.compilation);
  if (wrong !== undefined) return refuse(wrong, terminal);
  for (const note of doubtfulClaims(request, compiled.compilation)) terminal.talk(`note: ${note}\n`);
  const configuration = testConfiguration(program, request.stage ?? program.stages[0], terminal.environment, request.as);
  const staged = stageRequest(request, program, configuration);
  const explanation = await askedAsWanted(
    staged.request,
    (one) => explainRequest(program, configuration, one, staged.world),
    (answer) => ("problems" in answer ? undefined : answer.outcome),
  );
  if ("problems" in explanation) return refuse(`the gateway does not start: ${explanation.problems.join("; ")}`, terminal);
  const placeRule = rulePlaces(program, compiled.placeOf);
  const asked = { request, ...(configuration.stage === undefined ? {} : { stage: configuration.stage }) };
  if (format === "json") terminal.out(explanationJson(asked, explanation, placeRule));
  else printExplanation(asked, explanation, placeRule, terminal);
  return EXIT.ok;
}

function refuse(message: string, terminal: Terminal): ExitCode {
  terminal.complain(message);
  return EXIT.usage;
}

function wrongName(request: TestRequest, { program }: Compilation): string | undefined {
  if (program.gateway === undefined) return "this file declares no gateway, so no request reaches it";
  const identities = program.identities.map((identity) => identity.name);
  const stranger = request.as.find(({ identity }) => !identities.includes(identity));
  if (stranger !== undefined) return unknown("identity", stranger.identity, identities);
  if (request.stage !== undefined && !program.stages.includes(request.stage)) return unknown("stage", request.stage, program.stages);
  return undefined;
}

function unknown(kind: string, name: string, known: readonly string[]): string {
  const meant = didYouMean(name, known);
  const otherwise = meant !== undefined ? `; did you mean \`${meant}\`?` : known.length === 0 ? "" : `; there are ${known.join(", ")}`;
  return `there is no ${kind} \`${name}\`${otherwise}`;
}

/** A token that lacks a declared claim does not verify: worth a word before the answer says so. */
function doubtfulClaims({ as }: TestRequest, { program }: Compilation): readonly string[] {
  return as.flatMap(({ identity: name, claims }) => {
    const identity = program.identities.find((one) => one.name === name);
    // Who signs stands in a file: its claims pick a caller.
    const declared = identity === undefined || identity.kind === "sigv4" ? [] : identity.claims;
    const missing = declared
      .filter((claim) => claim.type.kind !== "optional" && claims[claim.name] === undefined)
      .map((claim) => claim.name);
    return missing.length === 0 ? [] : [`a token of ${name} without ${missing.join(", ")} does not verify; add to \`--claims\``];
  });
}

/** A generated program, checked and started in both hands, and what they answer to a request. What every equation starts from. */
import fc from "fast-check";
import type { Ir } from "../../compiler/model/ir.ts";
import type { Program } from "../../compiler/model/program.ts";
import type { Gateway, Outcome } from "../../runtime/contract/gateway.ts";
import type { Configuration } from "../../runtime/contract/world.ts";
import type { WholeReply } from "../../runtime/contract/read-answer.ts";
import { reply } from "../arbitraries/answers.ts";
import { segmentText } from "../arbitraries/routes.ts";
import { type Choices, choices, choiceStream } from "../arbitraries/choices.ts";
import { goodConfiguration } from "../arbitraries/configurations.ts";
import type { Generated, GeneratedRoute } from "../arbitraries/generated.ts";
import { generateProgram } from "../arbitraries/program.ts";
import { type GeneratedRequest, generateRequest, staged } from "../arbitraries/requests.ts";
import { bothHands, gatewayOf } from "../harness/both-hands.ts";
import { type CheckedProgram, checkGenerated } from "../harness/check-generated.ts";
import { counterexample } from "./counterexample.ts";

export type Trial = {
  readonly generated: Generated;
  readonly checked: CheckedProgram;
  readonly program: Program;
  readonly ir: Ir;
  readonly configuration: Configuration;
  readonly reference: Gateway;
  readonly compiled: Gateway;
};

export type Streams = {
  readonly program: readonly number[];
  readonly configuration: readonly number[];
  readonly requests: readonly (readonly number[])[];
};

/** Streams of choices for a program and `count` requests to it. */
export function streams(count: number): fc.Arbitrary<Streams> {
  return fc
    .record({
      program: choiceStream(1500),
      configuration: choiceStream(12),
      requests: fc.array(choiceStream(200), { minLength: count, maxLength: count }),
    })
    .map((given) => Object.assign(given, { [fc.toStringMethod]: () => `${given.program.length} choices for a program` }));
}

export function generatedOf({ program }: Streams): Generated {
  return generateProgram(choices(program));
}

/** Undefined where the checker refuses the program; `refused` hears of it. */
export async function tried(
  generated: Generated,
  configuration: Configuration,
  refused: (checked: CheckedProgram) => void = () => undefined,
): Promise<Trial | undefined> {
  const checked = await checkGenerated(generated);
  const { program, ir } = checked.compilation;
  if (!checked.isGood || ir === undefined) {
    refused(checked);
    return undefined;
  }
  const hands = bothHands(program, configuration);
  return {
    generated,
    checked,
    program,
    ir,
    configuration,
    reference: gatewayOf(hands.reference),
    compiled: gatewayOf(hands.compiled),
  };
}

/** The program of the streams with a configuration that it starts with. */
export async function trialOf(given: Streams): Promise<Trial | undefined> {
  const generated = generatedOf(given);
  return tried(generated, goodConfiguration(choices(given.configuration), generated));
}

export function requestsOf({ requests }: Streams, generated: Generated): readonly GeneratedRequest[] {
  return requests.map((stream) => generateRequest(choices(stream), generated));
}

/** Answers of the backend that the call goes to, where they are read. */
export function repliesTo({ answer, decision }: Outcome, request: GeneratedRequest, { routes }: Generated): readonly WholeReply[] {
  if (answer.kind === "local" || answer.kind === "compose" || answer.read === undefined) return [];
  const c = choicesAfter(request);
  const found = routes.find((route) => keyOf(route) === decision.route);
  return c.some(6, 6, () => reply(c, found?.returns));
}

/** Several times an answer for each part, where there are parts. */
export function repliesToParts({ answer, decision }: Outcome, request: GeneratedRequest, { routes }: Generated): readonly WholeReply[][] {
  if (answer.kind !== "compose") return [];
  const c = choicesAfter(request);
  const { parts = [] } = routes.find((route) => keyOf(route) === decision.route) ?? {};
  return c.some(6, 6, () => parts.map((shape) => reply(c, shape)));
}

function choicesAfter(request: GeneratedRequest): Choices {
  return choices(noise(JSON.stringify({ ...request, body: Buffer.from(request.body).toString("latin1") })));
}

/** Choices that follow from a text: requests need no longer streams for what only some routes ask. */
function noise(text: string): readonly number[] {
  let state = [...text].reduce((sum, character) => (Math.imul(sum, 31) + character.charCodeAt(0)) >>> 0, 7);
  return Array.from({ length: 200 }, () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 8);
}

function keyOf({ method, segments }: GeneratedRoute): string {
  return `${method} /${segments.map(segmentText).join("/")}`;
}

/** Request and world are made afresh for each hand. */
export async function ask(gateway: Gateway, request: GeneratedRequest, generated: Generated): Promise<Outcome> {
  const { request: fresh, world } = staged(request, generated);
  return gateway.handle(fresh, world);
}

/** The same where a refusal would be wrong. */
export async function accepted(generated: Generated, configuration: Configuration, what: string): Promise<Trial> {
  let findings = "";
  const trial = await tried(generated, configuration, (checked) => (findings = checked.findings()));
  if (trial === undefined) throw counterexample(generated, configuration, undefined, `${what}: refused\n${findings}`);
  return trial;
}

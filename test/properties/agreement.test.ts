/**
 * `reference(p) = compiled(p)`: for generated programs and requests on their edges, the interpreter and the compiled handler
 * give the same outcome: decision, determining rules, status, principal, route, parameters, and the request to the backend.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choices, choiceStream } from "../arbitraries/choices.ts";
import type { Generated } from "../arbitraries/generated.ts";
import { SECRET } from "../arbitraries/keys.ts";
import { generateProgram } from "../arbitraries/program.ts";
import { type GeneratedRequest, generateRequest, staged } from "../arbitraries/requests.ts";
import { bothHands, comparable, gatewayOf } from "../harness/both-hands.ts";
import { checkGenerated } from "../harness/check-generated.ts";
import { coverage, coverageTable } from "./coverage.ts";

const PAIRS = Number(process.env["GWL_PAIRS"] ?? 20_000);
const REQUESTS = 50;
const SEED = Number(process.env["GWL_SEED"] ?? Date.now() % 1_000_000_007);
const COUNTEREXAMPLES = join(import.meta.dirname, "../../out/counterexamples");

const seen = coverage();
let refused = 0;

describe(`agreement of both hands (seed ${SEED})`, () => {
  test(`${PAIRS} pairs of program and request`, { timeout: 24 * 3600_000 }, async () => {
    const requests = fc.array(choiceStream(60), { minLength: REQUESTS, maxLength: REQUESTS });
    await fc.assert(fc.asyncProperty(choiceStream(700), requests, agree), {
      seed: SEED,
      numRuns: Math.ceil(PAIRS / REQUESTS),
      interruptAfterTimeLimit: 20 * 3600_000,
    });
    if (process.env["GWL_COVERAGE"] !== undefined)
      writeFileSync(process.env["GWL_COVERAGE"], `${coverageTable(seen.counts())}\n\nPrograms that the checker refused: ${refused}.\n`);
    expect(refused / (refused + (seen.counts().get("programs") ?? 0))).toBeLessThan(0.25);
  });
});

async function agree(programStream: readonly number[], requestStreams: readonly (readonly number[])[]): Promise<void> {
  const generated = generateProgram(choices(programStream));
  const { program, findings } = await checkGenerated(generated);
  if (program === undefined) {
    refused++;
    return;
  }
  seen.program(generated.files[generated.main] ?? "");
  const stage = generated.stages[programStream.length % 2];
  const variables = {
    ...(generated.needsEnvironment ? { LEVEL: "5" } : {}),
    ...Object.fromEntries(generated.identities.map((one) => [`KEY_${one.name.toUpperCase()}`, SECRET])),
  };
  const hands = bothHands(program, { stage, variables });
  const [reference, compiled] = [gatewayOf(hands.reference), gatewayOf(hands.compiled)];
  for (const stream of requestStreams) {
    const request = generateRequest(choices(stream), generated);
    const one = staged(request, generated);
    const other = staged(request, generated);
    const expected = await reference.handle(one.request, one.world);
    const actual = await compiled.handle(other.request, other.world);
    seen.outcome(expected);
    if (comparable(actual) !== comparable(expected))
      throw disagreement(generated, request, comparable(expected), comparable(actual), findings);
  }
}

/** The counterexample stays as files: a `.gwl` and a request, ready to become a case. */
function disagreement(generated: Generated, request: GeneratedRequest, expected: string, actual: string, findings: string): Error {
  mkdirSync(COUNTEREXAMPLES, { recursive: true });
  for (const [path, text] of Object.entries(generated.files)) {
    mkdirSync(join(COUNTEREXAMPLES, path, ".."), { recursive: true });
    writeFileSync(join(COUNTEREXAMPLES, path), text);
  }
  const shown = JSON.stringify({ ...request, body: Buffer.from(request.body).toString("latin1") }, undefined, 2);
  writeFileSync(join(COUNTEREXAMPLES, "request.json"), shown);
  return new Error(
    `both hands disagree (kept in out/counterexamples)\n${generated.files[generated.main]}\n${shown}\nreference: ${expected}\ncompiled: ${actual}\n${findings}`,
  );
}

/** A program in both hands: the reference interpreter and the compiled handler, started alike. */
import type { Program } from "../../compiler/model/program.ts";
import { startReference } from "../../compiler/reference/index.ts";
import type { Gateway, Outcome, Started } from "../../runtime/contract/gateway.ts";
import type { Configuration } from "../../runtime/contract/world.ts";
import { startProgram } from "../emit/compiled.ts";

export type BothHands = { readonly reference: Started; readonly compiled: Started };

export function bothHands(program: Program, configuration: Configuration): BothHands {
  return { reference: startReference(program)(configuration), compiled: startProgram(program)(configuration) };
}

export function gatewayOf(started: Started): Gateway {
  if ("problems" in started) throw new Error(`the gateway did not start: ${started.problems.join("; ")}`);
  return started.gateway;
}

/** An outcome as text to compare: all of it, but for the wording of body findings, which is free (D52). */
export function comparable(outcome: Outcome): string {
  const { answer } = outcome;
  const body =
    answer.kind === "local" && (outcome.decision.cause === "invalid-body" || outcome.decision.cause === "invalid-request")
      ? withoutErrors(answer.body)
      : undefined;
  const shown = { ...outcome, answer: body === undefined ? answer : { ...answer, body } };
  return JSON.stringify(
    sorted(shown),
    (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value),
    1,
  );
}

/** A program may give such answers a body of its own, which is compared as it stands. */
function withoutErrors(body: string): string {
  if (!body.startsWith("{")) return body;
  const problem: unknown = JSON.parse(body);
  if (typeof problem !== "object" || problem === null) return body;
  return JSON.stringify({ ...problem, errors: undefined });
}

/** The same value with the members of its records in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

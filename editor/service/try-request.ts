/** A request of the form, and how it is decided phase by phase: the reference interpreter, listened to. Promises: what the form has wrong is said in a sentence. */
import { askedBackends } from "../../compiler/model/asked-backends.ts";
import { parseAddress } from "../../compiler/model/address-text.ts";
import type { Program, TestRequest } from "../../compiler/model/program.ts";
import type { Value } from "../../compiler/model/types.ts";
import { explainRequest, type RuleTrace } from "../../compiler/reference/index.ts";
import { testConfiguration } from "../../compiler/testing/configuration.ts";
import { askedAsWanted } from "../../compiler/testing/handshake.ts";
import { stageRequest } from "../../compiler/testing/test-request.ts";
import { printType } from "../../compiler/check/types/print-type.ts";
import type { CallForm, TriedAnswer, TriedCall, TriedRule } from "./pictures.ts";
import { placeRules } from "./placed-rule.ts";
import type { Breath } from "./program-view.ts";
import type { Workspace } from "./workspace.ts";

const NOBODY_IN_PARTICULAR = "192.0.2.1";
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

export async function tryRequest(workspace: Workspace, path: string, call: TriedCall, breath: Breath): Promise<TriedAnswer> {
  const seen = await workspace.file(path, breath);
  if (seen === undefined) return { ok: false, why: `\`${path}\` belongs to no program` };
  const { program, ir, findings } = await seen.whole();
  if (ir === undefined) {
    const error = findings.find(({ severity }) => severity === "error");
    return { ok: false, why: error === undefined ? "this program has no gateway" : `the program has an error: ${error.message}` };
  }
  const why = wrongIn(call, program);
  if (why !== undefined) return { ok: false, why };
  const request = requestOf(call);
  const configuration = testConfiguration(program, request.stage ?? program.stages[0]);
  const staged = stageRequest(request, program, configuration);
  const explained = await askedAsWanted(
    staged.request,
    (one) => explainRequest(program, configuration, one, staged.world),
    (answer) => ("problems" in answer ? undefined : answer.outcome),
  );
  if ("problems" in explained) return { ok: false, why: `the gateway does not start: ${explained.problems.join("; ")}` };
  const { outcome, trace } = explained;
  const place = placeRules(seen.view, program);
  const rule = ({ sites, effect, condition, decided }: RuleTrace): TriedRule => ({ ...place(sites), effect, condition, decided });
  return {
    ok: true,
    isAllowed: outcome.decision.effect === "allow",
    ...(outcome.answer.kind === "local" ? { status: outcome.answer.status } : { backend: askedBackends(outcome.answer).join(" and ") }),
    cause: outcome.decision.cause,
    ...(outcome.decision.route === undefined ? {} : { route: outcome.decision.route }),
    phases: trace.phases.map(({ name, happened, rules }) => ({ name, happened, rules: rules.map(rule) })),
    notAsked: trace.notAsked.map(rule),
  };
}

function requestOf({ method, target, from, as, headers, body, at, stage }: TriedCall): TestRequest {
  return {
    method,
    target,
    from: from ?? NOBODY_IN_PARTICULAR,
    as: as === undefined ? [] : [{ identity: as.identity, claims: as.claims as Readonly<Record<string, Value>> }],
    headers: headers ?? [],
    ...(body === undefined ? {} : { body: body as Value }),
    ...(at === undefined ? {} : { at: Date.parse(at) }),
    ...(stage === undefined ? {} : { stage }),
  };
}

function wrongIn({ method, target, from, as, at, stage }: TriedCall, program: Program): string | undefined {
  if (!/^[A-Z]+$/.test(method)) return `\`${method}\` is no method; write it in capitals, as in GET`;
  if (!target.startsWith("/")) return "the path starts with `/`";
  if (from !== undefined && parseAddress(from) === undefined) return `\`${from}\` is no IPv4 or IPv6 address`;
  if (at !== undefined && (!TIME.test(at) || Number.isNaN(Date.parse(at)))) return `\`${at}\` is no time; write it as 2026-01-31T08:00:00Z`;
  if (stage !== undefined && !program.stages.includes(stage)) return `there is no stage \`${stage}\``;
  if (as !== undefined && !program.identities.some(({ name }) => name === as.identity)) return `there is no identity \`${as.identity}\``;
  return undefined;
}

export async function callForm(workspace: Workspace, path: string, breath: Breath): Promise<CallForm | undefined> {
  const seen = await workspace.file(path, breath);
  if (seen === undefined) return undefined;
  const { program, ir } = await seen.whole();
  return {
    identities: seen.quick.shapes.identities.map(({ name, fields }) => ({
      name,
      claims: fields.map((field) => ({ name: field.name, type: printType(field.type) })),
    })),
    stages: program.stages,
    routes: ir?.routes.map(({ key }) => key) ?? [],
  };
}

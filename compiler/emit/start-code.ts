/** The part of the emitted program that runs once, when the gateway starts: values that depend on the stage and the environment. */
import type { Expr } from "../model/expression.ts";
import type { Ir } from "../model/ir.ts";
import type { Backend, Identity } from "../model/program.ts";
import { code, joined, ownWord, type Code } from "./code.ts";
import { value } from "./expression.ts";
import { lateOf } from "./identities/index.ts";
import type { Surroundings } from "./surroundings.ts";

/** `at` reaches what is `bound` only. */
export function startCode(ir: Ir, at: Surroundings): Code {
  const { settings } = ir;
  return code`const starting: StartCode = {
  listen: ${late(settings.listen, at)},
  api: [${lateList(apiParts(ir), at)}],
  hosts: [${lateList(settings.hosts, at)}],
  environment: [${joined(
    ir.environment.map((env) => late(env.value, at)),
    ", ",
  )}],
  identities: [${joined(
    ir.identities.map((identity) => identityCode(identity, at)),
    ", ",
  )}],
  backends: [${joined(
    ir.backends.map((backend) => backendCode(backend, at)),
    ", ",
  )}],
};`;
}

function apiParts({ settings: { arn } }: Ir): readonly Expr[] {
  return arn === undefined ? [] : [arn.partition, arn.region, arn.account, arn.api];
}

function identityCode(identity: Identity, at: Surroundings): Code {
  const settings = lateOf(identity).map(([setting, values]) => code`${ownWord(setting)}: [${lateList(values, at)}]`);
  return code`{ ${joined(settings, ", ")} }`;
}

function backendCode(backend: Backend, at: Surroundings): Code {
  return code`[${lateList(backend.kind === "http" ? backend.targets : [], at)}]`;
}

function lateList(values: readonly Expr[], at: Surroundings): Code {
  return joined(
    values.map((one) => late(one, at)),
    ", ",
  );
}

function late(expr: Expr | undefined, at: Surroundings): Code {
  const result = expr === undefined ? code`undefined` : value(expr, at);
  return /\bbound\b/.test(result) ? code`(bound) => ${result}` : code`() => ${result}`;
}

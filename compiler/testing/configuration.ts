/**
 * What a gateway is bound to while it is tested: nothing of the real environment is needed. A variable without a value in
 * the source gets a stand-in of its type.
 */
import type { Configuration } from "../../runtime/contract/world.ts";
import type { Expr } from "../model/expression.ts";
import type { Program } from "../model/program.ts";
import type { Type } from "../model/types.ts";
import { type Caller, storesWith } from "./callers/index.ts";

export const TEST_SECRET = "a-secret-that-only-tests-know-and-long-enough-for-the-longest-hash";

/** `callers`: who will call, where that is more than the program's own tests say. `given` is asked for what the source leaves open and nothing else, so that tests mean the same on every machine; a stage is picked by the caller. */
export function testConfiguration(
  program: Program,
  stage: string | undefined,
  given: Configuration["variables"] = {},
  callers: readonly Caller[] = callersOf(program),
): Configuration {
  const variables: Record<string, string | undefined> = {};
  if (program.identities.some(({ kind }) => kind === "lambda")) variables["AWS_REGION"] = "us-east-1";
  for (const { name, type, value } of program.environment) {
    const text = value === undefined ? (given[name] ?? issuerStandIn(name, program) ?? standIn(type)) : undefined;
    if (text !== undefined) variables[name] = text;
  }
  const stores = storesWith(callers, program);
  for (const { name } of program.secrets) variables[name] = stores.get(name) ?? TEST_SECRET;
  return { stage, variables };
}

function callersOf({ tests }: Program): readonly Caller[] {
  return tests.flatMap(({ request }) => request.as);
}

const STAND_INS: Readonly<Partial<Record<Type["kind"], string>>> = {
  bool: "false",
  decimal: "0",
  string: "test",
  duration: "1s",
  size: "1KiB",
  percent: "1%",
  url: "http://test.invalid",
  arn: "arn:aws:execute-api:us-east-1:111122223333:test",
  accountId: "111122223333",
  uuid: "00000000-0000-4000-8000-000000000000",
  ip: "192.0.2.1",
};

/** Of a variable that is an issuer, a user pool, a store or whom to ask: these have forms that their types do not tell. */
function issuerStandIn(variable: string, { identities, stores = [] }: Program): string | undefined {
  const isNamed = (expr: Expr): boolean => expr.op === "env" && expr.name === variable;
  if (identities.some((one) => one.kind === "cognito" && isNamed(one.pool))) return "eu-west-1_Test";
  if (stores.some(({ nodes }) => nodes.some(isNamed))) return "redis://test.invalid";
  const isAsked = identities.some((one) => (one.kind === "oidc" && isNamed(one.issuer)) || (one.kind === "introspect" && isNamed(one.url)));
  return isAsked ? "https://test.invalid" : undefined;
}

function standIn(type: Type): string {
  if (type.kind === "newtype") return standIn(type.base);
  if (type.kind === "literals") return String(type.values[0] ?? "");
  if (type.kind === "int") return String(Math.max(type.min ?? 0, Math.min(0, type.max ?? 0)));
  if (type.kind === "string") return fitted(type);
  return STAND_INS[type.kind] ?? "";
}

/** Long enough and short enough; a pattern must be met by a value from outside. */
function fitted({ minLength = 0, maxLength = Number.MAX_SAFE_INTEGER }: { minLength?: number; maxLength?: number }): string {
  return "test".padEnd(Math.min(minLength, 1000), "x").slice(0, maxLength);
}

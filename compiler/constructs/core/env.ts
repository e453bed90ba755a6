/**
 * `env NAME: TYPE`: a value that a deployment brings, read by its type when the gateway starts. Promises: the type is one
 * that text can be read as (D13). Must not know where the environment comes from.
 */
import { defineError, finding } from "../../../grammar/source/diagnostic.ts";
import { spanning } from "../../../grammar/source/span.ts";
import type { Declaration } from "../../bind/declaration.ts";
import type { CheckContext } from "../../check/context.ts";
import { checkValue } from "../../check/expressions/check-expression.ts";
import { printType } from "../../check/types/print-type.ts";
import { readType } from "../../check/types/read-type.ts";
import type { Env } from "../../model/program.ts";
import type { Type } from "../../model/types.ts";
import type { DeclarationConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";

export const environmentType = defineError<{ type: string }>({
  code: "GWL3604",
  name: "environment-type",
  message: ({ type }) => `\`${type}\` cannot come from the environment`,
  help: () =>
    "an environment value is a Bool, Int, Decimal, String, Duration, Size, Percent, Url, Arn, AccountId, Uuid, Ip, a union of literals, or a type made of one of these",
});

export const ENV_DIAGNOSTICS = [environmentType] as const;

export const env: DeclarationConstruct<"env"> = {
  kind: "declaration",
  words: ["env"],
  within: ["file"],
  summary: "a typed value that the deployment brings",
  written: ["env NAME: TYPE", "env NAME: TYPE = VALUE", "env NAME: TYPE = stage { STAGE: VALUE, ... }"],
  declares: "env",
  mean: readEnv,
};

function readEnv({ statement, name, file }: Declaration, context: CheckContext): Env | undefined {
  const phrase = readPhrase(statement, env, context);
  phrase.name("a name");
  phrase.mark(":");
  const typeTerms = phrase.until("=");
  const hasValue = phrase.takesMark("=");
  const terms = hasValue ? phrase.value("a value") : undefined;
  if (!phrase.end()) return undefined;
  const type = readType(typeTerms, statement.span, context.types(file), context.report);
  const [first] = typeTerms;
  if (!isTextual(type)) {
    const span = first === undefined ? statement.span : spanning(first.span, typeTerms.at(-1)?.span ?? first.span);
    context.report(finding(environmentType, span, { type: printType(type) }));
    return { name: name.name, type: { kind: "poison" }, span: statement.span };
  }
  const value =
    terms &&
    checkValue(
      { terms, span: statement.span },
      context.place(file, { kind: "nothing", what: "an environment value" }),
      context.report,
      type,
    );
  return {
    name: name.name,
    type,
    ...(value && { value }),
    ...(statement.doc !== undefined && { doc: statement.doc }),
    span: statement.span,
  };
}

function isTextual(type: Type): boolean {
  switch (type.kind) {
    case "newtype":
      return isTextual(type.base);
    case "bool":
    case "int":
    case "decimal":
    case "string":
    case "literals":
    case "duration":
    case "size":
    case "percent":
    case "url":
    case "arn":
    case "accountId":
    case "uuid":
    case "ip":
    case "poison":
      return true;
    case "rate":
    case "time":
    case "timeOfDay":
    case "method":
    case "status":
    case "set":
    case "list":
    case "map":
    case "record":
    case "optional":
    case "range":
    case "network":
    case "regex":
    case "secret":
    case "principal":
      return false;
  }
}

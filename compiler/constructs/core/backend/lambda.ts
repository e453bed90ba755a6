/** `backend NAME = lambda(FUNCTION) { ... }`: a Lambda function, invoked with the event that AWS API Gateway gives. */
import type { Declaration } from "../../../bind/declaration.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { Backend } from "../../../model/program.ts";
import type { PhraseReader } from "../../phrase-reader.ts";
import { readSettings, type SettingShapes } from "../../settings.ts";
import { readArgument } from "../authorizer/argument.ts";
import { FUNCTION_SETTINGS, functionPlace } from "../lambda-function.ts";
import { functionTimeout } from "./backend.diagnostics.ts";
import type { BackendKindConstruct } from "./backend-kind.ts";

export const LAMBDA_BACKEND_SETTINGS = {
  payload: {
    form: "constant",
    type: { kind: "literals", values: ["1.0", "2.0"] },
    doc: "the version of the event that it gets, and of the answer that it gives",
    byDefault: '`"2.0"`',
  },
  stream: {
    form: "constant",
    type: { kind: "bool" },
    doc: "whether its answer is passed on while it comes",
    byDefault: "`false`",
  },
  timeout: { form: "constant", type: { kind: "duration" }, doc: "how long to wait for its answer", byDefault: "`29s`" },
  ...FUNCTION_SETTINGS,
} as const satisfies SettingShapes;

type Values = Partial<ReturnType<typeof readSettings<typeof LAMBDA_BACKEND_SETTINGS>>["values"]>;

/** AWS API Gateway waits no longer. */
const DEFAULT_TIMEOUT = 29_000;
/** A function runs no longer. */
const LONGEST_TIMEOUT = 900_000;

export const lambda: BackendKindConstruct = {
  written: ["backend NAME = lambda(FUNCTION) { ... }", "backend NAME = lambda(FUNCTION)"],
  read,
};

function read({ name, statement }: Declaration, phrase: PhraseReader, context: CheckContext): Backend | undefined {
  const call = phrase.call("`lambda(FUNCTION)`");
  const block = phrase.optionalBlock();
  if (!phrase.end() || call === undefined) return undefined;
  const owner = { owner: "a `lambda` backend", head: name.span };
  const values: Values = block === undefined ? {} : readSettings(block, LAMBDA_BACKEND_SETTINGS, owner, context).values;
  const called = readArgument(call, { what: "the function of a backend", types: ["string", "arn"] }, context);
  const timeout = typeof values.timeout?.value === "number" ? values.timeout.value : DEFAULT_TIMEOUT;
  if (values.timeout !== undefined && (timeout < 1 || timeout > LONGEST_TIMEOUT)) {
    context.report(finding(functionTimeout, values.timeout.span, { written: `\`${context.written(values.timeout.span)}\`` }));
  }
  return {
    kind: "lambda",
    name: name.name,
    ...functionPlace(called, values, context),
    payload: values.payload?.value === "1.0" ? "1.0" : "2.0",
    stream: values.stream?.value === true,
    timeout,
    span: statement.span,
  };
}

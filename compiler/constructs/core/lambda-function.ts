/** A Lambda function as identities and backends name it: its name or ARN, and where the Invoke API is. */
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import type { Expr } from "../../model/expression.ts";
import type { SettingShapes } from "../settings.ts";
import { awsText } from "./authorizer/authorizer.diagnostics.ts";

export const FUNCTION_SETTINGS = {
  region: { form: "value", type: { kind: "string" }, doc: "where the function is", byDefault: "that of its ARN, else `AWS_REGION`" },
  endpoint: { form: "value", type: { kind: "url" }, doc: "where the Invoke API is", byDefault: "that of the region" },
} as const satisfies SettingShapes;

/** Absent: of the function's ARN, else of the environment; that of the region. */
export type FunctionPlace = { readonly function: Expr; readonly region?: Expr; readonly endpoint?: Expr };

/** What is known today is checked today; the rest when the gateway starts. */
export function functionPlace(
  called: Expr,
  { region, endpoint }: { readonly region?: Expr | undefined; readonly endpoint?: Expr | undefined },
  context: CheckContext,
): FunctionPlace {
  reportWrong(FORMS.function, called, context);
  reportWrong(FORMS.region, region, context);
  reportWrong(FORMS.endpoint, endpoint, context);
  return { function: called, ...(region && { region }), ...(endpoint && { endpoint }) };
}

type Form = { readonly setting: string; readonly form: string; readonly pattern: RegExp };
const FORMS = {
  function: {
    setting: "name of a Lambda function",
    form: "`name`, `123456789012:function:name` or `arn:aws:lambda:REGION:ACCOUNT:function:name`, with `:version` behind it or not",
    pattern: /^(?:(?:arn:aws[a-z-]*:lambda:[a-z0-9-]+:)?[0-9]{12}:function:)?[A-Za-z0-9_-]{1,64}(?::(?:\$LATEST|[A-Za-z0-9_-]{1,128}))?$/,
  },
  region: { setting: "region", form: "a name such as `eu-west-1`", pattern: /^[a-z]{2}[a-z0-9-]{1,30}$/ },
  endpoint: { setting: "endpoint", form: "`https://HOST[:PORT]`", pattern: /^https?:\/\/[^/?#]+$/ },
} as const satisfies Readonly<Record<string, Form>>;

function reportWrong({ setting, form, pattern }: Form, expr: Expr | undefined, context: CheckContext): void {
  if (expr?.op === "stageValue") for (const value of Object.values(expr.values)) reportWrong({ setting, form, pattern }, value, context);
  if (expr?.op !== "const" || typeof expr.value !== "string" || pattern.test(expr.value)) return;
  context.report(finding(awsText, expr.span, { setting, written: expr.value, form }));
}

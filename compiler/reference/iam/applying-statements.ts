/** Which statements of a document apply to the call at hand: what a call is to IAM (its action, resource, caller and keys), asked statement by statement. */
import type { PolicyRequest } from "../../../runtime/contract/iam.ts";
import type { Expr } from "../../model/expression.ts";
import type { Scene } from "../scene.ts";
import { callerKey, policyCaller } from "./caller.ts";
import { requestKey } from "./request-keys.ts";
import { statementApplies } from "./statement.ts";

/** Numbers of statements, ascending. Nothing applies where there is no request. */
export function applyingStatements(asked: Extract<Expr, { readonly op: "applyingStatements" }>, scene: Scene): readonly number[] {
  const file = scene.documents[asked.document];
  const request = policyRequest(scene);
  if (file === undefined || request === undefined) return [];
  const { version, statements } = file.document;
  return statements.flatMap((statement, index) => {
    const isAsked = file.asksCaller[index] === asked.asksCaller;
    return isAsked && statementApplies(statement, request, version, scene.api) !== undefined ? [index] : [];
  });
}

/** The resource has the method as rules see it and the actual path; the stage is `$default` where the program has none. */
export function policyRequest(scene: Scene): PolicyRequest | undefined {
  const { request, method, api, stage = "$default" } = scene;
  if (request === undefined || method === undefined) return undefined;
  return {
    caller: policyCaller(scene),
    action: "execute-api:Invoke",
    resource: `${api}/${stage}/${method}${request.path}`,
    keys: (name) => requestKey(name, scene) ?? callerKey(name, scene),
  };
}

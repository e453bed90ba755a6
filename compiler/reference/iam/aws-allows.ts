/** `mode aws`: the tables of AWS asked with what is known of the call. */
import type { AccessAnswer, AccessQuestion, PolicyRequest, SideAction, Verdict } from "../../../runtime/contract/iam.ts";
import type { Expr } from "../../model/expression.ts";
import type { Scene } from "../scene.ts";
import { policyRequest } from "./applying-statements.ts";
import { accessAnswer } from "./outcome.ts";
import { together, verdictOf } from "./verdict.ts";

type Asked = Extract<Expr, { readonly op: "awsAllows" | "awsTable" }>;

export function awsAllows(asked: Asked, scene: Scene): boolean {
  const request = policyRequest(scene);
  const resource = request && resourceVerdict(asked, request, scene);
  if (request === undefined || resource === undefined) return false;
  const answer = answerTo(request, resource, scene);
  return answer.allowed || (asked.orDenied && answer.because === "explicit deny");
}

/** What a signed call may do beside being let in; all resource policies speak as one. */
export function mayAct({ action, target, documents }: SideAction, scene: Scene): boolean {
  const call = policyRequest(scene);
  if (call === undefined || authenticationOf(scene) !== "iam") return false;
  const request = { ...call, action, resource: `${scene.api}/${scene.stage ?? "$default"}/${target}` };
  const files = documents.map((number) => scene.documents[number]);
  if (files.includes(undefined)) return false;
  const statements = files.flatMap((file) => (file ? [verdictOf(file.document, request, scene.api)] : []));
  const effect = together(statements);
  const grants = statements.flatMap((said) => (said.effect === "allow" ? [said.grant] : []));
  const grant = (["direct", "limited"] as const).find((one) => grants.includes(one)) ?? "delegated";
  return answerTo(request, effect === "silent" ? { effect } : { effect, statements: [], grant }, scene).allowed;
}

function answerTo(request: PolicyRequest, resource: Verdict, scene: Scene): AccessAnswer {
  const { caller } = request;
  const own = (scene.callers ?? []).flatMap(({ policies }) => policies?.(request, scene.api) ?? []);
  return accessAnswer({
    ...Object.assign({}, ...own),
    authentication: authenticationOf(scene),
    isPrivate: false,
    sameAccount: caller.kind === "aws" && caller.account === scene.api.split(":")[4],
    resource,
  });
}

/** Rules that stand for a document name no caller as one, so what they allow is limited as what is allowed to anyone. */
function resourceVerdict(asked: Asked, request: PolicyRequest, { documents, api }: Scene): Verdict | undefined {
  if (asked.op === "awsTable") return asked.allows ? { effect: "allow", statements: [], grant: "limited" } : { effect: "silent" };
  const file = documents[asked.document];
  return file && verdictOf(file.document, request, api);
}

/** By who was let in: a route may take several kinds of callers, and of one that proves several identities the strictest counts. */
function authenticationOf({ callers = [], signers, authorizers }: Scene): AccessQuestion["authentication"] {
  if (callers.length === 0) return "none";
  if (callers.some(({ identity }) => signers.includes(identity))) return "iam";
  return callers.some(({ identity }) => authorizers.includes(identity)) ? "lambda" : "token";
}

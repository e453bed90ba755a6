/** The IAM documents of a started gateway, and what a call is to them: action, resource, caller and condition keys. */
import type { AccessAnswer, AccessQuestion, PolicyCaller, PolicyRequest, Verdict } from "../../contract/iam.ts";
import type { DocumentData, TableData } from "../../contract/table-data.ts";
import type { Call } from "../../kernel/call.ts";
import type { StartPolicies } from "../../kernel/policies.ts";
import { accessAnswer } from "./access-answer.ts";
import { keysOf, signerOf } from "./call-keys.ts";
import { type Policy, preparePolicy } from "./policy.ts";

export const policies: StartPolicies = (data, api, problems) => {
  const arn = apiArn(data.name, api, problems);
  const documents = data.documents.map((document) => ({
    before: part(document, false, arn),
    after: part(document, true, arn),
    whole: preparePolicy(document.document, arn),
  }));
  const holders = holdersOf(data);
  return {
    applying: (call, document, asksCaller) => {
      // INVARIANT: rules ask a caller's document only beside whether it is the caller's. Most are not.
      if (holders.get(document)?.has(String(signerOf(call)?.claims["arn"])) === false) return none;
      const parts = documents[document];
      const asked = asksCaller ? parts?.after : parts?.before;
      return asked === undefined ? none : asked(policyRequest(call, arn));
    },
    awsAllows: (call, document, orDenied) => {
      const resource = documents[document]?.whole.verdict(policyRequest(call, arn));
      return resource !== undefined && awsAllows(call, resource, arn, orDenied);
    },
    awsTable: (call, allows, orDenied) => awsAllows(call, allows ? allowed : silent, arn, orDenied),
    mayAct: (call, { action, target, documents: numbers }) => {
      const request = { ...policyRequest(call, arn), action, resource: `${arn}/${call.bound.stage ?? "$default"}/${target}` };
      const verdicts = numbers.map((number) => documents[number]?.whole.verdict(request) ?? refused);
      return mayAct(call, request, together(verdicts), arn);
    },
  };
};

const none: readonly number[] = [];
/** What rules say in the place of a document: they name no caller as one. */
const allowed: Verdict = { effect: "allow", statements: [], grant: "limited" };
const silent: Verdict = { effect: "silent" };
/** What a document says that is not there. */
const refused: Verdict = { effect: "explicitDeny", statements: [] };

/** The ARNs of the callers that have a document, for those that belong to callers. */
function holdersOf({ identities }: TableData): ReadonlyMap<number, ReadonlySet<string>> {
  const holders = new Map<number, Set<string>>();
  for (const identity of identities) {
    if (identity.kind !== "sigv4") continue;
    for (const { arn, policies: held } of identity.callers) {
      const { identity: own, boundary, session = [] } = held;
      for (const document of [...own, ...session, ...(boundary === undefined ? [] : [boundary])]) {
        holders.set(document, (holders.get(document) ?? new Set()).add(arn));
      }
    }
  }
  return holders;
}

const partForms = [/^aws(?:-[a-z]+)*$/, /^[a-z0-9-]+$/, /^[0-9]{12}$/, /^[A-Za-z0-9_-]+$/];

/** One part that is wrong would make every document that names the whole ARN apply to nothing, or to another API. */
function apiArn(name: string, api: readonly unknown[], problems: string[]): string {
  const [partition = "aws", region = "local", account = "000000000000", id = name] = api.map(String);
  const parts = [partition, region, account, id];
  const wrong = parts.findIndex((text, at) => partForms[at]?.test(text) !== true);
  if (wrong >= 0)
    problems.push(`\`arn\` has ${JSON.stringify(parts[wrong])} as its ${["partition", "region", "account", "api_id"][wrong] ?? ""}`);
  return `arn:${partition}:execute-api:${region}:${account}:${id}`;
}

/** Asks the statements that are asked at the same time; undefined where there are none. */
function part(
  { document, asksCaller }: DocumentData,
  ofCaller: boolean,
  arn: string,
): ((request: PolicyRequest) => readonly number[]) | undefined {
  const numbers = document.statements.flatMap((_, number) => (asksCaller[number] === ofCaller ? [number] : []));
  if (numbers.length === 0) return undefined;
  const statements = document.statements.filter((_, number) => asksCaller[number] === ofCaller);
  const policy: Policy = preparePolicy({ ...document, statements }, arn);
  return (request) => policy.applying(request).map((at) => numbers[at] ?? 0);
}

/** Of those who sign only: a token says nothing of what may be dropped or managed. */
function mayAct(call: Call, request: PolicyRequest, resource: Verdict, arn: string): boolean {
  return authenticationOf(call) === "iam" && answerTo(call, request, resource, arn).allowed;
}

/** Several resource policies as one. The best grant counts, as among the statements of one. */
function together(verdicts: readonly Verdict[]): Verdict {
  const allows = verdicts.flatMap((verdict) => (verdict.effect === "allow" ? [verdict] : []));
  if (verdicts.some(({ effect }) => effect === "explicitDeny")) return refused;
  return allows.find(({ grant }) => grant === "direct") ?? allows.find(({ grant }) => grant === "limited") ?? allows[0] ?? silent;
}

function answerTo(call: Call, request: PolicyRequest, resource: Verdict, arn: string): AccessAnswer {
  const { caller } = request;
  const own = call.principals.reduce((all, { policies: said }) => ({ ...all, ...said?.(request, arn) }), {});
  const sameAccount = caller.kind === "aws" && caller.account === arn.split(":")[4];
  return accessAnswer({ ...own, authentication: authenticationOf(call), isPrivate: false, sameAccount, resource });
}

function awsAllows(call: Call, resource: Verdict, arn: string, orDenied: boolean): boolean {
  const answer = answerTo(call, policyRequest(call, arn), resource, arn);
  return answer.allowed || (orDenied && answer.because === "explicit deny");
}

/** Of a caller that proves several identities the strictest counts. */
function authenticationOf({ bound, principals }: Call): AccessQuestion["authentication"] {
  if (principals.length === 0) return "none";
  const kinds: readonly (string | undefined)[] = principals.map(({ identity }) => bound.data.identities[identity]?.kind);
  return kinds.includes("sigv4") ? "iam" : kinds.includes("lambda") ? "lambda" : "token";
}

function policyRequest(call: Call, arn: string): PolicyRequest {
  const { bound, method, request } = call;
  const caller = callerOf(call);
  return {
    caller,
    action: "execute-api:Invoke",
    resource: `${arn}/${bound.stage ?? "$default"}/${method}${request.path}`,
    keys: keysOf(call, caller, arn),
  };
}

const anonymous: PolicyCaller = { kind: "anonymous" };

/** Only who signs is known to IAM: the claims of others may have the same names and mean nothing here. */
function callerOf(call: Call): PolicyCaller {
  const { account, arn, role } = signerOf(call)?.claims ?? {};
  if (typeof account !== "string" || typeof arn !== "string") return anonymous;
  return { kind: "aws", account, arn, ...(typeof role === "string" ? { role } : {}) };
}

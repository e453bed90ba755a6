/**
 * A policy document made ready once and asked many times. Promises the verdict that the document means, whatever the order
 * of its statements; a request asks only the statements that its index finds.
 */
import type { Grant, PolicyDocument, PolicyRequest, Verdict } from "../../contract/iam.ts";
import { alike, type Applies, type GrantNumber, grants, prepareStatement } from "./statement.ts";
import { indexStatements } from "./statement-index.ts";

export type Policy = {
  /** The verdict without saying which statements made it. */
  readonly effect: (request: PolicyRequest) => Verdict["effect"];
  readonly verdict: (request: PolicyRequest) => Verdict;
  /** All statements that apply, whatever their effect, ascending. */
  readonly applying: (request: PolicyRequest) => readonly number[];
};

const none: readonly number[] = [];
const silent: Verdict = { effect: "silent" };

/** `api`: the ARN of the API at hand, which abbreviated resources mean; `arn:aws:execute-api:eu-west-1:111122223333:abc123`. */
export function preparePolicy(document: PolicyDocument, api: string): Policy {
  const same = alike();
  const statements: readonly Applies[] = document.statements.map((statement) => prepareStatement(statement, document.version, api, same));
  const denies = Uint8Array.from(document.statements, ({ effect }) => (effect === "deny" ? 1 : 0));
  const find = indexStatements(document, api);
  /** The request in which a statement was last asked. Requests never overlap: nothing in one waits. */
  const asked = new Uint32Array(statements.length);
  let turn = 0;
  let found: number[] | undefined;
  let isDenied = false;
  let best: GrantNumber = grants.none;
  let onlyEffect = false;
  let current: PolicyRequest;
  /** Most requests have the same action: it is folded once. */
  let written = "";
  let action = "";

  const take = (candidates: readonly number[]): void => {
    if (onlyEffect && isDenied) return;
    for (const candidate of candidates) {
      if (asked[candidate] === turn) continue;
      asked[candidate] = turn;
      const grant = statements[candidate]?.(current, action) ?? grants.none;
      if (grant === grants.none) continue;
      if (denies[candidate] === 1) isDenied = true;
      else if (grant > best) best = grant;
      if (!onlyEffect) (found ??= []).push(candidate);
    }
  };
  const ask = (request: PolicyRequest, isShort: boolean): void => {
    if (++turn === 0x1_0000_0000) {
      asked.fill(0);
      turn = 1;
    }
    found = undefined;
    isDenied = false;
    best = grants.none;
    onlyEffect = isShort;
    current = request;
    if (request.action !== written) {
      written = request.action;
      action = written.toLowerCase();
    }
    find(request, take);
  };
  const sorted = (isDeny: number): readonly number[] => (found ?? []).filter((index) => denies[index] === isDeny).sort((a, b) => a - b);

  return {
    effect: (request) => {
      ask(request, true);
      return isDenied ? "explicitDeny" : best === grants.none ? "silent" : "allow";
    },
    verdict: (request) => {
      ask(request, false);
      if (isDenied) return { effect: "explicitDeny", statements: sorted(1) };
      return best === grants.none ? silent : { effect: "allow", statements: sorted(0), grant: grantName(best) };
    },
    applying: (request) => {
      ask(request, false);
      return found?.sort((a, b) => a - b) ?? none;
    },
  };
}

function grantName(grant: GrantNumber): Grant {
  return grant === grants.direct ? "direct" : grant === grants.limited ? "limited" : "delegated";
}

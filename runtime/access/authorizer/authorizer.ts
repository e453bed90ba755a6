/**
 * An identity that asks somebody else who calls. Promises: nobody is asked where a source is missing, and nothing is handed over that the
 * program does not name; all that goes wrong refuses. Knows nothing of who is asked, and how.
 */
import type { AuthorizerSettings } from "../../contract/authorizer.ts";
import type { RefusedCredential, Verification } from "../../contract/verification.ts";
import type { World } from "../../contract/world.ts";
import type { Call } from "../../kernel/call.ts";
import type { RunningIdentity } from "../../kernel/running-identity.ts";
import { answerCache, type Answered, type Recall } from "./answer-cache.ts";
import { invocation } from "./returned-policy.ts";
import { type SeenPart, seenParts, stageOf } from "./seen-parts.ts";
import { isLasting, failed, type Verdict } from "./verdict.ts";

/** `seen`: sources first, in their order. `size`: of the answer, in bytes. May throw or reject, which is a failure. */
export type Ask = (seen: readonly SeenPart[], call: Call, world: World) => Promise<{ readonly verdict: Verdict; readonly size: number }>;

export type AuthorizerForm = {
  readonly name: string;
  readonly settings: AuthorizerSettings;
  /** The ARN of the API that policies name. */
  readonly api: string;
  /** What kind of credential a 401 asks for. */
  readonly challenge: string;
  /** Why nobody can be asked about this request at all; undefined where somebody can. */
  readonly unaskable?: (call: Call) => Verification | undefined;
  readonly ask: Ask;
};

export function authorizer({ name, settings, api, challenge, unaskable, ask }: AuthorizerForm): RunningIdentity {
  const { source, sees, pattern, cache } = settings;
  const form = pattern === undefined ? undefined : new RegExp(pattern, "u");
  const parts = [...source, ...sees];
  const recallOf = recalls(cache);
  return {
    verify: (call, _request, world) => {
      const seen = seenParts(parts, call);
      if (seen === undefined) return refused("invalid", "a part that is handed over came twice, or is no text");
      const values = seen.slice(0, source.length).map(([, value]) => value ?? "");
      if (values.includes("")) return refused("absent", "a source is missing");
      if (form !== undefined && !form.test(values[0] ?? "")) return refused("invalid", "the first source does not match");
      const fault = unaskable?.(call);
      if (fault !== undefined) return fault;
      const question = (): Promise<Answered<Verdict>> => answered(ask, seen, call, world);
      const verdict =
        cache === 0
          ? question().then(({ value }) => value)
          : recallOf(world)(keyOf([call.bound.data.name, stageOf(call), name, ...values]), call.now, question);
      return verdict instanceof Promise ? verdict.then((told) => verification(told, api, call)) : verification(verdict, api, call);
    },
    challenge: () => challenge,
  };
}

/** Answers belong to the world that gave them: there is one in production, while a test brings its own and hears nothing of other tests. */
function recalls(lifetime: number): (world: World) => Recall<Verdict> {
  const known = new WeakMap<World["ask"], Recall<Verdict>>();
  return ({ ask }) => {
    const recall = known.get(ask) ?? answerCache<Verdict>(lifetime);
    known.set(ask, recall);
    return recall;
  };
}

async function answered(ask: Ask, seen: readonly SeenPart[], call: Call, world: World): Promise<Answered<Verdict>> {
  try {
    const { verdict, size } = await ask(seen, call, world);
    return { value: verdict, keep: isLasting(verdict), size };
  } catch {
    return { value: failed("asking failed"), keep: false, size: 0 };
  }
}

/** No two lists of values have one key: each value stands behind its length. */
function keyOf(values: readonly string[]): string {
  let key = "";
  for (const value of values) key += `${value.length}:${value}`;
  return key;
}

/** A policy that came is asked about each request anew: what is kept is what the authorizer said, not what came of it. */
function verification(verdict: Verdict, api: string, call: Call): Verification {
  switch (verdict.kind) {
    case "caller": {
      const { principal, policy } = verdict;
      if (policy === undefined) return { ok: true, principal };
      if (policy.effect(invocation(api, call)) !== "allow") return refused("authorizer-denied", "the returned policy does not allow this");
      return { ok: true, principal, policies: (request) => ({ authorizer: policy.verdict(request) }) };
    }
    case "denied":
      return refused("authorizer-denied", verdict.why);
    case "failed":
      return refused("authorizer-failed", verdict.why);
    case "unknown":
      return refused("invalid", verdict.why);
  }
}

export function refused(cause: RefusedCredential, why: string): Verification {
  return { ok: false, cause, why };
}

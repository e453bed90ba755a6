/** Callers picked by what is said of them, as tests do. */
import type { SigV4Caller } from "./principals.ts";
import type { Value } from "./types.ts";

/** What a caller may be picked by. */
export const CALLER_FACTS = ["id", "arn", "account", "name", "type", "session"] as const;

export function callersLike(callers: readonly SigV4Caller[], facts: Readonly<Record<string, Value>>): readonly SigV4Caller[] {
  return callers.filter((caller) => CALLER_FACTS.every((name) => facts[name] === undefined || factOf(caller, name) === facts[name]));
}

function factOf(caller: SigV4Caller, name: (typeof CALLER_FACTS)[number]): string | undefined {
  return name === "session" ? caller.session?.name : caller[name];
}

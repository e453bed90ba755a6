/** What rules may read of a caller who signs. Tags are those that some caller has, so a misspelt one does not compile; one that all have is never absent. */
import type { Span } from "../../../../grammar/source/span.ts";
import type { SigV4Caller } from "../../../model/principals.ts";
import type { Claim } from "../../../model/program.ts";
import type { Type } from "../../../model/types.ts";

const STRING: Type = { kind: "string" };
const TIME: Type = { kind: "time" };

export function callerClaims(callers: readonly SigV4Caller[], span: Span): readonly Claim[] {
  const types: Readonly<Record<string, Type>> = {
    arn: { kind: "arn" },
    account: { kind: "accountId" },
    name: STRING,
    type: { kind: "literals", values: ["user", "role"] },
    session: callers.some(({ session }) => session === undefined) ? { kind: "optional", type: STRING } : STRING,
    role: callers.some(({ session }) => session === undefined) ? { kind: "optional", type: { kind: "arn" } } : { kind: "arn" },
    ...known("organization", STRING, callers, ({ organization }) => organization?.id),
    ...known("organization_path", STRING, callers, ({ organization }) => organization?.path),
    ...known("mfa_at", TIME, callers, ({ mfaAt }) => mfaAt),
    ...known("issued_at", TIME, callers, ({ issuedAt }) => issuedAt),
    groups: { kind: "set", element: STRING },
    tags: { kind: "record", fields: tagNames(callers).map((name) => ({ name, type: tagType(name, callers) })) },
  };
  return Object.entries(types).map(([name, type]) => ({ name, claim: name, type, span }));
}

/** What no caller of the file has is no fact, so that a rule that needs it does not compile. */
function known(
  name: string,
  type: Type,
  callers: readonly SigV4Caller[],
  valueOf: (caller: SigV4Caller) => string | number | undefined,
): Readonly<Record<string, Type>> {
  const having = callers.filter((caller) => valueOf(caller) !== undefined).length;
  if (having === 0) return {};
  return { [name]: having === callers.length ? type : { kind: "optional", type } };
}

function tagType(name: string, callers: readonly SigV4Caller[]): Type {
  return callers.every(({ tags }) => Object.hasOwn(tags, name)) ? STRING : { kind: "optional", type: STRING };
}

/** Those that can be written behind a dot. */
function tagNames(callers: readonly SigV4Caller[]): readonly string[] {
  const names = new Set(callers.flatMap(({ tags }) => Object.keys(tags)));
  return [...names].filter((name) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)).sort();
}

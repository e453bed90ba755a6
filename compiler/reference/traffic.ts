/**
 * How many calls pass (D200). Promises: what is counted is every call that asked, one after the other, and nothing is ever summed up or
 * forgotten; so each answer follows from the whole history.
 */
import type { Answer, Cause, HeaderField } from "../../runtime/contract/gateway.ts";
import type { LimitKey, Scope, TrafficLimit } from "../model/program.ts";
import { parseAddress } from "./address.ts";
import { evaluate } from "./evaluate.ts";
import { type Asked, measured, seconds, type Standing } from "./measure.ts";
import type { Scene } from "./scene.ts";
import { textOf } from "./texts.ts";

/** All calls of one key at one limit. `key`: absent where calls have none. */
export type Account = { readonly limit: TrafficLimit; readonly key: string | undefined; readonly calls: Asked[] };
/** `instants`: of all calls that asked, whole milliseconds since 1970. */
export type Ledger = { readonly instants: bigint[]; readonly accounts: Account[] };

export type Admission = {
  readonly fields: readonly HeaderField[];
  /** Of a call that is too many: the limits that say so, and when to come again, in seconds. */
  readonly refused?: { readonly cause: Cause; readonly sites: readonly string[]; readonly retryAfter: bigint };
};

/** A limit, and whose calls it counts where it has no key of its own. */
export type Asking = { readonly limit: TrafficLimit; readonly whose?: string };

/** Route first, gateway last. */
export function limitsOf(levels: readonly Scope[]): readonly TrafficLimit[] {
  return levels.toReversed().flatMap(({ traffic = [] }) => traffic);
}

/** Counts the call at all of its limits, or, where one refuses it, at none. */
export function admit(
  limits: readonly Asking[],
  scene: Scene,
  { now, whenOver }: { readonly now: number; readonly whenOver: (tell: () => void) => void },
  ledger: Ledger,
): Admission {
  ledger.instants.push(BigInt(Math.floor(now)));
  const instant = { at: passedBy(ledger.instants), latest: highest(ledger.instants) };
  const asked = limits.map(({ limit, whose }) => {
    const account = accountOf(limit, whose ?? (limit.by && keyOf(limit.by, scene)), ledger);
    return { limit, account, standing: measured(limit.measure, account.calls, instant) };
  });
  const refusing = asked.filter(({ standing }) => !standing.passes);
  const counts = refusing.length === 0;
  const own = { ...instant, counts, isOver: false };
  for (const { account } of asked) account.calls.push(own);
  const named = (text: (standing: Standing) => string): string =>
    asked.map(({ limit, standing }) => `"${limit.name}"${text(standing)}`).join(", ");
  const fields: readonly HeaderField[] =
    asked.length === 0
      ? []
      : [
          ["ratelimit-policy", named(({ policy }) => policy)],
          ["ratelimit", named(({ left }) => left(counts))],
        ];
  const [first] = refusing;
  if (first === undefined) {
    whenOver(() => void (own.isOver = true));
    return { fields };
  }
  const waits = refusing.map(({ standing }) => seconds(standing.wait));
  const retryAfter = waits.reduce((longest, wait) => (wait > longest ? wait : longest), 1n);
  return { fields, refused: { cause: causeOf(first.limit), sites: refusing.map(({ limit }) => String(limit.site)), retryAfter } };
}

/** The time that went by from call to call, without the steps in which the clock went back. */
function passedBy(instants: readonly bigint[]): bigint {
  const steps = instants.slice(1).map((instant, before) => instant - (instants[before] ?? instant));
  return steps.filter((step) => step > 0n).reduce((sum, step) => sum + step, 0n);
}

/** What an answer says of limits stands behind all else. */
export function telling(answer: Answer, fields: readonly HeaderField[] = []): Answer {
  if (answer.kind === "local") return { ...answer, headers: [...answer.headers, ...fields] };
  const told = fields.map(([name, value]) => [name, [value]] as const);
  return { ...answer, responseHeaders: [...answer.responseHeaders, ...told] };
}

function highest(instants: readonly bigint[]): bigint {
  return instants.reduce((most, instant) => (instant > most ? instant : most));
}

function accountOf(limit: TrafficLimit, key: string | undefined, ledger: Ledger): Account {
  const known = ledger.accounts.find((account) => account.limit === limit && account.key === key);
  if (known !== undefined) return known;
  const account: Account = { limit, key, calls: [] };
  ledger.accounts.push(account);
  return account;
}

/** IPv6 addresses with the same first bits are one. */
function keyOf({ expr, prefix }: LimitKey, scene: Scene): string | undefined {
  const text = textOf(evaluate(expr, scene, undefined), expr.type);
  const address = prefix === undefined || text === undefined ? undefined : parseAddress(text);
  if (prefix === undefined || address === undefined || address.bits === 32) return text;
  return `${address.value >> BigInt(128 - prefix)}/${prefix}`;
}

function causeOf({ measure }: TrafficLimit): Cause {
  switch (measure.kind) {
    case "throttle":
      return "throttled";
    case "quota":
      return "quota-exceeded";
    case "concurrency":
      return "too-many-at-once";
  }
}

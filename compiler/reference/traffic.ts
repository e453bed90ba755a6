/**
 * How many calls pass (D200). Promises: what is counted is every call that asked, one after the other, and nothing is ever summed up or
 * forgotten; so each answer follows from the whole history.
 */
import type { Answer, Cause, HeaderField } from "../../runtime/contract/gateway.ts";
import type { SharedAsk, SharedCounts, SharedReturn } from "../../runtime/contract/shared-counts.ts";
import type { LimitKey, Scope, TrafficLimit } from "../model/program.ts";
import { parseAddress } from "./address.ts";
import { evaluate } from "./evaluate.ts";
import { type Asked, askOf, type Instant, measured, seconds, type Standing, standingElsewhere } from "./measure.ts";
import type { Scene } from "./scene.ts";
import { textOf } from "./texts.ts";

/** All calls of one key at one limit. `key`: absent where calls have none. */
export type Account = { readonly limit: TrafficLimit; readonly key: string | undefined; readonly calls: Asked[] };
/** `instants`: of all calls that asked, whole milliseconds since 1970. */
export type Ledger = { readonly instants: bigint[]; readonly accounts: Account[] };

export type Admission = {
  readonly fields: readonly HeaderField[];
  /** Of a call that is too many: the limits that say so, and when to come again, in seconds. */
  readonly refused?: { readonly cause: Cause; readonly sites: readonly string[]; readonly retryAfter: bigint } | undefined;
};

/** A limit, and whose calls it counts where it has no key of its own. */
export type Asking = { readonly limit: TrafficLimit; readonly whose?: string };

/** Route first, gateway last. */
export function limitsOf(levels: readonly Scope[]): readonly TrafficLimit[] {
  return levels.toReversed().flatMap(({ traffic = [] }) => traffic);
}

/** All that is asked of the outside. */
export type Surroundings = {
  readonly now: number;
  readonly whenOver: (tell: () => void) => void;
  readonly shared: SharedCounts | undefined;
  readonly gateway: string;
};
/** `standing`: absent where the store is away. `undo`: as if the call had not been counted. */
type Answered = {
  readonly limit: TrafficLimit;
  readonly standing: Standing | undefined;
  readonly passes: boolean;
  readonly undo: () => void;
  /** Of a call under way that a store counts. */
  readonly leased?: SharedReturn;
};

/** Counts the call at all of its limits, or, where one refuses it, at none. Stores are asked where nothing here refuses. */
export async function admit(limits: readonly Asking[], scene: Scene, around: Surroundings, ledger: Ledger): Promise<Admission> {
  ledger.instants.push(BigInt(Math.floor(around.now)));
  const instant = { at: passedBy(ledger.instants), latest: highest(ledger.instants) };
  const keyed = limits.map(({ limit, whose }) => ({ limit, key: whose ?? (limit.by && keyOf(limit.by, scene)) }));
  const own: Asked[] = [];
  const here = ({ limit, key }: Keyed): Answered => {
    const { calls } = accountOf(limit, key, ledger);
    const standing = measured(limit.measure, calls, instant);
    const call = { ...instant, counts: standing.passes, isOver: false };
    calls.push(call);
    own.push(call);
    return { limit, standing, passes: standing.passes, undo: () => void (call.counts = false) };
  };
  const answers = new Map(keyed.filter(({ limit }) => !limit.shared).map((one) => [one, here(one)]));
  const passesHere = [...answers.values()].every(({ passes }) => passes);
  const elsewhere = passesHere ? keyed.filter(({ limit }) => limit.shared) : [];
  for (const [one, answer] of await askStores(elsewhere, instant, around, here)) answers.set(one, answer);
  const asked = keyed.flatMap((one) => answers.get(one) ?? []);
  const refusing = asked.filter(({ passes }) => !passes);
  if (refusing.length > 0) for (const { undo } of asked) undo();
  else
    around.whenOver(() =>
      end(
        own,
        asked.flatMap(({ leased }) => leased ?? []),
        around,
      ),
    );
  const fields = fieldsOf(asked, refusing.length === 0);
  return refusing.length === 0 ? { fields } : { fields, refused: refusalBy(refusing) };
}

function end(own: readonly Asked[], leased: readonly SharedReturn[], { shared }: Surroundings): void {
  for (const call of own) call.isOver = true;
  if (leased.length > 0) shared?.giveBack(leased);
}

type Keyed = { readonly limit: TrafficLimit; readonly key: string | undefined };

/** In one question to all stores; what they cannot say is counted here, where that is wanted. */
async function askStores(
  elsewhere: readonly Keyed[],
  instant: Instant,
  { shared, gateway }: Surroundings,
  here: (one: Keyed) => Answered,
): Promise<readonly (readonly [Keyed, Answered])[]> {
  const asks = elsewhere.flatMap(({ limit: { measure, shared: at }, key }): readonly SharedAsk[] => {
    if (at === undefined) return [];
    const counted = askOf(measure, instant);
    return [{ store: at.store, key: JSON.stringify([gateway, at.id, counted, key]), measure: counted }];
  });
  const counts = asks.length === 0 ? [] : ((await shared?.count(asks)) ?? []);
  return elsewhere.map((one, at) => {
    const { limit } = one;
    const count = counts[at] ?? "away";
    if (count === "alone" || (count === "away" && limit.shared?.otherwise === "local")) return [one, here(one)];
    const ask = asks[at];
    if (count === "away" || ask === undefined) return [one, { limit, standing: undefined, passes: false, undo: () => {} }];
    const { passes, lease } = count;
    const taken = lease === undefined ? ask : { ...ask, lease };
    const undo = (): void => void (passes && shared?.giveBack([taken]));
    const standing = standingElsewhere(limit.measure, count, instant);
    return [one, { limit, standing, passes, undo, ...(lease === undefined ? {} : { leased: taken }) }];
  });
}

function fieldsOf(asked: readonly Answered[], counts: boolean): readonly HeaderField[] {
  const named = (text: (standing: Standing) => string): string =>
    asked.flatMap(({ limit, standing }) => (standing ? [`"${limit.name}"${text(standing)}`] : [])).join(", ");
  const policies = named(({ policy }) => policy);
  return policies === ""
    ? []
    : [
        ["ratelimit-policy", policies],
        ["ratelimit", named(({ left }) => left(counts))],
      ];
}

/** All that refuse are named, the first says why. */
function refusalBy(refusing: readonly Answered[]): Admission["refused"] {
  const [first] = refusing;
  const waits = refusing.map(({ standing }) => (standing ? seconds(standing.wait) : 5n));
  return {
    cause: first?.standing ? causeOf(first.limit) : "limits-unavailable",
    sites: refusing.map(({ limit }) => String(limit.site)),
    retryAfter: waits.reduce((longest, wait) => (wait > longest ? wait : longest), 1n),
  };
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

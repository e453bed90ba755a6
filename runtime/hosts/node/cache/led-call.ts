/**
 * One call of a backend whose answer may be kept: what came of it, decided at its head. Promises: what is passed on to the client meanwhile is
 * passed on as it comes; only what is kept, or makes way for what is kept, is held back.
 */
import { type BackendAnswer, askedAnew } from "../../../cache/backend-question.ts";
import { keepingOf } from "../../../cache/keeping.ts";
import { mayStandIn, type StoredAnswer } from "../../../cache/stored-answer.ts";
import { isAboutStored, renewedFields, validatorsOf } from "../../../cache/validation.ts";
import type { CachePlan } from "../../../contract/cache.ts";
import type { HeaderField } from "../../../contract/gateway.ts";
import { responseFields } from "../../../kernel/response-fields.ts";
import type { Exchange, HostedBackend } from "../host.ts";
import type { HostFault } from "../host-fault.ts";
import { collect } from "../upstream/collect.ts";
import type { Incoming } from "../upstream/transport.ts";

/**
 * `kept`: held back, to be given and, where it `keeps`, to be kept; `status`: what the backend said; `tellsAge`: it came out of another cache. `failed`: held back or never there, and what is kept may stand in. `fault`: there is no answer.
 * `other`: the backend says that something else is unchanged. `passed`: the client has it, or has left.
 */
export type Led =
  | { readonly kind: "kept"; readonly stored: StoredAnswer; readonly status: number; readonly keeps: boolean; readonly tellsAge: boolean }
  | { readonly kind: "failed"; readonly status?: number }
  | { readonly kind: "fault"; readonly fault: HostFault }
  | { readonly kind: "other" }
  | { readonly kind: "passed" };

export type Asked = {
  readonly exchange: Exchange;
  /** With what the client is told beside, if it is passed on. */
  readonly answer: BackendAnswer;
  readonly plan: CachePlan;
  readonly backend: HostedBackend;
  /** No longer fresh; absent: nothing is kept. */
  readonly stale: StoredAnswer | undefined;
  /** As soon as it is known that the answer is for this client only. */
  readonly onAlone: () => void;
  /** Nobody waits for the answer: one that is not kept is thrown away. */
  readonly isDetached?: boolean;
};

const failures: ReadonlySet<number> = new Set([500, 502, 503, 504]);
const unchanged = { responseHeaders: [] } as const;

export async function led({ exchange, answer, plan, backend, stale, onAlone, isDetached = false }: Asked): Promise<Led> {
  const now = (): number => exchange.host.world.now();
  const validators = stale === undefined ? [] : validatorsOf(stale.fields);
  const asked = now();
  let result: Led = { kind: "passed" };

  const alone = (incoming: Incoming): Incoming | undefined => {
    onAlone();
    return isDetached ? undefined : incoming;
  };
  const seen = async (incoming: Incoming, progress: () => void): Promise<Incoming | undefined> => {
    const { status, rawHeaders } = incoming;
    const came = now();
    const fields = status < 200 ? undefined : responseFields(rawHeaders, unchanged);
    if (fields === undefined) return alone(incoming);
    if (status === 304 && stale !== undefined && validators.length > 0) {
      await collect(incoming, 0, progress);
      result = isAboutStored(stale.fields, fields) ? renewed(stale, fields, plan, { asked, came }) : { kind: "other" };
      return undefined;
    }
    if (failures.has(status) && stale !== undefined && mayStandIn(stale, came)) {
      result = { kind: "failed", status };
      return undefined;
    }
    const keeping = keepingOf(plan, { status, fields, asked, came });
    if (keeping === undefined || declaredLength(fields) > plan.mostBytes) return alone(incoming);
    const read = await collect(incoming, plan.mostBytes, progress);
    if (read.kind === "longer") return alone(read.incoming);
    const stored = { ...keeping, status, fields: keptFields(fields, read.body), body: read.body };
    result = { kind: "kept", stored, status, keeps: true, tellsAge: hasAge(fields) };
    return undefined;
  };
  const failed = (fault: HostFault): void => {
    result = stale !== undefined && mayStandIn(stale, now()) ? { kind: "failed" } : { kind: "fault", fault };
  };
  exchange.watch = { seen, failed };
  try {
    await backend.carry(exchange, askedAnew(answer, validators));
  } finally {
    exchange.watch = undefined;
  }
  return result;
}

/** What was kept, as good as new. Where the backend says now that it must not be kept, it is given this once. */
function renewed(stale: StoredAnswer, said: readonly HeaderField[], plan: CachePlan, when: { asked: number; came: number }): Led {
  const fields = renewedFields(stale.fields, said);
  const keeping = keepingOf(plan, { status: stale.status, fields, ...when });
  const stored = { ...stale, ...keeping, fields: withoutAge(fields) };
  return { kind: "kept", stored, status: 304, keeps: keeping !== undefined, tellsAge: hasAge(said) };
}

function hasAge(fields: readonly HeaderField[]): boolean {
  return fields.some(([name]) => name === "age");
}

/** Its length is what came, and its age is told anew each time. */
function keptFields(fields: readonly HeaderField[], body: Uint8Array): readonly HeaderField[] {
  const own = withoutAge(fields).filter(([name]) => name !== "content-length");
  return body.length === 0 ? own : [...own, ["content-length", String(body.length)]];
}

function withoutAge(fields: readonly HeaderField[]): readonly HeaderField[] {
  return fields.filter(([name]) => name !== "age");
}

function declaredLength(fields: readonly HeaderField[]): number {
  return Number(fields.find(([name]) => name === "content-length")?.[1] ?? 0);
}

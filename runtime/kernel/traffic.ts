/** Limits of traffic as the kernel knows them: a handler whose program has some brings what counts. */
import type { Answer, Cause, HeaderField } from "../contract/gateway.ts";
import type { GatewayRequest } from "../contract/request.ts";
import type { TableData } from "../contract/table-data.ts";
import type { World } from "../contract/world.ts";
import type { Call } from "./call.ts";

export type StartTraffic = (data: TableData) => Traffic;

/** Counts the call at all limits of its route, or, where one refuses it, at none. Asked once for each call that access rules let through. */
export type Traffic = (call: Call, limits: RouteLimits, request: GatewayRequest, world: World) => Admission | Promise<Admission>;

/** `numbers`: of the limits, in the order of asking. `keys`: what each counts by, where it has a key. `placed`: of plans, those that may hold here. */
export type RouteLimits = {
  readonly numbers: readonly number[];
  readonly keys: readonly (((call: Call) => unknown) | undefined)[];
  readonly placed: readonly { readonly number: number; readonly holds: (call: Call) => boolean }[];
};

/** `fields`: what the answer says of the limits. */
export type Admission = { readonly fields: readonly HeaderField[]; readonly refused?: Surplus };

/** A call that is too many. `keys`: of the limits that say so, sorted. */
export type Surplus = { readonly cause: Cause; readonly keys: readonly string[]; readonly facts: { readonly retryAfter: number } };

/** Behind all other fields. */
export function withLimitFields(answer: Answer, fields: readonly HeaderField[]): Answer {
  if (fields.length === 0) return answer;
  if (answer.kind === "local") return { ...answer, headers: [...answer.headers, ...fields] };
  const responseHeaders = [...answer.responseHeaders];
  for (const [name, value] of fields) responseHeaders.push([name, [value]]);
  return { ...answer, responseHeaders };
}

const none: readonly never[] = [];

/** Once for each route. */
export function limitsOfRoute(data: LimitedData, code: LimitedCode): RouteLimits {
  const { traffic, planLimits } = data;
  if (traffic === undefined && planLimits === undefined) return unlimited;
  const holds = code.planWheres ?? none;
  return {
    numbers: traffic ?? none,
    keys: code.limitKeys ?? none,
    placed: (planLimits ?? none).map((number, at) => ({ number, holds: holds[at] ?? never })),
  };
}

type LimitedData = { readonly traffic?: readonly number[]; readonly planLimits?: readonly number[] };
type LimitedCode = { readonly limitKeys?: RouteLimits["keys"]; readonly planWheres?: readonly ((call: Call) => boolean)[] };

const unlimited: RouteLimits = { numbers: none, keys: none, placed: none };
const never = (): boolean => false;

/**
 * An identity of a started gateway, whatever its kind. A kind is a function from its row in the tables to one of these; the
 * kernel knows no kind, and handlers bring those that they use.
 */
import type { GatewayRequest } from "../contract/request.ts";
import type { IdentityData } from "../contract/identity-data.ts";
import type { Verification } from "../contract/verification.ts";
import type { Configuration, World } from "../contract/world.ts";
import type { Call } from "./call.ts";

export type RunningIdentity = {
  /**
   * Looks for the caller's credential and checks it. Answers at once wherever nothing has to be asked of the outside. Never throws and never
   * rejects. Credentials are judged at `call.now`, the instant that rules see.
   */
  readonly verify: (call: Call, request: GatewayRequest, world: World) => Verification | Promise<Verification>;
  /** What a 401 says of it (RFC 9110 section 11.6.1). */
  readonly challenge: (call: Call) => string;
};

/** What the start brings: the late values of the identity by setting, the program's secrets by index. Undefined: reported already. */
export type IdentityBrought = {
  readonly late: Readonly<Record<string, readonly unknown[]>>;
  readonly secrets: readonly (string | undefined)[];
  /** Their variables, as whoever starts the gateway knows them. */
  readonly secretNames: readonly string[];
  /** The environment, declared or not: what AWS calls region and the like is read from there. */
  readonly variables: Configuration["variables"];
  /** `arn:aws:execute-api:eu-west-1:111122223333:abc123` */
  readonly api: string;
};

export type StartIdentity<Data extends IdentityData> = (data: Data, brought: IdentityBrought, problems: string[]) => RunningIdentity;
export type IdentityKinds = { readonly [Kind in IdentityData["kind"]]?: StartIdentity<Extract<IdentityData, { kind: Kind }>> };

export function startIdentity(data: IdentityData, kinds: IdentityKinds, brought: IdentityBrought, problems: string[]): RunningIdentity {
  // INVARIANT: each kind starts its own rows, which the type of the table grants.
  const start = kinds[data.kind] as StartIdentity<IdentityData> | undefined;
  if (start === undefined) throw new Error(`the handler brings no identities of kind ${data.kind}`);
  return start(data, brought, problems);
}

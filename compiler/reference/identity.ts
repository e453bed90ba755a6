/** An identity that the start has bound, whatever its kind: looks for its credential in a call and says who that proves. */
import type { Principal } from "../../runtime/contract/gateway.ts";
import type { GatewayRequest } from "../../runtime/contract/request.ts";
import type { Configuration, World } from "../../runtime/contract/world.ts";
import type { PolicyFile } from "../model/iam.ts";
import type { Expr } from "../model/expression.ts";
import type { CanonicalRequest } from "./canonical-request.ts";
import type { Caller, Scene } from "./scene.ts";

/** All that a credential may depend on. */
export type Presented = {
  readonly request: CanonicalRequest;
  readonly raw: GatewayRequest;
  readonly client: string;
  /** Bytes that a body may have. */
  readonly limit: number;
  /** As rules see the request, before anybody is known. */
  readonly scene: Scene;
  /** Milliseconds since 1970 UTC: the instant that rules see. */
  readonly now: number;
  readonly world: World;
};

/** `principal` as outcomes show it, `caller` as rules see it. `withheld`: what of the credential no backend gets. */
export type Verified = { readonly principal: Principal; readonly caller: Caller; readonly withheld?: Withheld };
/** `body-too-large` and `incomplete-body`: the credential covers the body. The last three are of authorizers: who says no, gives no answer, or cannot be asked. */
export type Unverified =
  | "absent"
  | "invalid"
  | "keys-unavailable"
  | "body-too-large"
  | "incomplete-body"
  | "authorizer-denied"
  | "authorizer-failed"
  | "target-too-long";
/** `why` is for `explain`: never shown to the client. */
export type Unproven = { readonly cause: Unverified; readonly why: string };
/** Fields by name, and the query that is left, if any is. */
export type Withheld = { readonly headers: readonly string[]; readonly query: string | undefined };

export type BoundIdentity = {
  readonly name: string;
  readonly verify: (presented: Presented) => Promise<Verified | Unverified | Unproven>;
  /** RFC 9110 section 11.6.1. */
  readonly challenge: (presented: Presented) => string;
};

/** What the start has for identities: late values, secrets, and an ear for problems. */
export type Binder = {
  readonly text: (expr: Expr) => string;
  readonly secrets: Readonly<Record<string, string>>;
  /** The environment, declared or not. */
  readonly variables: Configuration["variables"];
  readonly stage: string | undefined;
  /** Of the gateway. */
  readonly gateway: string;
  /** IAM documents of the program, by number. */
  readonly documents: readonly PolicyFile[];
  readonly report: (problem: string) => void;
};

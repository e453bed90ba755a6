/** What an expression comes to. */
import type { Value } from "../model/types.ts";
import type { AddressTest } from "./membership.ts";

/** A network is known by the question that it answers. */
export type Result = Value | AddressTest | undefined;

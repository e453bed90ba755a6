/** The requests that a program brings along, and what must become of them. */
import type { Span } from "../../grammar/source/span.ts";
import type { Value } from "./types.ts";

/** One request of a `test`; a table gives one case a row. */
export type TestCase = {
  readonly name: string;
  readonly span: Span;
  readonly request: TestRequest;
  readonly expect: TestExpectation;
};
export type TestRequest = {
  readonly method: string;
  /** Path and query as on the request line. */
  readonly target: string;
  /** Canonical text; without one: a documentation address that is in no network, `192.0.2.1`. */
  readonly from: string;
  /** The entry that it comes by; without one the gateway's own `listen`. */
  readonly via?: string;
  readonly as: readonly { readonly identity: string; readonly claims: Readonly<Record<string, Value>> }[];
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: Value;
  /** Milliseconds since 1970 UTC. */
  readonly at?: number;
  readonly stage?: string;
  /** So many calls are made, all alike; the last one counts. Absent: one. */
  readonly times?: number;
};
export type TestExpectation = {
  readonly outcome: "allow" | "deny" | { readonly status: number };
  /**
   * Any of these sites in the key of a determining rule, or a key that begins with one of these uses (`4/7`); `default`: denied with no
   * rule. Absent: whoever decided.
   */
  readonly by?: "default" | { readonly sites: readonly number[]; readonly uses: readonly string[]; readonly label: string };
};

/** What the panel, the test view and the request form show, as plain data. Promises: as `answers.ts`. */
import type { Range } from "./places.ts";

/** A `test` of a program. `id` stays the same while the file, the name and the order of equal names do. */
export type TestItem = {
  readonly id: string;
  readonly name: string;
  readonly range: Range;
  /** Requests of the block, or rows of its table, in order. */
  readonly cases: readonly { readonly label: string; readonly range: Range }[];
};
export type TestRun = {
  readonly id: string;
  readonly name: string;
  readonly range: Range;
  readonly isPassed: boolean;
  readonly milliseconds: number;
  readonly failures: readonly TestFailure[];
};
export type TestFailure = {
  /** One sentence. */
  readonly message: string;
  readonly range: Range;
  readonly stage?: string;
  /** For a diff. */
  readonly expected: string;
  readonly actual: string;
  /** Rules that decided. */
  readonly decidedBy: readonly PlacedRule[];
};

/** A rule as people find it again. `through` are the uses and applies that brought it, outermost first. */
export type PlacedRule = {
  readonly label: string;
  readonly range: Range;
  readonly through: readonly { readonly label: string; readonly range: Range }[];
};

/** Gateway, apis, groups and routes. `who` may call, in one sentence, where the program has no error. */
export type RouteTree = {
  readonly kind: "gateway" | "api" | "group" | "route";
  /** `shop`, `orders`, `/v2`, `GET /orders/{id}` */
  readonly label: string;
  readonly range: Range;
  readonly who?: string;
  readonly children: readonly RouteTree[];
};

/** One row for each (who, from where) that is decided differently. */
export type DecisionTable = {
  /** `GET /orders/{id}` */
  readonly route: string;
  readonly range: Range;
  readonly who: string;
  readonly rows: readonly DecisionRow[];
};
export type DecisionRow = {
  /** An identity, or "nobody". */
  readonly caller: string;
  /** "anywhere", "office", "not office, vpn": networks in words; `example` is an address of them. */
  readonly from: string;
  readonly example: string;
  readonly verdict: "allowed" | "denied" | "depends";
  /** Conditions that the verdict depends on, and what decides. */
  readonly rules: readonly (PlacedRule & { readonly effect: "allow" | "deny" | "require"; readonly when: string })[];
};

/** A request as the form has it. */
export type TriedCall = {
  readonly method: string;
  readonly target: string;
  readonly from?: string;
  readonly as?: { readonly identity: string; readonly claims: Readonly<Record<string, unknown>> };
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** JSON. */
  readonly body?: unknown;
  /** `2026-01-31T08:00:00Z`; without it a Monday at noon. */
  readonly at?: string;
  readonly stage?: string;
};
export type TriedAnswer =
  /** `why`: a sentence for whoever filled the form in. */
  | { readonly ok: false; readonly why: string }
  | {
      readonly ok: true;
      readonly isAllowed: boolean;
      /** Of a local answer. */
      readonly status?: number;
      /** Of one that goes on. */
      readonly backend?: string;
      readonly cause: string;
      readonly route?: string;
      readonly phases: readonly TriedPhase[];
      readonly notAsked: readonly TriedRule[];
    };
export type TriedPhase = { readonly name: string; readonly happened: string; readonly rules: readonly TriedRule[] };
export type TriedRule = PlacedRule & {
  readonly effect: "allow" | "deny" | "require";
  readonly condition: "true" | "false" | "not asked";
  readonly decided: boolean;
};
/** `claims` that are needed have no `?` at the end of their type. */
export type CallForm = {
  readonly identities: readonly { readonly name: string; readonly claims: readonly { readonly name: string; readonly type: string }[] }[];
  readonly stages: readonly string[];
  readonly routes: readonly string[];
};

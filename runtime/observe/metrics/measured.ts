/** What a gateway's figures are told apart by, all of it known when it starts: nothing that a client sends is among it. */
import type { HostMeasured, MeasuredLimit } from "../../contract/observe.ts";
import type { Labels } from "./families.ts";
import { type Numbering, numbering } from "./numbering.ts";

export type Measured = {
  readonly routes: Numbering;
  /** `{ api, route, version }` of a route by number; empty texts for calls that no route takes. */
  readonly ofRoute: (route: number) => Labels;
  /** Kinds of callers: `Customer`, `Partner and Mtls`; 0: nobody, which is told as `none`. */
  readonly callers: Numbering;
  /** In the order of the program. */
  readonly limits: readonly MeasuredLimit[];
  /** On every figure. */
  readonly always: Labels;
};

export function measured({ gateway, stage, routes, callers, limits = [] }: HostMeasured): Measured {
  const always = { gateway, ...(stage === undefined ? {} : { stage }) };
  const labels = routes.map(
    ({ key, api = "", version }): Labels => ({
      ...always,
      api,
      route: key,
      version: version === undefined ? "" : String(version),
    }),
  );
  const unknown = { ...always, api: "", route: "", version: "" };
  return {
    routes: numbering(routes.map(({ key }) => key)),
    ofRoute: (route) => labels[route - 1] ?? unknown,
    callers: numbering(callers),
    limits,
    always,
  };
}

/** How a caller is called among kinds of callers. */
export function callerName(principal: { readonly identity: string; readonly and?: readonly { readonly identity: string }[] }): string {
  const { identity, and } = principal;
  return and === undefined ? identity : [identity, ...and.map((other) => other.identity)].join(" and ");
}

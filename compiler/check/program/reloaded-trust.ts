/** Whose word counts must stand when the gateway is built: no list that is read again says who may say who calls (D351). */
import { type Diagnostic, finding } from "../../../grammar/source/diagnostic.ts";
import { reloadedTrust } from "../../constructs/core/network/reload.diagnostics.ts";
import { childrenOf } from "../../model/expression-children.ts";
import type { Expr } from "../../model/expression.ts";
import type { Survey } from "./rules-in-force.ts";

export function checkReloadedTrust({ program: { gateway, entries, networks } }: Survey): readonly Diagnostic[] {
  const reloaded = new Map(networks.flatMap((network) => (network.reload === undefined ? [] : [[network.name, network] as const])));
  if (reloaded.size === 0) return [];
  const among = (what: string, trusted: readonly Expr[] = []): readonly Diagnostic[] =>
    trusted.flatMap(namedIn).flatMap(({ name, span }) => {
      const network = reloaded.get(name);
      const related = network && [{ span: network.span, message: "declared here" }];
      return related === undefined ? [] : [finding(reloadedTrust, span, { name, what }, related)];
    });
  return [
    ...among("`trust proxies`", gateway?.trustProxies),
    ...among("`trust request_ids`", gateway?.trustRequestIds),
    ...among("`trust traces`", gateway?.trustTraces),
    ...entries.flatMap(({ door }) => (door.kind === "listener" ? among("`proxy_protocol`", door.balancers) : [])),
  ];
}

function namedIn(expr: Expr): readonly Extract<Expr, { readonly op: "network" }>[] {
  return expr.op === "network" ? [expr] : childrenOf(expr).flatMap(namedIn);
}

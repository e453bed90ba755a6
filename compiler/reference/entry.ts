/**
 * Doors (D170): which entry a request came by, and whether its policy lets it in. A policy is the decision rule again: any true deny or
 * false require refuses, otherwise a true allow lets in, otherwise nothing does.
 */
import type { HostEntry } from "../../runtime/contract/gateway.ts";
import type { EntryArrival } from "../../runtime/contract/request.ts";
import type { Expr } from "../model/expression.ts";
import type { Entry, Program } from "../model/program.ts";
import { type EffectiveRule, statedRules } from "./effective-rules.ts";
import { evaluate } from "./evaluate.ts";
import { networkOf } from "./membership.ts";
import { parseAddress } from "./address.ts";
import type { PlacedRoute } from "./placed-route.ts";
import type { Bound, EntryFacts } from "./scene.ts";
import { isText } from "./values.ts";

export type BoundEntry = { readonly entry: Entry; readonly host: HostEntry };
type Report = (problem: string) => void;

export function bindEntries(program: Program, bound: Bound, report: Report): readonly BoundEntry[] {
  const entries = program.entries.map((entry) => ({ entry, host: bindEntry(entry, bound, report) }));
  const ids = entries.flatMap(({ host }) => (host.kind === "endpoint" ? [`${host.via ?? ""} ${host.vpce}`] : []));
  if (new Set(ids).size < ids.length) report("two entries have the same `vpce`");
  return entries;
}

function bindEntry({ name, door }: Entry, bound: Bound, report: Report): HostEntry {
  const text = (expr: Expr): string => {
    const value = evaluate(expr, bound, undefined);
    if (!isText(value) || value === "") report(`a setting of the entry \`${name}\` is empty`);
    return isText(value) ? value : "";
  };
  if (door.kind === "endpoint") {
    const { via, vpce, vpc } = door;
    return { kind: "endpoint", name, ...(via && { via }), vpce: text(vpce), ...(vpc && { vpc: text(vpc) }) };
  }
  const { at, tls, mtls } = door;
  const balancers = door.balancers.map((network) => networkOf(evaluate(network, bound, undefined)));
  const isBalancer = (peer: string): boolean => {
    const address = parseAddress(peer);
    return address !== undefined && balancers.some((holds) => holds(address));
  };
  return {
    kind: "listener",
    name,
    at: at.kind === "socket" ? { kind: "socket", path: text(at.path) } : { kind: "port", port: portAt(at.port, bound, report) },
    ...(tls && { tls: { certificate: text(tls.certificate), key: text(tls.key) } }),
    ...(mtls && { mtls: { truststore: text(mtls.truststore), depth: mtls.depth } }),
    ...(balancers.length > 0 && { isBalancer }),
  };
}

export function portAt(expr: Expr, bound: Bound, report: Report): number {
  const port = evaluate(expr, bound, undefined);
  const isPort = typeof port === "number" && Number.isInteger(port) && port >= 0 && port <= 65535;
  if (!isPort) report("`listen` is not a port");
  return isPort ? port : 0;
}

/** Who arrives with the id of a VPC endpoint comes by the entry of that id or by none. */
export function entryOf(entries: readonly BoundEntry[], { listener, vpce }: EntryArrival): BoundEntry | undefined {
  return entries.find(({ host }) => {
    if (vpce === undefined) return host.kind === "listener" && host.name === listener;
    return host.kind === "endpoint" && host.via === listener && host.vpce === vpce;
  });
}

/** `peer`: canonical text. */
export function entryFacts({ host }: BoundEntry, peer: string): EntryFacts {
  if (host.kind === "listener") return { name: host.name };
  return { name: host.name, vpce: host.vpce, ...(host.vpc !== undefined && { vpc: host.vpc }), vpcIp: peer };
}

export function rulesOfEntry(program: Program, { entry }: BoundEntry, placed: PlacedRoute, bound: Bound): readonly EffectiveRule[] {
  return statedRules(program, entry.access, placed, bound);
}

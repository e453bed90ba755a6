/**
 * Names asked of DNS itself, for who wants the records' own times, name servers of their own, or services (RFC 2782), as AWS Cloud Map and Consul
 * publish them. Promises an answer or a failure within seconds.
 */
import { promises } from "node:dns";
import type { DnsRule } from "../../../contract/http-traffic.ts";
import type { FoundAddress, Resolve } from "./endpoint-source.ts";

/** Milliseconds. */
const patience = { timeout: 1_000, tries: 2 };
const shortest = 1_000;
const longest = 60_000;
/** Node does not tell how long SRV records are good. */
const goodForService = 10_000;
/** RFC 2782: beside servers that have a weight one of weight 0 is to be called very seldom. */
const seldom = 0.01;

type Answer = { readonly addresses: readonly string[]; readonly goodFor: number };

/** `servers`: `ADDRESS[:PORT]`; empty: the system's. */
export function resolveByDns({ service, every }: DnsRule, servers: readonly string[]): Resolve {
  const resolver = new promises.Resolver(patience);
  if (servers.length > 0) resolver.setServers([...servers]);
  const addresses = async (name: string): Promise<Answer> => {
    const both = await Promise.allSettled([resolver.resolve4(name, { ttl: true }), resolver.resolve6(name, { ttl: true })]);
    const found = both.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
    if (found.length === 0) throw new Error(`${name} has no address`);
    const goodFor = every ?? bounded(1_000 * Math.min(...found.map(({ ttl }) => ttl)));
    return { addresses: found.map(({ address }) => address), goodFor };
  };
  /** Of those that are to be called first; several addresses of one server share its weight. */
  const ofService = async (name: string): ReturnType<Resolve> => {
    const records = await resolver.resolveSrv(name);
    const first = Math.min(...records.map(({ priority }) => priority));
    const called = records.filter(({ priority }) => priority === first);
    const named = await Promise.allSettled(called.map(async (one) => ({ ...one, ...(await addresses(one.name)) })));
    const known = named.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
    const areWeighed = known.some(({ weight }) => weight > 0);
    const found = known.flatMap(({ port, weight, addresses: all }): readonly FoundAddress[] => {
      const share = areWeighed ? Math.max(weight, seldom) : 1;
      return all.map((address) => ({ address, port, weight: share / all.length }));
    });
    if (found.length === 0) throw new Error(`no server of ${name} has an address`);
    return { found, goodFor: every ?? goodForService };
  };
  return async ({ hostname, port }) => {
    if (service) return ofService(hostname);
    const { addresses: all, goodFor } = await addresses(hostname);
    return { found: all.map((address) => ({ address, port })), goodFor };
  };
}

function bounded(milliseconds: number): number {
  return Math.min(longest, Math.max(shortest, milliseconds));
}

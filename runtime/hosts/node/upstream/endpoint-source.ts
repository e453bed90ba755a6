/**
 * The addresses of a backend. Promises: all addresses of a name are called; names are asked again while calls come, never on the way of one; an
 * answer that was good serves until there is a better one, so a name server that is away takes no backend with it.
 */
import { lookup } from "node:dns";
import { type Endpoint, endpoint, type Target } from "./endpoint.ts";

/** Rejects where the name has no address. `goodFor` in milliseconds. */
export type Resolve = (target: Target) => Promise<{ readonly found: readonly FoundAddress[]; readonly goodFor: number }>;
/** `weight`: above 0; absent: 1. */
export type FoundAddress = { readonly address: string; readonly port: number; readonly weight?: number };

export type EndpointSource = {
  /** Waits only as long as nothing at all is known. Empty: no name has an address. */
  readonly current: () => readonly Endpoint[] | Promise<readonly Endpoint[]>;
};

/** Of the system's own resolver, which does not say how long an answer is good. */
const goodForUnsaid = 5_000;
const pauseAfterFailure = 1_000;

type Named = { readonly target: Target; endpoints: readonly Endpoint[]; goodUntil: number; asking: Promise<void> | undefined };

export function endpointSource(targets: readonly Target[], resolve: Resolve, isFixed: (target: Target) => boolean): EndpointSource {
  const named = targets.map((target): Named => {
    const isKnown = isFixed(target);
    const endpoints = isKnown ? [endpoint(target, target.hostname, target.port)] : [];
    return { target, endpoints, goodUntil: isKnown ? Number.POSITIVE_INFINITY : 0, asking: undefined };
  });
  const asked = named.filter(({ goodUntil }) => goodUntil === 0);
  let all = named.flatMap(({ endpoints }) => endpoints);
  let goodUntil = asked.length === 0 ? Number.POSITIVE_INFINITY : 0;
  const ask = async (name: Named): Promise<void> => {
    try {
      const { found, goodFor } = await resolve(name.target);
      name.endpoints = merged(name, found);
      name.goodUntil = performance.now() + goodFor;
    } catch {
      name.goodUntil = performance.now() + pauseAfterFailure;
    }
    name.asking = undefined;
    all = named.flatMap(({ endpoints }) => endpoints);
    goodUntil = Math.min(...named.map((one) => one.goodUntil));
  };
  const firstAnswer = async (): Promise<readonly Endpoint[]> => {
    await Promise.all(asked.map(({ asking }) => asking ?? Promise.resolve()));
    return all;
  };
  return {
    current: () => {
      const now = performance.now();
      if (now < goodUntil) return all;
      const due = asked.filter((name) => name.goodUntil <= now);
      for (const name of due) name.asking ??= ask(name);
      return all.length > 0 ? all : firstAnswer();
    },
  };
}

/** Addresses that stay keep what is known of them; their weights are the new ones. */
function merged({ target, endpoints }: Named, found: readonly FoundAddress[]): readonly Endpoint[] {
  return found.map(({ address, port, weight = 1 }) => {
    const known = endpoints.find((one) => one.address === address && one.port === port);
    if (known !== undefined) known.weight = weight;
    return known ?? endpoint(target, address, port, weight);
  });
}

/** As the system finds names: hosts file, search domains and all. */
export function resolveBySystem(target: Target): ReturnType<Resolve> {
  return new Promise((resolve, reject) => {
    lookup(target.hostname, { all: true, order: "verbatim" }, (error, addresses) => {
      if (error) reject(error);
      else resolve({ found: addresses.map(({ address }) => ({ address, port: target.port })), goodFor: goodForUnsaid });
    });
  });
}

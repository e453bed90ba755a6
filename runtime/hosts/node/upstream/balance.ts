/** Which of the addresses that may be called is called next. Pure but for the turn that is kept. */
import type { Endpoint } from "./endpoint.ts";

/** `among` is not empty. */
export type Choose = (among: readonly Endpoint[], key: string | undefined) => Endpoint | undefined;

export function chooser(balance: "least_requests" | "hash" | undefined): Choose {
  let turn = 0;
  const round: Choose = (among) => (areAlike(among) ? among[turn++ % among.length] : mostBehind(among));
  switch (balance) {
    case undefined:
      return round;
    case "least_requests":
      return (among) => leastBusy(among, turn++);
    case "hash":
      return (among, key) => (key === undefined ? round(among, key) : owner(among, key));
    default:
      return balance satisfies never;
  }
}

function areAlike(among: readonly Endpoint[]): boolean {
  const weight = among[0]?.weight;
  for (const one of among) if (one.weight !== weight) return false;
  return true;
}

/** Turns by weight, spread out as evenly as can be: each gets its share on account, and who has most on it pays for the call. */
function mostBehind(among: readonly Endpoint[]): Endpoint | undefined {
  let best: Endpoint | undefined;
  let all = 0;
  for (const one of among) {
    all += one.weight;
    one.behind += one.weight;
    if (best === undefined || one.behind > best.behind) best = one;
  }
  if (best !== undefined) best.behind -= all;
  return best;
}

/** For its weight, with the call that is to be given; of equally busy ones another each time. */
function leastBusy(among: readonly Endpoint[], turn: number): Endpoint | undefined {
  let best: Endpoint | undefined;
  for (let at = 0; at < among.length; at++) {
    const one = among[(turn + at) % among.length];
    if (one !== undefined && (best === undefined || (one.running + 1) * best.weight < (best.running + 1) * one.weight)) best = one;
  }
  return best;
}

/**
 * Rendezvous hashing (Thaler and Ravishankar), by weight (Schindelhauer and Schomaker): who goes takes only its own keys along, and who comes takes its
 * share of all.
 */
function owner(among: readonly Endpoint[], key: string): Endpoint | undefined {
  let best: Endpoint | undefined;
  let most = -1;
  for (const one of among) {
    const drawn = (hashOf(`${key}\n${one.address}\n${one.port}`) + 0.5) / 2 ** 32;
    const score = one.weight / -Math.log(drawn);
    if (score > most) {
      most = score;
      best = one;
    }
  }
  return best;
}

/** FNV-1a over code units, then the finalizer of MurmurHash3, so that texts that differ at their end only differ everywhere. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

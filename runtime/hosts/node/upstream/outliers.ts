/**
 * Addresses that fail calls get none for a while. Promises: never more than a share of all are left out, each time for longer; one good call
 * and an address is as good as any.
 */
import type { OutlierRule } from "../../../contract/http-traffic.ts";
import type { Endpoint } from "./endpoint.ts";

const longest = 10;

/** Whether the address is left out from here on. */
export function learn(rule: OutlierRule, one: Endpoint, all: readonly Endpoint[], isGood: boolean, now: number): boolean {
  if (isGood) {
    one.failures = 0;
    if (one.ejectedUntil <= now) one.ejections = 0;
    return false;
  }
  if (++one.failures < rule.failures || one.ejectedUntil > now) return false;
  const out = all.filter(({ ejectedUntil }) => ejectedUntil > now).length;
  if (out + 1 > Math.floor(all.length * rule.share)) return false;
  one.failures = 0;
  one.ejections = Math.min(longest, one.ejections + 1);
  one.ejectedUntil = now + rule.time * one.ejections;
  return true;
}

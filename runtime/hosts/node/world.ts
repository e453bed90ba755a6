/** The real world of a production gateway: this machine's clock, chance, crypto and network. */
import { randomFillSync } from "node:crypto";
import type { HostStore } from "../../contract/shared-counts.ts";
import type { World } from "../../contract/world.ts";
import { ask } from "./ask.ts";
import { hashing } from "./hashing.ts";
import type { NodeParts } from "./parts.ts";
import { publishedKeys } from "./published-keys.ts";
import { verifyPassword } from "./verify-password.ts";
import { verifySignature } from "./verify-signature.ts";

/** What is not handed over is nowhere to be had. `stores`: of the gateway. */
export function nodeWorld(parts: NodeParts = {}, stores: readonly HostStore[] = []): World {
  const { signedXml = () => undefined, awsCredentials = () => nothing, redisStores, decode } = parts;
  const shared = stores.length === 0 ? undefined : redisStores?.(stores);
  return {
    now: Date.now,
    requestId: requestIds(),
    verify: verifySignature,
    signedXml,
    ...publishedKeys(ask, () => performance.now()),
    ...hashing,
    verifyPassword,
    ask,
    chance: Math.random,
    hasStopped: () => false,
    awsCredentials: awsCredentials(),
    ...(decode === undefined ? {} : { decode }),
    ...(shared === undefined ? {} : { shared }),
  };
}

const nothing = (): Promise<undefined> => Promise.resolve(undefined);

/**
 * Random bytes are drawn for 256 requests at once: a call into the system costs more than the id. They are written as text for 16, which then share one
 * string: few enough that a call that lasts holds little beside its id.
 */
function requestIds(): () => string {
  const pool = Buffer.alloc(16 * 256);
  let at = pool.length;
  let ids = "";
  let next = 0;
  return () => {
    if (next === ids.length) {
      if (at === pool.length) {
        randomFillSync(pool);
        at = 0;
      }
      at += 256;
      ids = pool.toString("hex", at - 256, at);
      next = 0;
    }
    next += 32;
    return ids.slice(next - 32, next);
  };
}

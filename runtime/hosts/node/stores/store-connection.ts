/**
 * One store, reached by the client of `@redis/client`: a server, a cluster, or what sentinels watch. Promises: connected from the start on and again
 * whenever the connection is lost; what cannot be asked now is said so at once, and nothing waits in a queue for better times.
 */
import { type CommandParser, createClient, createCluster, createSentinel, defineScript, RESP_TYPES } from "@redis/client";
import type { HostStore } from "../../../contract/shared-counts.ts";
import { countingScript } from "./counting-script.ts";
import { leaseScript } from "./lease-script.ts";

/** Each rejects where the store cannot be asked. */
export type StoreConnection = {
  readonly count: AskStore;
  /** Of calls under way. */
  readonly lease: AskStore;
  /** Of keys that are in one place of a cluster; null: nothing is there. */
  readonly read: (keys: readonly string[]) => Promise<readonly (Uint8Array | null)[]>;
  /** For so many milliseconds. */
  readonly write: (key: string, value: Uint8Array, time: number) => Promise<unknown>;
};
export type AskStore = (key: string, words: readonly string[]) => Promise<readonly [passes: number, amount: number]>;

const asking = {
  NUMBER_OF_KEYS: 1,
  parseCommand: (parser: CommandParser, key: string, words: readonly string[]): void => {
    parser.pushKey(key);
    for (const word of words) parser.push(word);
  },
  transformReply: (reply: unknown): readonly [number, number] => {
    const [passes, amount] = Array.isArray(reply) ? reply.map(Number) : [];
    if (passes === undefined || amount === undefined) throw new Error("the store gave no count");
    return [passes, amount];
  },
} as const;
const scripts = {
  count: defineScript({ SCRIPT: countingScript, ...asking }),
  lease: defineScript({ SCRIPT: leaseScript, ...asking }),
};

/** Milliseconds between two attempts to connect. */
const retryAfter = (attempts: number): number => Math.min(50 * 2 ** Math.min(attempts, 5), 1000);

type Connection = StoreConnection & { readonly connect: () => Promise<unknown> };

export function storeConnection(store: HostStore): StoreConnection {
  const connection = connectionTo(store);
  let connecting: Promise<unknown> | undefined;
  const connected = (): Promise<unknown> =>
    (connecting ??= connection.connect().catch((error: unknown) => {
      connecting = undefined;
      throw error;
    }));
  connected().catch(quietly);
  const { count, lease, read, write } = connection;
  const once =
    <Given extends unknown[], Result>(ask: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      await connected();
      return ask(...given);
    };
  return { count: once(count), lease: once(lease), read: once(read), write: once(write) };
}

/** What is kept is bytes. */
const asBytes = { [RESP_TYPES.BLOB_STRING]: Buffer };

/** What a server, a cluster and what sentinels watch have in common. */
type Values = {
  readonly mGet: (keys: string[]) => Promise<readonly (Buffer | null)[]>;
  readonly set: (key: string, value: Buffer, options: { expiration: { type: "PX"; value: number } }) => Promise<unknown>;
};

function valuesIn(values: Values): Pick<StoreConnection, "read" | "write"> {
  return {
    read: (keys) => values.mGet([...keys]),
    write: (key, value, time) =>
      values.set(key, Buffer.from(value.buffer, value.byteOffset, value.byteLength), { expiration: { type: "PX", value: time } }),
  };
}

type Counts = Pick<StoreConnection, "count" | "lease">;

/** The client's scripts are found by its own name. */
function countsIn(client: Counts): Counts {
  return { count: (key, words) => client.count(key, words), lease: (key, words) => client.lease(key, words) };
}

function connectionTo(store: HostStore): Connection {
  const { user, password, nodes, master = "" } = store;
  const isTls = nodes.some((node) => node.startsWith("rediss:"));
  const socket = { connectTimeout: 2000, reconnectStrategy: retryAfter, ...(isTls ? { tls: true as const } : {}) };
  const login = { ...(user === undefined ? {} : { username: user }), ...(password === undefined ? {} : { password }) };
  const shared = { ...login, disableOfflineQueue: true };
  switch (store.mode) {
    case "single": {
      const client = createClient({ url: nodes[0] ?? "", ...shared, scripts, socket });
      client.on("error", quietly);
      const values = valuesIn(client.withTypeMapping(asBytes));
      return { connect: () => client.connect(), ...countsIn(client), ...values };
    }
    case "cluster": {
      const cluster = createCluster({ rootNodes: nodes.map((url) => ({ url })), defaults: { ...shared, socket }, scripts });
      cluster.on("error", quietly);
      const values = valuesIn(cluster.withTypeMapping(asBytes));
      return { connect: () => cluster.connect(), ...countsIn(cluster), ...values };
    }
    case "sentinel": {
      const sentinelRootNodes = nodes
        .map((url) => new URL(url))
        .map(({ hostname, port }) => ({ host: hostname, port: Number(port === "" ? 26379 : port) }));
      const nodeClientOptions = { ...shared, socket };
      const sentinel = createSentinel({
        name: master,
        sentinelRootNodes,
        nodeClientOptions,
        scripts,
        reserveClient: true,
        scanInterval: 1000,
      });
      sentinel.on("error", quietly);
      const values = valuesIn(sentinel.withTypeMapping(asBytes));
      return { connect: () => sentinel.connect(), ...countsIn(sentinel), ...values };
    }
  }
}

/** A lost connection shows in what is asked next; without a listener it would end the process. */
function quietly(): void {
  // Nothing: the client connects again by itself.
}

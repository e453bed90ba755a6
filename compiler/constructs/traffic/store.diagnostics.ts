/** GWL4316 to GWL4320 and GWL4580: stores, and limits that are counted there. */
import { defineError } from "../../../grammar/source/diagnostic.ts";

export const storeKind = defineError<{ kind: string }>({
  code: "GWL4316",
  name: "store-kind",
  message: (h) => `\`${h.kind}\` is no kind of store`,
  help: () => "there is `redis`, for Redis and Valkey",
});
export const storeNodes = defineError({
  code: "GWL4317",
  name: "store-nodes",
  message: () => "a store is one server, one cluster, or what sentinels watch",
  help: () => 'write one of `url: "redis://..."`, `cluster: [...]`, or `sentinels: [...]` with `master: "NAME"`',
});
export const storeUrl = defineError<{ written: string }>({
  code: "GWL4318",
  name: "store-url",
  message: (h) => `\`${h.written}\` is no address of a store`,
  help: () => "an address is a text `redis://HOST:PORT`, with `rediss` for TLS, without a password; several stand in a list",
});
export const storePassword = defineError({
  code: "GWL4319",
  name: "store-password",
  message: () => "the password of a store is a secret, by its name",
  help: () => "declare `secret NAME: String` and write `password: NAME`",
});
export const storeTimeout = defineError({
  code: "GWL4320",
  name: "store-timeout",
  message: () => "a store gets from `1ms` to `10s` to answer",
  help: () => "each call that is counted there waits for it; `100ms` hold without one",
});
/** GWL4321 said that calls under way are not shared; now they are. */
export const storeLease = defineError({
  code: "GWL4580",
  name: "store-lease",
  message: () => "a call under way counts for `1s` to `10m` after its process is gone, and for three times `timeout` at least",
  help: () =>
    "`15s` hold without one; a shorter time gives the calls of a process that died back sooner, and asks the store more often for long calls",
});

export const STORE_DIAGNOSTICS = [storeKind, storeNodes, storeUrl, storePassword, storeTimeout, storeLease] as const;

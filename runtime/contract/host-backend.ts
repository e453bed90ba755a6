/** What a host must know to carry calls to backends out, by kind. Times in milliseconds. Backends that answer by themselves are not among them. */

export type HostBackend = HttpHostBackend;
export type HostBackendKind = HostBackend["kind"];

/** `targets`: `http://HOST[:PORT][/BASE]`, checked. `timeout`: for the first byte of an answer, and between any two. */
export type HttpHostBackend = {
  readonly kind: "http";
  readonly name: string;
  readonly targets: readonly string[];
  readonly timeout: number;
};

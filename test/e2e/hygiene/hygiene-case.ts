/**
 * What a hygiene case is: bytes as they go over the wire, and what may come of them. In the bytes `{host}` stands for the
 * gateway's host, `{path}` for a route that anybody may GET and that is forwarded, `{encoded}` for the same path with its first
 * letter as a triplet.
 */
export type HygieneCase = {
  readonly name: string;
  /** One character a byte. */
  readonly bytes: string;
  /** Statuses of all answers, in order; empty: the connection ends without one. */
  readonly expect: readonly number[];
  /** How many requests the backend gets. */
  readonly reaches: number;
  /** Node's own parser (llhttp, strict) refuses it already: in the head, or while the body comes. Absent: the gateway must. */
  readonly parser?: "head" | "body";
};

/** Lines with their ends, and the empty one behind them. */
export function head(...lines: readonly string[]): string {
  return `${lines.join("\r\n")}\r\n\r\n`;
}

/** A GET that ends the connection, with more fields. */
export function get(target: string, ...fields: readonly string[]): string {
  return head(`GET ${target} HTTP/1.1`, "Host: {host}", "Connection: close", ...fields);
}

/** Cases in which the gateway refuses, with one answer, and nothing reaches the backend. */
export function refused(status: number, ...cases: readonly (readonly [name: string, bytes: string])[]): readonly HygieneCase[] {
  return cases.map(([name, bytes]) => ({ name, bytes, expect: [status], reaches: 0 }));
}

/** Cases that Node's parser refuses in the head; the answer is the host's. */
export function refusedByParser(status: number, ...cases: readonly (readonly [name: string, bytes: string])[]): readonly HygieneCase[] {
  return cases.map(([name, bytes]) => ({ name, bytes, expect: [status], reaches: 0, parser: "head" as const }));
}

/** Cases that are fine: what is refused next to them is refused for its one difference. */
export function passes(...cases: readonly (readonly [name: string, bytes: string])[]): readonly HygieneCase[] {
  return cases.map(([name, bytes]) => ({ name, bytes, expect: [200], reaches: 1 }));
}

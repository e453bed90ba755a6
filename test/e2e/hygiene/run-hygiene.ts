/** Runs the hygiene cases against a gateway that listens: call within a test file. Knows bytes and statuses, no gateway. */
import { describe, expect, test } from "vitest";
import { exchangeRaw, statuses } from "../../runtime/hosts/raw-client.ts";
import { hygieneCases } from "./cases/index.ts";

export type HygieneTarget = {
  readonly port: number;
  /** A host that the gateway serves. */
  readonly host: string;
  /** Path of a route that anybody may GET, which goes to a backend that answers 200. Starts with a letter behind its slash. */
  readonly path: string;
  /** Requests that have come whole to any backend since its start. */
  readonly reachedBackend: () => number;
};

/** `target` is asked for when the tests run. */
export function runHygiene(target: () => HygieneTarget): void {
  for (const [about, cases] of Object.entries(hygieneCases)) {
    describe(about, () => {
      test.each(cases)("$name: $expect", async ({ bytes, expect: expected, reaches }) => {
        const gateway = target();
        const before = gateway.reachedBackend();
        const text = await exchangeRaw(gateway.port, filledIn(bytes, gateway), 1_500);
        expect(statuses(text)).toEqual(expected);
        expect(gateway.reachedBackend() - before).toBe(reaches);
      });
    });
  }
}

export function filledIn(bytes: string, { host, path }: Pick<HygieneTarget, "host" | "path">): string {
  const encoded = `/%${path.charCodeAt(1).toString(16)}${path.slice(2)}`;
  return bytes.replaceAll("{host}", host).replaceAll("{path}", path).replaceAll("{encoded}", encoded);
}

/** What networks hold now is the world's to say: whatever it does instead, nobody is let in whom the list would keep out, in either hand. */
import { expect, test } from "vitest";
import type { Outcome } from "../../runtime/contract/gateway.ts";
import type { World } from "../../runtime/contract/world.ts";
import { bothHands, gatewayOf } from "../harness/both-hands.ts";
import { compileFiles } from "../harness/compile-files.ts";
import { testWorld } from "../harness/world.ts";

const SOURCE = `gwl 1

network blocked from "blocked.txt" reload every 1h
network partners from "partners.txt" reload every 1h
gateway g { deny when client.ip in blocked }
GET "/" { public because "a test", respond 200 }
GET "/partners" { allow when client.ip in partners, respond 200 }
`;

const throws = (): never => {
  throw new Error("a fault was put in");
};
const GARBAGE: readonly (readonly [string, () => unknown])[] = [
  ["nothing", () => undefined],
  ["null", () => null],
  ["throws", throws],
  ["a number", () => 7],
  ["a record", () => ({})],
  ["a promise", () => Promise.resolve(new Map())],
  [
    "a map of nothing good",
    () =>
      new Map([
        ["blocked", {}],
        ["partners", {}],
      ]),
  ],
  ["a map that throws", () => ({ get: throws })],
  ["another network", () => new Map([["other", { ipv4: Uint32Array.of(0), ipv6: new Uint32Array() }]])],
];

test.each(GARBAGE)("a world that gives %s", async (_, networks) => {
  const { compilation } = await compileFiles([
    { file: "main.gwl", text: SOURCE },
    { file: "blocked.txt", text: "198.51.100.0/24" },
    { file: "partners.txt", text: "203.0.113.0/24" },
  ]);
  const hands = bothHands(compilation.program, { stage: undefined, variables: {} });
  for (const gateway of [gatewayOf(hands.reference), gatewayOf(hands.compiled)])
    for (const [target, peer] of [
      ["/", "198.51.100.9"],
      ["/partners", "192.0.2.1"],
      ["/partners", "198.51.100.9"],
    ] as const) {
      const request = {
        method: "GET",
        target,
        httpVersion: "1.1",
        rawHeaders: ["host", "g.example"],
        peer,
        secure: false,
        readBody: () => Promise.resolve({ kind: "bytes", bytes: new Uint8Array() } as const),
      };
      const world = { ...testWorld(), networks: networks as NonNullable<World["networks"]> };
      const asked = async (): Promise<Outcome> => gateway.handle(request, world);
      const outcome = await asked().catch(() => undefined);
      // Who throws or rejects is answered for by the host, with 500.
      expect(outcome?.decision.effect ?? "deny").toBe("deny");
    }
});

/** A claim that is written otherwise than canonically is in the key of an answer as it came, in both hands: one had it canonical (D290). */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { bothHands, comparable, gatewayOf } from "../harness/both-hands.ts";
import { compileFiles } from "../harness/compile-files.ts";
import { testWorld } from "../harness/world.ts";

const TEXT = `gwl 1
secret KEYS: KeyStore
identity Partner = api_key(KEYS) { header: "X-Key", fields { home: Ip } }
backend up = http { targets: ["http://127.0.0.1:9"] }
gateway g { accept Partner }
GET "/" -> up { allow, cache 30s }
`;
const key = "key-of-a-partner-0123456789";
const store = { keys: [{ id: "u1", sha256: createHash("sha256").update(key).digest("hex"), fields: { home: "2001:DB8:0::1" } }] };

test("both hands keep an answer under the caller's claims as they came", async () => {
  const { compilation } = await compileFiles([{ file: "gateway.gwl", text: TEXT }]);
  const hands = bothHands(compilation.program, { stage: undefined, variables: { KEYS: JSON.stringify(store) } });
  const ask = async (hand: typeof hands.reference): Promise<string> =>
    comparable(
      await gatewayOf(hand).handle(
        {
          method: "GET",
          target: "/",
          httpVersion: "1.1",
          rawHeaders: ["Host", "a.example", "X-Key", key],
          peer: "192.0.2.1",
          secure: false,
          readBody: () => Promise.reject(new Error("nobody reads it")),
        },
        testWorld(),
      ),
    );
  const [expected, actual] = [await ask(hands.reference), await ask(hands.compiled)];
  expect(actual).toBe(expected);
  expect(actual).toContain("2001:DB8:0::1");
});

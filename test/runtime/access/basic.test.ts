/** What a started `basic` identity does beside its meaning: how often it hashes, and for whom. */
import { expect, test } from "vitest";
import { basicIdentity } from "../../../runtime/access/basic-identity.ts";
import type { Call } from "../../../runtime/kernel/call.ts";
import { testWorld } from "../../harness/world.ts";

const HASH = "$scrypt$ln=15,r=8,p=1$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

function started(users: readonly object[], isGood: (stored: string, password: string) => boolean | Promise<boolean>) {
  const asked: string[] = [];
  const world = {
    ...testWorld(),
    verifyPassword: async (stored: string, password: Uint8Array) => {
      asked.push(stored);
      return isGood(stored, new TextDecoder().decode(password));
    },
  };
  const problems: string[] = [];
  const data = { kind: "basic", name: "A", headers: [], store: 0, claims: [] } as const;
  const identity = basicIdentity(
    data,
    { late: {}, variables: {}, api: "", secretNames: ["USERS"], secrets: [JSON.stringify({ users })] },
    problems,
  );
  expect(problems).toEqual([]);
  const login = (pair: string, now = 0) => {
    const call = { now, request: { headers: [["authorization", `Basic ${Buffer.from(pair).toString("base64")}`]] } };
    return Promise.resolve(identity.verify(call as unknown as Call, undefined as never, world));
  };
  return { login, asked };
}

test("an unknown name costs as many hashes as the name with most entries", async () => {
  const { login, asked } = started(
    [
      { name: "ann", password: HASH },
      { name: "bob", password: HASH },
      { name: "bob", password: HASH.replace("A", "B") },
    ],
    () => false,
  );
  for (const name of ["ann", "bob", "eve"]) {
    asked.length = 0;
    await login(`${name}:x`);
    expect(asked).toHaveLength(2);
  }
});

test("a good password is hashed once a minute, a bad one each time", async () => {
  const { login, asked } = started([{ name: "ann", password: HASH }], (_, password) => password === "good");
  for (const now of [0, 1, 59_999]) expect(await login("ann:good", now)).toMatchObject({ ok: true });
  expect(asked).toHaveLength(1);
  await login("ann:good", 60_000);
  expect(asked).toHaveLength(2);
  await login("ann:bad", 60_001);
  await login("ann:bad", 60_002);
  expect(asked).toHaveLength(4);
});

test("who is remembered may still end", async () => {
  const { login } = started([{ name: "ann", password: HASH, expires: "1970-01-01T00:00:00.005Z" }], () => true);
  expect(await login("ann:x", 4)).toMatchObject({ ok: true });
  expect(await login("ann:x", 5)).toMatchObject({ ok: false, cause: "invalid" });
});

test("one check serves all that wait for it; of more than 64 at once the others are refused", async () => {
  let release = (): void => undefined;
  const gate = new Promise<boolean>((resolve) => (release = () => resolve(true)));
  const { login, asked } = started([{ name: "ann", password: HASH }], () => gate);
  const same = [login("ann:same"), login("ann:same")];
  const others = Array.from({ length: 70 }, (_, index) => login(`ann:${index}`));
  await new Promise((resolve) => setImmediate(resolve));
  release();
  const results = await Promise.all([...same, ...others]);
  expect(results.filter((result) => !result.ok && result.cause === "keys-unavailable")).toHaveLength(7);
  expect(asked).toHaveLength(64);
});

test("a fault of the world is no way in", async () => {
  const { login } = started([{ name: "ann", password: HASH }], () => {
    throw new Error("no memory");
  });
  expect(await login("ann:x")).toMatchObject({ ok: false });
});

/** Lists as they are kept while a gateway serves: when each is read, what takes its place, and what does not. */
import { expect, test } from "vitest";
import type { NetworkList } from "../../runtime/contract/network-lists.ts";
import type { ListAnswer, ListQuestion } from "../../runtime/hosts/node/lists/list-reader.ts";
import { type ListState, networkLists, type NetworkLists } from "../../runtime/hosts/node/lists/network-lists.ts";

const LIST: NetworkList = { name: "blocked", path: "b.txt", every: 3_600_000, shrink: 50, entries: 100 };
const failed = (why: string): ListAnswer => ({ kind: "failed", why });
const same: ListAnswer = { kind: "same" };

function read(entries: number, sha256 = `of ${entries}`): ListAnswer {
  return { kind: "read", version: { sha256 }, entries, bounds: { ipv4: Uint32Array.of(entries), ipv6: new Uint32Array() } };
}

type Clock = { now: number; readonly waits: { readonly at: number; readonly call: () => void }[] };
type Watched = {
  readonly lists: NetworkLists;
  readonly questions: ListQuestion[];
  readonly told: (readonly [ListState, number | undefined])[];
  readonly clock: Clock;
  /** Lets time pass until the next reading is over. */
  readonly next: () => Promise<void>;
};

function watched(answers: readonly (ListAnswer | Promise<ListAnswer>)[], lists: readonly NetworkList[] = [LIST], chance = 0.5): Watched {
  const clock: Clock = { now: 1_000, waits: [] };
  const questions: ListQuestion[] = [];
  const told: (readonly [ListState, number | undefined])[] = [];
  const left = [...answers];
  const kept = networkLists(lists, {
    read: async (question) => {
      questions.push(question);
      return left.shift() ?? failed("nothing more is said");
    },
    placeOf: (path) => ({ kind: "file", path: `/lists/${path}` }),
    now: () => clock.now,
    chance: () => chance,
    later: (milliseconds, call) => {
      const wait = { at: clock.now + milliseconds, call };
      clock.waits.push(wait);
      return () => void (clock.waits.includes(wait) && clock.waits.splice(clock.waits.indexOf(wait), 1));
    },
    onRead: (state, was) => void told.push([state, was]),
  });
  const next = async (): Promise<void> => {
    const [wait] = clock.waits.toSorted((a, b) => a.at - b.at);
    if (wait === undefined) throw new Error("nobody waits");
    clock.waits.splice(clock.waits.indexOf(wait), 1);
    clock.now = wait.at;
    const before = told.length;
    wait.call();
    for (let turns = 0; told.length === before && turns < 50; turns++) await Promise.resolve();
  };
  return { lists: kept, questions, told, clock, next };
}

test("nothing is known of a list before it was read, so that of the build counts", () => {
  const { lists } = watched([]);
  expect([lists.networks().size, lists.states()]).toEqual([0, [{ network: "blocked", entries: 100 }]]);
});

test("each reading asks with the version in use, and the same object stands until another list comes", async () => {
  const { lists, questions, told, clock, next } = watched([read(90), same, read(80)]);
  await lists.reload(false);
  const first = lists.networks();
  expect(first.get("blocked")?.ipv4).toEqual(Uint32Array.of(90));
  await next();
  expect(lists.networks()).toBe(first);
  expect(lists.states()).toEqual([{ network: "blocked", entries: 90, readAt: 1_000 + LIST.every }]);
  await next();
  expect(lists.networks()).not.toBe(first);
  expect([first.get("blocked")?.ipv4, lists.networks().get("blocked")?.ipv4]).toEqual([Uint32Array.of(90), Uint32Array.of(80)]);
  expect(questions.map(({ known }) => known?.sha256)).toEqual([undefined, "of 90", "of 90"]);
  expect(questions[0]?.place).toEqual({ kind: "file", path: "/lists/b.txt" });
  expect(told.map(([, was]) => was)).toEqual([100, undefined, 90]);
  expect(clock.now).toBe(1_000 + 2 * LIST.every);
});

test.each([
  [failed("there is no such file"), "there is no such file"],
  [read(0), "it names no network"],
  [read(49), "it has 49 entries, and had 100: more than 50% of them are gone"],
])("%o changes nothing, and is told", async (answer, problem) => {
  const { lists, told } = watched([read(100), answer, same]);
  await lists.reload(false);
  const good = lists.networks();
  expect(await lists.reload(false)).toEqual([{ network: "blocked", entries: 100, readAt: 1_000, problem }]);
  expect(lists.networks()).toBe(good);
  expect(told.at(-1)).toEqual([{ network: "blocked", entries: 100, readAt: 1_000, problem }, undefined]);
  expect(await lists.reload(false)).toEqual([{ network: "blocked", entries: 100, readAt: 1_000 }]);
});

test.each([
  [50, 50, true],
  [50, 49, false],
  [100, 1, true],
  [0, 100, true],
  [0, 99, false],
  [80, 20, true],
  [80, 19, false],
])("of a list that may lose %i%%, %i of 100 entries count: %o", async (shrink, entries, isTaken) => {
  const { lists } = watched([read(entries)], [{ ...LIST, shrink }]);
  await lists.reload(false);
  expect(lists.networks().has("blocked")).toBe(isTaken);
});

test("somebody who knows takes any size over, but for nothing at all", async () => {
  const { lists } = watched([read(100), read(3), read(0)]);
  await lists.reload(false);
  expect(await lists.reload(true)).toEqual([{ network: "blocked", entries: 3, readAt: 1_000 }]);
  expect((await lists.reload(true))[0]?.problem).toBe("it names no network");
});

test("a list that failed is tried again within minutes, whatever its interval", async () => {
  const { lists, clock, next } = watched([read(100), failed("away"), failed("away"), same]);
  await lists.reload(false);
  await next();
  expect(clock.waits.map(({ at }) => at - clock.now)).toEqual([5 * 60_000]);
  await next();
  await next();
  expect(clock.waits.map(({ at }) => at - clock.now)).toEqual([LIST.every]);
});

test.each([
  [0, 0.9],
  [0.999_999, 1.1],
])("chance %d makes of an interval %d times as much", async (chance, times) => {
  const { lists, clock } = watched([read(100)], [LIST], chance);
  await lists.reload(false);
  expect((clock.waits[0]?.at ?? 0) - clock.now).toBeCloseTo(LIST.every * times, -1);
});

test("one list is read at a time, and who asks meanwhile waits for a reading of his own", async () => {
  let finish: (answer: ListAnswer) => void = () => {};
  const slow = new Promise<ListAnswer>((resolve) => (finish = resolve));
  const { lists, questions, clock } = watched([slow, read(60), read(100), read(50)], [LIST, { ...LIST, name: "other", path: "o.txt" }]);
  const first = lists.reload(false);
  const second = lists.reload(false);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(questions).toHaveLength(1);
  finish(read(100));
  await Promise.all([first, second]);
  expect(questions.map(({ place }) => place)).toEqual(["b", "o", "b", "o"].map((name) => ({ kind: "file", path: `/lists/${name}.txt` })));
  // Each waits once, however often it was asked for.
  expect(clock.waits).toHaveLength(2);
});

test("once closed nothing is read any more", async () => {
  const { lists, questions, clock } = watched([read(100), read(90)]);
  await lists.reload(false);
  lists.close();
  await lists.reload(false);
  expect([questions.length, clock.waits.length]).toEqual([1, 0]);
});

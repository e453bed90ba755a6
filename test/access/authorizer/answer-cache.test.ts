/** Kept answers: one question at a time for a key, and never more than was said. */
import { describe, expect, test } from "vitest";
import { answerCache, type Answered } from "../../../runtime/access/authorizer/answer-cache.ts";

const limits = { entries: 3, bytes: 1_000 };
const kept = (value: string, size = 1): Promise<Answered<string>> => Promise.resolve({ value, keep: true, size });

describe("the cache of answers", () => {
  test("fifty who ask the same at once ask once, and all get the answer", async () => {
    const recall = answerCache<string>(1_000, limits);
    let asked = 0;
    let settle: (answer: Answered<string>) => void = () => undefined;
    const ask = (): Promise<Answered<string>> => {
      asked++;
      return new Promise((resolve) => (settle = resolve));
    };
    const waiting = Array.from({ length: 50 }, async () => recall("k", 0, ask));
    settle({ value: "v", keep: true, size: 1 });
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(["v"]));
    expect(asked).toBe(1);
    expect(recall("k", 999, ask)).toBe("v");
  });

  test("what is not to be kept is shared by those who wait, and asked anew by the next", async () => {
    const recall = answerCache<string>(1_000, limits);
    let asked = 0;
    const ask = (): Promise<Answered<string>> => Promise.resolve({ value: `failure ${++asked}`, keep: false, size: 1 });
    expect(await Promise.all([recall("k", 0, ask), recall("k", 0, ask)])).toEqual(["failure 1", "failure 1"]);
    expect(await recall("k", 0, ask)).toBe("failure 2");
  });

  test("the oldest go first, by number and by size", async () => {
    const recall = answerCache<string>(1_000, limits);
    for (const key of ["a", "b", "c", "d"]) await recall(key, 0, () => kept(key));
    expect([recall("d", 0, () => kept("new")), await recall("a", 0, () => kept("new"))]).toEqual(["d", "new"]);
    await recall("big", 0, () => kept("big", 990));
    expect(recall("big", 0, () => kept("new"))).toBe("big");
    expect(await recall("d", 0, () => kept("new"))).toBe("new");
  });

  test("an answer that is larger than everything is given, and not kept", async () => {
    const recall = answerCache<string>(1_000, limits);
    expect(await recall("k", 0, () => kept("v", 2_000))).toBe("v");
    expect(await recall("k", 0, () => kept("new"))).toBe("new");
  });
});

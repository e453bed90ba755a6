/** What a gateway needs from outside, asked for in bounds. */
import { describe, expect, test, vi } from "vitest";
import { type Check, readiness } from "../../../runtime/observe/readiness.ts";

const check = (name: string, look: Check["look"]): Check => ({ kind: "backend", name, look });

describe("readiness", () => {
  test("tells each check in its order, with why it failed", async () => {
    const ready = readiness(() => 0);
    ready.add(check("orders", () => Promise.resolve(undefined)));
    ready.add(check("payments", () => Promise.resolve("no target answers")));
    ready.add({ kind: "keys", name: "Customer", look: () => Promise.reject(new Error("refused")) });
    expect(await ready.results()).toEqual([
      { kind: "backend", name: "orders" },
      { kind: "backend", name: "payments", problem: "no target answers" },
      { kind: "keys", name: "Customer", problem: "refused" },
    ]);
  });

  test("asks the first of two checks that are of one thing", async () => {
    const ready = readiness(() => 0);
    ready.add(check("orders", () => Promise.resolve("its health check failed")));
    ready.add(check("orders", () => Promise.resolve(undefined)));
    expect(await ready.results()).toEqual([{ kind: "backend", name: "orders", problem: "its health check failed" }]);
  });

  test("looks once a second, however often it is asked", async () => {
    let now = 0;
    const look = vi.fn(() => Promise.resolve(undefined));
    const ready = readiness(() => now);
    ready.add(check("orders", look));
    for (now of [0, 400, 999]) await ready.results();
    expect(look).toHaveBeenCalledTimes(1);
    now = 1_000;
    await ready.results();
    expect(look).toHaveBeenCalledTimes(2);
  });

  test("takes no answer for a no", async () => {
    vi.useFakeTimers();
    try {
      const ready = readiness(() => 0);
      ready.add(check("orders", () => new Promise(() => {})));
      const asked = ready.results();
      await vi.advanceTimersByTimeAsync(2_000);
      expect(await asked).toEqual([{ kind: "backend", name: "orders", problem: "no answer within 2000 ms" }]);
    } finally {
      vi.useRealTimers();
    }
  });
});

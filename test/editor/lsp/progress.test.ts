import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { withProgress } from "../../../editor/lsp/progress.ts";
import type { Session } from "../../../editor/lsp/session.ts";

const shown: string[] = [];
const progress = {
  begin: (title: string) => shown.push(`begin ${title}`),
  report: (message: string) => shown.push(message),
  done: () => shown.push("done"),
};
const session = (canShowProgress: boolean): Session =>
  ({ client: () => ({ canShowProgress }), connection: { window: { createWorkDoneProgress: async () => progress } } }) as unknown as Session;

async function work(isShown: boolean, milliseconds: number): Promise<readonly string[]> {
  shown.length = 0;
  const working = withProgress(session(isShown), "Checking", async (report) => {
    await vi.advanceTimersByTimeAsync(milliseconds);
    report("1 of 2");
    return 7;
  });
  expect(await working).toBe(7);
  await vi.advanceTimersByTimeAsync(1);
  return shown;
}

describe("progress", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("long work is shown, from its beginning to its end", async () => {
    expect(await work(true, 400)).toEqual(["begin Checking", "1 of 2", "done"]);
  });

  test("short work shows nothing, and neither does an editor that cannot", async () => {
    expect(await work(true, 200)).toEqual([]);
    expect(await work(false, 400)).toEqual([]);
  });
});

/**
 * The server of our doors beside the one of `node:http` (llhttp), over generated requests with faults sown in. What Node refuses is refused, by the reader or
 * by the gateway behind it; what both take is the same; where ours refuses more, it is for a reason of the list; and however requests are cut into pieces,
 * they are the same requests.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { runs, runSize } from "../../../properties/run-size.ts";
import { type Heard, heardByNode, heardByOurs } from "./heard-requests.ts";
import { type Spoken, spokenRequests } from "./spoken-request.ts";
import { whyLater, whyStricter } from "./stricter.ts";

const tally = { texts: 0, pieces: 0, taken: 0, refused: 0, stricter: new Map<string, number>(), later: new Map<string, number>() };

test("the same requests as by node:http", { timeout: 24 * 3600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(spokenRequests, async (spoken) => {
      const { text, closes } = spoken;
      const ours = await heardByOurs({ pieces: [text], closes });
      await compare(spoken, ours, await heardByNode({ pieces: [text], closes }));
      const cuts = Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => [text.slice(0, at + 1), text.slice(at + 1)]);
      for (const pieces of [...cuts, [...text]]) {
        expect(await heardByOurs({ pieces, closes }), `in ${pieces.length} pieces, the first of ${pieces[0]?.length} bytes`).toEqual(ours);
        tally.pieces += pieces.length;
      }
    }),
    runs(runSize("SCRIPTS", 300)),
  );
  console.log(
    `requests: ${JSON.stringify({ ...tally, stricter: Object.fromEntries(tally.stricter), later: Object.fromEntries(tally.later) })}`,
  );
  expect(tally.taken).toBeGreaterThan(0);
  expect(tally.refused).toBeGreaterThan(0);
});

async function compare({ text, closes }: Spoken, ours: Heard, theirs: Heard): Promise<void> {
  tally.texts++;
  const common = Math.min(ours.whole.length, theirs.whole.length);
  tally.taken += common;
  expect(ours.whole.slice(0, common)).toEqual(theirs.whole.slice(0, common));
  if (ours.isRefused && theirs.isRefused) tally.refused++;
  const rest = text.slice(await endOf(text, common));
  if (ours.whole.length > common) return count(tally.later, whyLater(rest), "ours took what Node refused");
  // Node keeps connections of HTTP/1.0 that say `close` beside `keep-alive`.
  if (theirs.whole.length > common && ours.isOver && !ours.isRefused) return expect(text).toMatch(/\r\nconnection:[^\r]*close/i);
  if (theirs.whole.length > common) return count(tally.stricter, whyStricter(rest), "Node took what ours refused");
  if (ours.isRefused && !theirs.isRefused) count(tally.stricter, whyStricter(rest), "only ours refused");
  // What stands behind the last request of a connection is nobody's, and nothing is said of it.
  else if (theirs.isRefused && !ours.isRefused && !ours.isOver) await expectRefusedSoon(text, rest, closes);
}

/** Where so many requests have ended. */
async function endOf(text: string, requests: number): Promise<number> {
  for (let end = 0; end < text.length; end++)
    if ((await heardByOurs({ pieces: [text.slice(0, end)], closes: false })).whole.length === requests) return end;
  return text.length;
}

function count(counts: Map<string, number>, why: string | undefined, what: string): void {
  expect(why, what).toBeDefined();
  if (why !== undefined) counts.set(why, (counts.get(why) ?? 0) + 1);
}

/** What ours has not refused yet it refuses with the end of the line or of the head, or leaves to the gateway. */
async function expectRefusedSoon(text: string, rest: string, closes: boolean): Promise<void> {
  const ends = ["", "\n", "\r\n", "\r\n\r\n"].map((more) => heardByOurs({ pieces: [text + more], closes }));
  if ((await Promise.all(ends)).some(({ isRefused }) => isRefused)) return;
  count(tally.later, whyLater(rest), "only Node refused");
}

/**
 * The client for servers beside the one of `node:http` (llhttp), over generated answers with faults sown in. What Node refuses is refused; what both take is
 * the same; where ours refuses more, it is for a reason of the list; and however an answer is cut into pieces, it is the same answer.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { runs, runSize } from "../../../properties/run-size.ts";
import { type Heard, heardByNode, heardByOurs } from "./heard-answer.ts";
import { type Spoken, spokenAnswer } from "./spoken-answer.ts";
import { reasonFor } from "./stricter.ts";

const tally = { answers: 0, pieces: 0, bothTake: 0, bothRefuse: 0, stricter: new Map<string, number>() };

test("the same answers as by node:http", { timeout: 24 * 3600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(spokenAnswer, async (spoken) => {
      const { method, text, closes } = spoken;
      const ours = await heardByOurs({ method, pieces: [text], closes });
      await compare(spoken, ours, await heardByNode({ method, pieces: [text], closes }));
      const cuts = Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => [text.slice(0, at + 1), text.slice(at + 1)]);
      for (const pieces of [...cuts, [...text]]) {
        const again = await heardByOurs({ method, pieces, closes });
        expect(again, `in ${pieces.length} pieces, the first of ${pieces[0]?.length} bytes`).toEqual(ours);
        tally.pieces += pieces.length;
      }
    }),
    runs(runSize("SCRIPTS", 300)),
  );
  console.log(`answers of servers: ${JSON.stringify({ ...tally, stricter: Object.fromEntries(tally.stricter) })}`);
  expect(tally.bothTake).toBeGreaterThan(0);
  expect(tally.bothRefuse).toBeGreaterThan(0);
});

async function compare(spoken: Spoken, ours: Heard, theirs: Heard): Promise<void> {
  tally.answers++;
  const why = badness(ours) > badness(theirs) ? reasonFor(spoken.text) : undefined;
  if (why !== undefined) return void tally.stricter.set(why, (tally.stricter.get(why) ?? 0) + 1);
  if (badness(theirs) > badness(ours)) return expectRefusedSoon(spoken, ours);
  if (badness(ours) > 0) tally.bothRefuse++;
  else if (ours.end === "whole") tally.bothTake++;
  const { isKept, ...heard } = ours;
  // Of what is broken off, Node may have given more: it looks at bytes, where we look at lines.
  const body = ours.end === "broken" && theirs.body.startsWith(ours.body) ? theirs.body : ours.body;
  expect({ ...heard, body, isKept: isKept && theirs.isKept }).toEqual({ ...theirs, isKept });
}

/** How early it is refused. */
function badness({ head, end }: Heard): number {
  return head === "refused" ? 2 : end === "broken" ? 1 : 0;
}

/** What ours has not refused yet it refuses with the end of the line, or of the head. */
async function expectRefusedSoon({ method, text }: Spoken, ours: Heard): Promise<void> {
  expect(ours.end).toBe("waiting");
  const ends = ["\n", "\r\n", "\r\n\r\n"].map((more) => heardByOurs({ method, pieces: [text + more], closes: false }));
  expect((await Promise.all(ends)).some((one) => badness(one) > 0)).toBe(true);
}

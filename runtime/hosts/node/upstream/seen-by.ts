/** An answer on its way past whoever watches. Promises: an answer that breaks while nobody reads it is noticed. */
import type { AnswerWatch } from "../host.ts";
import type { Incoming } from "./transport.ts";

/** What the client gets. `held`: nothing, whoever watches answers. */
export type Seen = Incoming | "held" | "broken";

/** Never rejects. */
export async function seenBy({ seen }: AnswerWatch, incoming: Incoming, progress: () => void): Promise<Seen> {
  try {
    const left = await seen(incoming, progress);
    // What is left of a body that is held is nobody's, and so is its connection.
    if (left === undefined) incoming.body.destroy();
    if (left === undefined) return "held";
    return left.body.isBroken() ? "broken" : left;
  } catch {
    return "broken";
  }
}

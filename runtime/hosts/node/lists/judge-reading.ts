/** Whether what was read takes the place of the list in use. Promises that a list which was lost on its way opens nothing and closes nothing. */
import type { NetworkList } from "../../../contract/network-lists.ts";
import type { ListAnswer } from "./list-reader.ts";

export type Judged =
  | { readonly kind: "new"; readonly read: Extract<ListAnswer, { readonly kind: "read" }> }
  | { readonly kind: "same" }
  /** The list in use stays. */
  | { readonly kind: "refused"; readonly why: string };

/** `inUse`: entries. `anySize`: somebody who knows says that it may have lost so many. */
export function judgeReading({ shrink }: NetworkList, inUse: number, answer: ListAnswer, anySize: boolean): Judged {
  if (answer.kind === "failed") return { kind: "refused", why: answer.why };
  if (answer.kind === "same") return answer;
  const { entries } = answer;
  if (entries === 0) return { kind: "refused", why: "it names no network" };
  if (!anySize && entries * 100 < inUse * (100 - shrink))
    return { kind: "refused", why: `it has ${entries} entries, and had ${inUse}: more than ${shrink}% of them are gone` };
  return { kind: "new", read: answer };
}

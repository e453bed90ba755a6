/** `concurrency N by EXPRESSION`: calls that are under way at one time. */
import type { CheckContext } from "../../check/context.ts";
import type { Measure } from "../../model/traffic.ts";
import type { StatementConstruct } from "../construct.ts";
import { type PhraseReader, readPhrase } from "../phrase-reader.ts";
import { readCount } from "./count.ts";
import { limitPiece } from "./limit-piece.ts";
import { readKey } from "./limit-key.ts";
import { readShared } from "./read-shared.ts";

const MOST_AT_ONCE = 1_000_000;

export const concurrency: StatementConstruct = {
  kind: "statement",
  words: ["concurrency"],
  within: ["gateway", "api", "group", "route"],
  summary: "how many calls may be under way at one time, for each client, caller or other key",
  written: ["concurrency N by EXPRESSION", "concurrency N"],
  read: (statement, context, around) => {
    const phrase = readPhrase(statement, concurrency, context);
    const measure = readConcurrency(phrase, context);
    const by = readKey(phrase, context, around);
    const shared = readShared(phrase, context);
    if (!phrase.end() || measure === undefined || by === "broken") return undefined;
    return limitPiece(statement, measure, { by, shared }, context);
  },
};

/** What stands before `by`. Undefined after a finding. */
export function readConcurrency(phrase: PhraseReader, context: CheckContext): Measure | undefined {
  const most = phrase.expression("a number of calls");
  const calls = most && readCount(most, "concurrency", MOST_AT_ONCE, context);
  return calls === undefined ? undefined : { kind: "concurrency", calls };
}

/** `concurrency N by EXPRESSION`: calls that are under way at one time. */
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import { readCount } from "./count.ts";
import { limitPiece } from "./limit-piece.ts";
import { readKey } from "./limit-key.ts";

export const MOST_AT_ONCE = 1_000_000;

export const concurrency: StatementConstruct = {
  kind: "statement",
  words: ["concurrency"],
  within: ["gateway", "api", "group", "route"],
  summary: "how many calls may be under way at one time, for each client, caller or other key",
  written: ["concurrency N by EXPRESSION", "concurrency N"],
  read: (statement, context, around) => {
    const phrase = readPhrase(statement, concurrency, context);
    const most = phrase.expression("a number of calls");
    const by = readKey(phrase, context, around);
    if (!phrase.end() || most === undefined || by === "broken") return undefined;
    const calls = readCount(most, "concurrency", MOST_AT_ONCE, context);
    return calls === undefined ? undefined : limitPiece("concurrency", statement, { kind: "concurrency", calls }, by, context);
  },
};

/** `shared STORE on failure deny`: where a limit is counted. Promises: who does not say what happens without the store is refused while it is away. */
import type { CheckContext } from "../../check/context.ts";
import type { SharedLimit } from "../../model/traffic.ts";
import type { PhraseReader } from "../phrase-reader.ts";

export type Shared = Omit<SharedLimit, "id">;

/** Undefined: each process counts by itself. */
export function readShared(phrase: PhraseReader, context: CheckContext): Shared | undefined {
  if (phrase.takes("local") || !phrase.takes("shared")) return undefined;
  const name = phrase.name("the name of a store");
  const store = name && context.resolve("store", name);
  const otherwise = phrase.takes("on") && phrase.word("failure") ? readOtherwise(phrase) : "deny";
  return store && otherwise && { store: store.name, otherwise };
}

function readOtherwise(phrase: PhraseReader): Shared["otherwise"] | undefined {
  if (phrase.takes("local")) return "local";
  if (phrase.takes("deny")) return "deny";
  phrase.refuse("`deny` or `local`");
  return undefined;
}

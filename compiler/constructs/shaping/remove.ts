/** `remove header "X-A"`: what came under a name goes no further. */
import type { StatementConstruct } from "../construct.ts";
import { changeable, takeChanged } from "../access/changed-name.ts";
import { readPhrase } from "../phrase-reader.ts";
import { noValues } from "./no-values.ts";

export const remove: StatementConstruct = {
  kind: "statement",
  words: ["remove"],
  within: ["gateway", "api", "group", "route"],
  summary: "takes a header field off the request to the backend or off the answer, or a name out of the query",
  written: ['remove header "X-Name"', 'remove response header "X-Name"', 'remove query "name"'],
  read: (statement, context) => {
    const phrase = readPhrase(statement, remove, context);
    const changed = takeChanged(phrase);
    if (!phrase.end() || changed === undefined) return undefined;
    const name = changeable(changed.on, changed.written, context);
    if (name === undefined) return undefined;
    const { span } = statement;
    return { kind: "transform", transforms: [{ kind: "setHeader", on: changed.on, name, value: noValues(span), span }], span };
  },
};

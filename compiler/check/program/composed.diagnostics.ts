/** GWL4568: parts of answers, and what the rest of a program says of their backends. */
import { defineError } from "../../../grammar/source/diagnostic.ts";

/** A release chooses one side for a call, and a call has several parts. */
export const dividedPart = defineError<{ part: string; backend: string; release: string }>({
  code: "GWL4568",
  name: "divided-part",
  message: ({ backend, release }) =>
    `the calls of \`${backend}\` are divided by \`${release}\`, which chooses nothing for parts of an answer`,
  label: ({ part }) => `all calls for \`${part}\` would go to the old version`,
  help: ({ backend }) =>
    `let the part come from a backend of its own with the same targets, or lead a route to \`${backend}\` and call that one by itself`,
});

export const COMPOSED_DIAGNOSTICS = [dividedPart] as const;

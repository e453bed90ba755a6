/** `gwl explain`: the page of a finding, or how one request is decided. */
import type { Command } from "../command.ts";
import { REQUEST_OPTIONS } from "../read-call.ts";

export const explain: Command = {
  name: "explain",
  summary: "why a request is allowed or denied; what a finding means",
  usage: "REQUEST [FILE] | CODE",
  minArguments: 1,
  maxArguments: 2,
  options: REQUEST_OPTIONS,
  about: [
    'REQUEST is a method and a target in one argument: "GET /orders?since=1". Its caller needs no key: the token is made for the question.',
    "The answer lists the phases in order, each rule that was asked and whether it was true, and which rules decided.",
    "Of a request that no route takes it names the routes that are nearest, and what differs; with `--format json` as `missed`.",
    "CODE is the code or name of a finding.",
  ].join("\n"),
  examples: [
    { command: "gwl explain GWL3104", does: "the page about a finding" },
    { command: "gwl explain ambiguous-routes", does: "the same by name" },
    { command: 'gwl explain "GET /orders" --from 203.0.113.5', does: "a request without a caller" },
    { command: `gwl explain "DELETE /orders/1" --as Customer --claims '{"sub":"u1","mfa":true}'`, does: "with a caller" },
  ],
  run: async (input, terminal) => {
    const [what = ""] = input.arguments;
    if (!what.includes(" ") && !what.includes("/")) return (await import("../explain-code.ts")).explainCode(what, terminal);
    return (await import("../explain-call.ts")).explainCall(input, terminal);
  },
};

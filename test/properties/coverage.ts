/** Counts what the generators really make: each construct and operator in programs, each cause and status in outcomes. */
import type { Outcome } from "../../runtime/contract/gateway.ts";

const IN_PROGRAMS: Readonly<Record<string, RegExp>> = {
  "env with stage": /^env .*stage \{/m,
  "env without value": /^env [A-Z]+: \w+$/m,
  secret: /^secret /m,
  "network of blocks": /^network \w+ \{/m,
  "network algebra": /^network \w+ = /m,
  "network from a file": /^network \w+ from /m,
  "jwt with key file": /keys: from /,
  "jwt with key url": /keys: url /,
  "jwt with secret": /^ {2}secret: /m,
  "claim with another name": /" as c\d/,
  "policy with parameters": /^policy \w+\(\w/m,
  "policy uses policy": /^policy [^}]*\n {2}use /m,
  "default of a parameter": /^policy .*: \w+ = /m,
  "overridable policy": /\) overridable \{/,
  override: /^\s+override /m,
  apply: /^\s+apply /m,
  "accept A or B": /accept \w+ or /,
  "public because": /public because/,
  tags: /^\s+tags \{/m,
  group: /^\s+group "/m,
  "api version": / version \d/,
  "ANY route": /^\s*ANY "/m,
  "HEAD route": /^\s*HEAD "/m,
  "typed parameter": /\{s\d: (?!String)/,
  "plain parameter": /\{s\d: String\}/,
  Rest: /: Rest\}/,
  "typed body": / body Body\d/,
  respond: /respond \d/,
  "set header": /^\s+set header/m,
  "set response header": /set response header/,
  "trust proxies": /trust proxies/,
  "paths resolve": /dot_segments: resolve/,
  "explain refusals": /explain refusals/,
  "stage in a host": /host: stage/,
  "operator and": / and /,
  "operator or": / or /,
  "operator not": /not \(/,
  "operator implies": / implies /,
  "operator if": /\(if /,
  "operator has": /has /,
  "operator ??": / \?\? /,
  "operator is": / is [A-Z]/,
  "principal is known": /is known/,
  "operator in": / in /,
  "operator ..": /\d\.\.\d/,
  "operator matches": / matches \//,
  "operator ==": / == /,
  "operator !=": / != /,
  "operator <": / < /,
  "operator <=": / <= /,
  "operator >": / > /,
  "operator >=": / >= /,
  "networks +": /\w \+ \w/,
  "networks -": /\w - \w/,
  "networks &": /\w & \w/,
  "starts_with, ends_with, contains": /\.(starts_with|ends_with|contains)\(/,
  lower: /\.lower\(\)/,
  size: /\.size /,
  text: /\.text\(\)/,
  concat: /concat\(/,
  "time.of_day": /time\.of_day/,
  "time.weekday": /time\.weekday/,
  "time.now": /time\.now/,
  "header, headers": /headers?\("/,
  "query, queries": /(query|queries)\("/,
  params: /params\./,
  "body in rules": /body\.f\d/,
};

export type Coverage = {
  readonly program: (text: string) => void;
  readonly outcome: (outcome: Outcome) => void;
  readonly counts: () => ReadonlyMap<string, number>;
};

export function coverage(): Coverage {
  const counts = new Map<string, number>(Object.keys(IN_PROGRAMS).map((name) => [`program: ${name}`, 0]));
  const add = (name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
  return {
    program: (text) => {
      add("programs");
      for (const [name, pattern] of Object.entries(IN_PROGRAMS)) if (pattern.test(text)) add(`program: ${name}`);
    },
    outcome: ({ decision, answer }) => {
      add("requests");
      add(`outcome: ${decision.effect === "allow" ? "allow" : `${decision.cause}`}`);
      add(answer.kind === "forward" ? "answer: forwarded" : `answer: ${answer.status}`);
      if (decision.rules.length > 1) add("several determining rules");
      if (decision.rules.some((rule) => rule.includes("/"))) add("rule through a policy");
      if (decision.principal !== undefined) add("with a principal");
    },
    counts: () => counts,
  };
}

/** As a Markdown table: how often, and in how many of a hundred. */
export function coverageTable(counts: ReadonlyMap<string, number>): string {
  const programs = counts.get("programs") ?? 1;
  const requests = counts.get("requests") ?? 1;
  const rows = [...counts]
    .filter(([name]) => name !== "programs" && name !== "requests")
    .map(
      ([name, count]) => `| ${name} | ${count} | ${((100 * count) / (name.startsWith("program:") ? programs : requests)).toFixed(1)} % |`,
    );
  return [`${programs} programs, ${requests} requests.`, "", "| what | how often | of its kind |", "|---|---|---|", ...rows].join("\n");
}

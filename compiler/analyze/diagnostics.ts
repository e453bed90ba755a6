/** GWL41xx: rules and routes that the rest of the program leaves nothing to do. GWL42xx: what the decision structure cannot hold. */
import { defineWarning } from "../../grammar/source/diagnostic.ts";

/** `label` is the statement as written; `effect` what it was meant to do; `isShield`: without it allows of a level around would count. */
export type UselessRule = {
  readonly label: string;
  readonly effect: "allow" | "deny" | "require";
  readonly why: UselessWhy;
  readonly isShield: boolean;
};
export type UselessWhy =
  /** For no call is it true. */
  | "never"
  /** Others refuse all calls for which it would be. */
  | "refused"
  /** It is true for none of the calls that get as far as to be asked. */
  | "idle"
  /** Each route below has allows of a nearer level. */
  | "cut-off";

export const unreachableRule = defineWarning<UselessRule>({
  code: "GWL4101",
  name: "unreachable-rule",
  message: ({ label, effect, why }) => {
    switch (why) {
      case "never":
        return `\`${label}\` can never be true`;
      case "refused":
        return effect === "allow" ? `\`${label}\` never allows anything` : `\`${label}\` never refuses anything`;
      case "idle":
        return `\`${label}\` never decides a call`;
      case "cut-off":
        return `\`${label}\` is in force on no route`;
    }
  },
  label: ({ why, effect }) => {
    switch (why) {
      case "never":
        return "false for every call that comes here";
      case "refused":
        return effect === "allow" ? "all calls that it would allow are refused" : "all calls that it would refuse are refused before";
      case "idle":
        return "false for every call that gets this far";
      case "cut-off":
        return "every route below states allows of its own";
    }
  },
  help: ({ why, isShield }) => {
    if (isShield) return "correct it, or say `deny` in its place; if it is just removed, the allows of the levels around count here";
    switch (why) {
      case "never":
        return "check what it compares: `accept`, tags and networks are already counted in; or remove it";
      case "refused":
      case "idle":
        return "remove it, or narrow the rule that refuses";
      case "cut-off":
        return "allows are taken from the nearest level that states any: remove it, or move it to the routes it is meant for";
    }
  },
});

export const unreachableRoute = defineWarning<{ route: string }>({
  code: "GWL4102",
  name: "unreachable-route",
  message: ({ route }) => `nobody can reach \`${route}\``,
  label: () => "all calls that its allows would let in are refused",
  help: () => "let some caller in, or say what is meant with a `deny because` of its own",
});

export const decisionTableLimit = defineWarning<{ cells: number; most: number; lone: number; networks: number }>({
  code: "GWL4201",
  name: "decision-table-limit",
  message: ({ cells, most }) => `the table of decisions would have more than ${counted(Math.min(cells, most))} cells`,
  label: ({ lone, networks }) =>
    `${lone === networks ? "its networks are" : `${counted(lone)} of its ${counted(networks)} networks are`} asked one by one instead`,
  help: () =>
    "state rules about networks on the gateway or on apis rather than on each route, or join networks that are always asked together with `+`; decisions stay right either way, but each such rule searches its own list",
});

function counted(number: number): string {
  return number.toLocaleString("en");
}

export const ANALYZE_DIAGNOSTICS = [unreachableRule, unreachableRoute, decisionTableLimit] as const;

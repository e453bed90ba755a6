/** What can be wrong with the use of a name: it is not there, it is something else, it needs itself, or nobody uses it. */
import { defineError, defineWarning } from "../../grammar/source/diagnostic.ts";

export const unknownName = defineError<{ name: string; what: string; meant: string | undefined; declaredIn: string | undefined }>({
  code: "GWL2061",
  role: "missed",
  name: "unknown-declaration",
  message: ({ name, what }) => `there is no ${what} \`${name}\` here`,
  help: ({ name, what, meant, declaredIn }) => {
    if (declaredIn !== undefined) return `\`${name}\` is declared in \`${declaredIn}\`: import it from there`;
    if (what === "network" && EVERYBODY.includes(name)) return "all addresses are `0.0.0.0/0` and `::/0`";
    return meant === undefined
      ? `declare it with \`${what === "constant" ? "let" : what} ${name}\`, or import it`
      : `did you mean \`${meant}\`?`;
  },
});

const EVERYBODY = ["all", "any", "anywhere", "everyone", "everywhere", "internet", "world"];

export const wrongKindOfName = defineError<{ name: string; is: string; needs: string }>({
  code: "GWL2062",
  role: "missed",
  name: "wrong-kind-of-name",
  message: ({ name, is, needs }) => `\`${name}\` is ${is}, and ${needs} is needed here`,
  help: ({ needs }) => `name ${needs} instead`,
});

export const circularDeclaration = defineError<{ chain: readonly string[] }>({
  code: "GWL2063",
  name: "circular-declaration",
  message: ({ chain }) => `\`${chain[0] ?? ""}\` is declared in terms of itself`,
  label: ({ chain }) => chain.map((name) => `\`${name}\``).join(" needs "),
  help: () => "a declaration may use others, but not in a circle: take one of them out of it",
});

export const chainTooLong = defineError<{ name: string; most: number }>({
  code: "GWL2065",
  name: "declaration-chain-too-long",
  message: ({ name, most }) => `more than ${most} declarations stand between \`${name}\` and what it is made of`,
  help: () => "let fewer declarations be made of one another",
});

export const unusedDeclaration = defineWarning<{ name: string; what: string }>({
  code: "GWL2064",
  name: "unused-declaration",
  tags: ["unused"],
  message: ({ name, what }) => `nobody uses ${what} \`${name}\``,
  help: () => "remove it, or use it",
});

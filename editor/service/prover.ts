/** Keeps one prover of regular expressions for as long as it can judge all there are: it remembers what it proved, and its library is large. */
import type { FileNode } from "../../grammar/ast.ts";
import { loadRegexProver, type RegexProver } from "../../compiler/check/index.ts";
import { isPlainlyLinear } from "../../compiler/check/literals/flat-regex.ts";
import { regexesIn } from "../../compiler/check/literals/regexes-in.ts";

export type ProverFor = (trees: readonly FileNode[]) => Promise<RegexProver>;

export function proverKeeper(): ProverFor {
  const seen = new WeakSet<FileNode>();
  let kept: { readonly prover: RegexProver; readonly judgesAll: boolean } | undefined;
  return async (trees) => {
    if (kept?.judgesAll === true) return kept.prover;
    const fresh = trees.filter((tree) => !seen.has(tree));
    const isHard = fresh.some((tree) => regexesIn(tree).some((pattern) => !isPlainlyLinear(pattern)));
    if (kept === undefined || isHard) kept = { prover: await loadRegexProver(fresh), judgesAll: isHard };
    for (const tree of fresh) seen.add(tree);
    return kept.prover;
  };
}

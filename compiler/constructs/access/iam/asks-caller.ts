/** Whether a statement can be asked before anybody has authenticated. Unsure is no. */
import type { PolicyStatement } from "../../../../runtime/contract/iam.ts";

const OF_CALLER = /^aws:(?:principal(?:account|arn|orgid|orgpaths|type)$|principaltag\/|userid$|username$|tokenissuetime$|multifactorauth)/;

/** It names callers, or a condition or variable of it reads what only a caller brings. */
export function asksCaller({ principals, conditions, resources }: PolicyStatement): boolean {
  const names = principals !== undefined && !principals.items.some(({ kind }) => kind === "anyone");
  const texts = [...resources.items, ...conditions.flatMap(({ values }) => values)];
  const variables = texts.flatMap((text) => [...text.matchAll(/\$\{\s*([^,}]*?)\s*[,}]/g)].map(([, key = ""]) => key.toLowerCase()));
  const keys = [...conditions.map(({ key }) => key), ...variables];
  return names || keys.some((key) => OF_CALLER.test(key) || !/^(?:aws:|[*?$]$)/.test(key));
}

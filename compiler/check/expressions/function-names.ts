/** The functions of the language. */
export const FUNCTION_NAMES = ["header", "headers", "query", "queries", "concat"] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];

export function isFunctionName(name: string): name is FunctionName {
  return FUNCTION_NAMES.some((known) => known === name);
}

/** The methods of values. */
export const METHOD_NAMES: readonly string[] = ["starts_with", "ends_with", "contains", "lower", "text", "map"];

/** Commands that stand in code lenses. Editors with views of their own run them there; for all others the server does. */
export const COMMANDS = { runTest: "gwl.runTest", explainRoute: "gwl.explainRoute" } as const;

/** The tests that say what a program means, asked of the compiled program: the same files, with the compiler in the reference's place. */
import { vi } from "vitest";

vi.mock("../../compiler/reference/index.ts", async (original) => {
  const { startProgram } = await import("./compiled.ts");
  return { ...(await original<object>()), startReference: startProgram };
});

await import("../reference/answer.test.ts");
await import("../reference/api-key.test.ts");
await import("../reference/basic.test.ts");
await import("../reference/body.test.ts");
await import("../reference/canonical-request.test.ts");
await import("../reference/client-address.test.ts");
await import("../reference/decision-rule.test.ts");
await import("../reference/expressions.test.ts");
await import("../reference/jwt.test.ts");
await import("../reference/match-route.test.ts");
await import("../reference/phases.test.ts");

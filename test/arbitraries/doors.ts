/** Doors of a generated program, and the doors that its requests come by: those that are there, and those that nobody knows. */
import type { EntryArrival } from "../../runtime/contract/request.ts";
import type { Choices } from "./choices.ts";
import { ruleText } from "./declarations.ts";
import { condition } from "./expressions.ts";
import type { Surroundings } from "./surroundings.ts";
import { ENDPOINTS } from "./vocabulary.ts";

/** By this one everybody comes in, so that private apis are reached. */
export const OPEN_DOOR = "e0";

/** `at`: what the gateway's own rules see. */
export function doorLines(c: Choices, at: Surroundings): readonly string[] {
  const here: Surroundings = {
    ...at,
    parameters: [],
    body: [],
    arguments: [],
    identities: at.identities.filter(({ partner }) => partner === undefined),
  };
  const policy = (): readonly string[] => {
    const effects = ["allow", ...c.some(0, 2, () => c.pick(["allow", "deny", "require"] as const))] as const;
    return effects.map((effect, index) => `  ${ruleText(c, effect, condition(c, here, 2), `door ${index}`)}`);
  };
  const balancers = at.fixedNetworks.length > 0 && c.chance(1, 2) ? c.pick(at.fixedNetworks) : "10.0.0.0/8";
  return [
    `entry ${OPEN_DOOR} { listen 8443, allow }`,
    "entry e1 {",
    `  listen ${at.environment.length > 0 ? "LEVEL" : "8444"}`,
    `  proxy_protocol from ${balancers}`,
    ...policy(),
    "}",
    "entry e2 {",
    "  via e1",
    `  vpce: ${at.hasStages ? `stage { dev: "${ENDPOINTS[0]}", prod: "${ENDPOINTS[1]}" }` : `"${ENDPOINTS[0]}"`}`,
    ...(c.chance(1, 2) ? ['  vpc: "vpc-0aaaaaaa1"'] : []),
    ...policy(),
    "}",
  ];
}

/** Undefined: the gateway's own door. */
export function arrival(c: Choices): EntryArrival | undefined {
  return c.pick([
    undefined,
    undefined,
    { listener: OPEN_DOOR },
    { listener: "e1" },
    { listener: "e1", vpce: ENDPOINTS[0] },
    { listener: "e1", vpce: ENDPOINTS[1] },
    { listener: OPEN_DOOR, vpce: ENDPOINTS[0] },
    { listener: "e2" },
    { vpce: ENDPOINTS[0] },
    {},
  ]);
}

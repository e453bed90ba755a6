/** What a deployment brings to a generated program: all that it needs, or that with faults. */
import type { Configuration } from "../../runtime/contract/world.ts";
import type { Choices } from "./choices.ts";
import type { Generated } from "./generated.ts";
import { SECRET } from "./keys.ts";
import { shapeOf } from "./scalars.ts";
import { storeOf } from "./api-keys.ts";
import { storeName } from "./declarations.ts";

export function goodConfiguration(c: Choices, { environment, identities, stages }: Generated): Configuration {
  const variables: Record<string, string> = {};
  for (const { name, type, isRequired } of environment)
    if (isRequired || c.chance(1, 3)) variables[name] = c.pick(shapeOf(type).environment?.good ?? []);
  for (const identity of identities) {
    variables[`KEY_${identity.name.toUpperCase()}`] = SECRET;
    if (identity.kind === "api_key") variables[storeName(identity)] = storeOf(c, identity);
  }
  return { stage: stages.length === 0 ? c.pick([undefined, "ignored"]) : c.pick(stages), variables };
}

/** With up to three faults; now and then what is changed is no fault. */
export function brokenConfiguration(c: Choices, generated: Generated): Configuration {
  const good = goodConfiguration(c, generated);
  const variables: Record<string, string | undefined> = { ...good.variables };
  let { stage } = good;
  const faults = 1 + c.below(3);
  for (let fault = 0; fault < faults; fault++) {
    const variable = generated.environment.length === 0 ? undefined : c.pick(generated.environment);
    const secret = `KEY_${generated.identities.length === 0 ? "NOBODY" : c.pick(generated.identities).name.toUpperCase()}`;
    switch (c.below(5)) {
      case 0:
        stage = c.pick([undefined, "", "Dev", "production"]);
        break;
      case 1:
        variables[secret] = c.pick([undefined, "", "too short", "é".repeat(16)]);
        break;
      case 2:
        if (variable !== undefined) variables[variable.name] = c.pick([undefined, "", " "]);
        break;
      default:
        if (variable !== undefined) variables[variable.name] = c.pick([...(shapeOf(variable.type).environment?.bad ?? []), "70000"]);
    }
  }
  return { stage, variables };
}

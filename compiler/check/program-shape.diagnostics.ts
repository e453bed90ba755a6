/** What a program as a whole must have. */
import { defineError } from "../../grammar/source/diagnostic.ts";

export const secondGateway = defineError<{ name: string }>({
  code: "GWL2071",
  name: "second-gateway",
  message: ({ name }) => `a program has one gateway, and \`${name}\` is another`,
  help: () => "put what holds for all calls into one `gateway`; parts with rules of their own are `api`s or groups",
});

export const noGateway = defineError({
  code: "GWL2072",
  name: "no-gateway",
  message: () => "this program has no gateway to build",
  help: () => "declare `gateway NAME { listen 8080 }` here, or build the file that does and imports this one",
});

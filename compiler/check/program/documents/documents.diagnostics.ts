/** What an IAM document says that the routes of the program give no sense to. */
import { defineWarning } from "../../../../grammar/source/diagnostic.ts";

export const resourceMatchesNoRoute = defineWarning<{ resource: string; route: string }>({
  code: "GWL4024",
  name: "policy-resource-matches-no-route",
  message: ({ resource }) => `no route is matched by \`${resource}\``,
  label: () => "this resource does nothing",
  help: ({ route }) => `the last part is STAGE/VERB/PATH with the whole path, as in \`${route}\``,
});

export const principalsBesideOpenRoutes = defineWarning<{ route: string }>({
  code: "GWL4025",
  name: "policy-principals-beside-open-routes",
  message: ({ route }) => `these principals can never call \`${route}\``,
  label: () => "nobody is known by an AWS name there",
  help: () => '`accept` an identity of kind `sigv4` there, or write `"Principal": "*"` in a statement of its own for such routes',
});

export const DOCUMENT_DIAGNOSTICS = [resourceMatchesNoRoute, principalsBesideOpenRoutes] as const;

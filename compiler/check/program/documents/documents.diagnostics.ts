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

export const sourceIpBehindEndpoints = defineWarning<{ endpoint: string; holds: boolean }>({
  code: "GWL4173",
  name: "policy-source-ip-behind-endpoints",
  message: ({ endpoint }) => `callers by the VPC endpoint \`${endpoint}\` bring no \`aws:SourceIp\``,
  label: ({ holds }) => `this condition is ${holds ? "always" : "never"} true of them`,
  help: () => "within a VPC the address is `aws:VpcSourceIp`; the endpoint itself is told by `aws:SourceVpce`",
  replacement: () => ({ title: "write `aws:VpcSourceIp`", text: '"aws:VpcSourceIp"' }),
});

export const allowListRestrictsNobody = defineWarning<{ caller: string; account: string }>({
  code: "GWL4174",
  name: "policy-allow-list-restricts-nobody",
  message: ({ caller }) => `\`${caller}\` gets in without this`,
  label: ({ account }) => `callers of the account ${account} need one side only, and their own policies are one`,
  help: () => "deny what is not listed: a statement with `Effect` `Deny` and the negated condition, as `NotIpAddress` is of `IpAddress`",
});

export const DOCUMENT_DIAGNOSTICS = [
  resourceMatchesNoRoute,
  principalsBesideOpenRoutes,
  sourceIpBehindEndpoints,
  allowListRestrictsNobody,
] as const;

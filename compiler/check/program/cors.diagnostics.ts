/** GWL4362 and on: what stands beside `cors` and would never be seen. */
import { defineError, defineWarning } from "../../../grammar/source/diagnostic.ts";

export const corsFieldSet = defineError<{ name: string; route: string }>({
  code: "GWL4362",
  name: "cors-field-set",
  message: ({ name }) => `\`${name}\` is said by \`cors\` here, and by nobody else`,
  label: ({ route }) => `in force on \`${route}\``,
  help: () => "say in `cors` who may read, or take it back with `cors none` where you write these fields yourself",
});

export const preflightElsewhere = defineWarning<{ route: string }>({
  code: "GWL4363",
  name: "preflight-elsewhere",
  message: ({ route }) => `browsers' preflights do not come to \`${route}\``,
  label: () => "`cors` answers them for the routes that they ask about",
  help: () => "remove the route if that is all it was for; it gets other `OPTIONS` requests only",
});

export const securityFieldSet = defineError<{ name: string; route: string }>({
  code: "GWL4368",
  name: "security-field-set",
  message: ({ name }) => `\`${name}\` is said by \`security_headers\` here`,
  label: ({ route }) => `in force on \`${route}\``,
  help: () => "give the value there, or say `backend` there for what backends and `set response header` say",
});

export const CORS_DIAGNOSTICS = [corsFieldSet, preflightElsewhere, securityFieldSet] as const;

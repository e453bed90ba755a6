/** GWL446x: what a gateway tells of itself. */
import { defineError } from "../../../grammar/source/diagnostic.ts";

export const observeDoorMissing = defineError({
  code: "GWL4460",
  name: "observe-door-missing",
  message: () => "`observe` does not say where it listens",
  help: () => "add `listen 9464` to its block, a port that clients do not reach",
});
export const http2Observed = defineError({
  code: "GWL4500",
  name: "observe-door-http2",
  message: () => "the door of `observe` speaks HTTP/1.1 alone",
  label: () => "`http2` is for doors that clients come by",
  help: () => "remove the block behind `listen` here",
});
export const figuresWithoutPlace = defineError({
  code: "GWL4461",
  name: "figures-without-place",
  message: () => "nobody can read these figures",
  label: () => "the gateway has no door where they are told",
  help: () => "add `observe { listen 9464 }` to the gateway, or tell a collector with `otlp: URL`",
});
export const bucketsForm = defineError({
  code: "GWL4462",
  name: "buckets-form",
  message: () => "the buckets do not rise",
  label: () => "each must be longer than the one before it, the first longer than nothing",
  help: () => "as in `buckets: [5ms, 25ms, 100ms, 1s]`",
});

export const tracesNotTaken = defineError({
  code: "GWL4463",
  name: "traces-not-taken",
  message: () => "the gateway takes no part in traces",
  label: () => "so nobody's word about them counts",
  help: () => "add `traces { share: 5% }` to the gateway, or remove this line",
});

export const credentialLogged = defineError<{ name: string }>({
  code: "GWL4464",
  name: "credential-logged",
  message: (h) => `\`${h.name}\` carries what callers prove themselves with`,
  label: () => "whoever reads the log could call as they do",
  help: () => "log `principal`, which says who called without what proves it",
});
export const fieldsWithoutJson = defineError<{ setting: string; format: string }>({
  code: "GWL4465",
  name: "fields-without-json",
  message: (h) => `the \`${h.format}\` format has a form of its own`,
  label: (h) => `so \`${h.setting}\` means nothing`,
  help: (h) => `remove \`${h.setting}\`, or say \`format: json\``,
});

export const OBSERVE_DIAGNOSTICS = [
  observeDoorMissing,
  http2Observed,
  figuresWithoutPlace,
  bucketsForm,
  tracesNotTaken,
  credentialLogged,
  fieldsWithoutJson,
] as const;

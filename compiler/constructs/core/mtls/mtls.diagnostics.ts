/** GWL416x: callers who are told by certificates. */
import { defineError } from "../../../../grammar/source/diagnostic.ts";

export const notACertificatePart = defineError<{ name: string; meant: string | undefined }>({
  code: "GWL4162",
  name: "not-a-certificate-part",
  message: ({ name }) => `\`${name}\` is no part of a certificate`,
  help: ({ meant }) =>
    meant === undefined
      ? "parts are `subject.CN` (or `O`, `OU`, `C`, `L`, `ST`, `serialNumber`), the same of `issuer`, `san.dns`, `san.uri`, `san.email`, `san.ip` and `serial`"
      : `did you mean \`${meant}\`?`,
});

export const partIsText = defineError<{ part: string; type: string }>({
  code: "GWL4163",
  name: "certificate-part-is-text",
  message: ({ part, type }) => `\`${part}\` of a certificate is never of type ${type}`,
  help: () => "a part is a text: `String`, `String?` where it may be missing, `Set<String>` where it may come several times",
});

export const MTLS_DIAGNOSTICS = [notACertificatePart, partIsText] as const;

/** GWL4154 and on: doors that lead nowhere, and what no door leads to. */
import { defineError } from "../../../grammar/source/diagnostic.ts";

export const unknownEntry = defineError<{ name: string; meant: string | undefined; known: readonly string[] }>({
  code: "GWL4152",
  name: "unknown-entry",
  message: ({ name }) => `there is no entry \`${name}\``,
  help: ({ meant, known }) =>
    meant !== undefined
      ? `did you mean \`${meant}\`?`
      : known.length === 0
        ? "none is declared; one is written `entry NAME { listen PORT, allow when ... }`"
        : `there are ${known.map((name) => `\`${name}\``).join(", ")}`,
});

export const entryAdmitsNothing = defineError<{ name: string }>({
  code: "GWL4154",
  name: "entry-admits-nothing",
  message: ({ name }) => `the entry \`${name}\` lets nothing in`,
  label: () => "no `allow`, no policy that allows",
  help: () => "say what passes: `allow when route.api == NAME`, or `allow` for all that the routes themselves allow",
});

export const privateUnreachable = defineError<{ api: string; hasEntries: boolean }>({
  code: "GWL4155",
  name: "private-api-unreachable",
  message: ({ api }) => `no entry lets anybody call the private api \`${api}\``,
  help: ({ api, hasEntries }) =>
    hasEntries
      ? `say \`allow when route.api == ${api}\` in an entry, or remove \`private\``
      : `declare one, \`entry NAME { listen PORT, allow when route.api == ${api} }\`, or remove \`private\``,
});

export const unheardEndpoint = defineError<{ name: string; via: string; isEndpoint: boolean }>({
  code: "GWL4157",
  name: "endpoint-never-told",
  message: ({ name, via }) => `nobody can tell that a connection to \`${via}\` came by the endpoint of \`${name}\``,
  help: ({ via, isEndpoint }) =>
    isEndpoint
      ? `\`${via}\` is a VPC endpoint itself; name the entry that listens behind the load balancer`
      : `a load balancer says so in its header: add \`proxy_protocol from NETWORK\` to \`${via}\`, with the balancer's addresses`,
});

export const certificateNeverShown = defineError<{ identity: string; entry: string }>({
  code: "GWL4161",
  name: "certificate-never-shown",
  message: ({ identity, entry }) => `nobody shows a certificate at \`${entry}\`, so nobody is \`${identity}\``,
  help: ({ entry }) => `add \`mtls { truststore: ... }\` to the entry \`${entry}\`, or name an entry that has it`,
});

export const DOOR_DIAGNOSTICS = [unknownEntry, entryAdmitsNothing, privateUnreachable, unheardEndpoint, certificateNeverShown] as const;

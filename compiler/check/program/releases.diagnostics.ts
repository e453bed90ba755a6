/** What only the whole program shows of its releases. */
import { defineError, defineWarning } from "../../../grammar/source/diagnostic.ts";

export const releasesClash = defineError<{ name: string; why: "name" | "from" | "chain" | "itself"; backend: string }>({
  code: "GWL4436",
  name: "releases-clash",
  message: ({ name, why, backend }) => {
    switch (why) {
      case "name":
        return `two releases are called \`${name}\``;
      case "from":
        return `two releases send calls of \`${backend}\` elsewhere`;
      case "chain":
        return `\`${name}\` leads to \`${backend}\`, of which another release sends calls elsewhere`;
      case "itself":
        return `\`${name}\` leads from \`${backend}\` to itself`;
    }
  },
  label: () => "which of them counts would be a guess",
  help: ({ why }) =>
    why === "name"
      ? "give one of them another name: logs and metrics tell them apart by it"
      : "a call is sent on once: let each release lead from a backend of routes to one that no release leads from",
});

export const idleRelease = defineWarning<{ name: string; backend: string }>({
  code: "GWL4437",
  name: "idle-release",
  message: ({ name, backend }) => `no route leads to \`${backend}\`: the release \`${name}\` does nothing`,
  label: () => "nothing to choose between",
  help: ({ backend }) => `lead a route to \`${backend}\`, or remove the release`,
});

export const RELEASES_DIAGNOSTICS = [releasesClash, idleRelease] as const;

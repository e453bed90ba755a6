/** What is wrong with how a program says that versions come and go. */
import { defineError } from "../../../grammar/source/diagnostic.ts";

export const sunsetTooEarly = defineError({
  code: "GWL4430",
  name: "sunset-too-early",
  message: () => "this may be gone before it is deprecated",
  label: () => "`sunset` is earlier than `since`",
  help: () =>
    "`since` is when callers should begin to leave, `sunset` is from when on it may be gone: write the later date behind `sunset`",
});

export const linkTarget = defineError<{ written: string }>({
  code: "GWL4431",
  name: "link-target",
  message: ({ written }) => `\`${written}\` cannot be followed`,
  label: () => "neither a URL nor a path",
  help: () => 'write a URL, such as `"https://shop.example/docs"`, or a path of this gateway, such as `"/v2/orders"`',
});

export const releaseIncomplete = defineError<{ name: string; missing: "ends" | "who" }>({
  code: "GWL4432",
  name: "release-incomplete",
  message: ({ name, missing }) =>
    missing === "ends"
      ? `the release \`${name}\` does not say between which backends`
      : `the release \`${name}\` sends nobody to the next version`,
  label: ({ missing }) => (missing === "ends" ? "a line `FROM -> TO` is missing" : "neither `share` nor `when` is said"),
  help: ({ missing }) =>
    missing === "ends"
      ? "write `FROM -> TO` in its block, with the names of two backends"
      : "write `share 5%` for some of the calls, or `when CONDITION` for those that a condition names",
});

export const releaseLine = defineError<{ written: string }>({
  code: "GWL4433",
  name: "release-line",
  message: ({ written }) => `\`${written}\` is nothing that a release says`,
  label: () => "not understood here",
  help: () =>
    "a release has the lines `FROM -> TO`, `share PERCENT`, `sticky by EXPRESSION`, `when CONDITION` and `stop above PERCENT of CALLS`",
});

export const saidTwiceInRelease = defineError<{ what: string }>({
  code: "GWL4434",
  name: "release-said-twice",
  message: ({ what }) => `a release says \`${what}\` once`,
  label: () => "said again here",
  help: () => "keep one of the two; several `when` may stand side by side",
});

export const windowBounds = defineError({
  code: "GWL4435",
  name: "release-window",
  message: () => "a release looks back on 10 to 10,000 calls",
  label: () => "outside of these bounds",
  help: () => "write `stop above 5% of 100`: when more than 5 of the last 100 calls to the next version have failed",
});

export const RELEASE_STATEMENT_DIAGNOSTICS = [
  sunsetTooEarly,
  linkTarget,
  releaseIncomplete,
  releaseLine,
  saidTwiceInRelease,
  windowBounds,
] as const;

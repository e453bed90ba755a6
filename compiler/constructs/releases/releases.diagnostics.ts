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

export const RELEASE_STATEMENT_DIAGNOSTICS = [sunsetTooEarly, linkTarget] as const;

/** `version N`, and how requests say that they want it: `by path`, `by header "NAME"`, `by media "TYPE"`, `by parameter "NAME"`, and `default`. */
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { CheckContext } from "../../check/context.ts";
import { isHeaderName } from "../../model/header-names.ts";
import type { VersionChoice } from "../../model/version-choice.ts";
import type { PhraseReader } from "../phrase-reader.ts";
import { notAHeaderName, versionForm, versionMedia, versionParameter } from "./routing.diagnostics.ts";

export type ApiVersion = {
  readonly version: number;
  /** Absent: the path decides. */
  readonly choice?: VersionChoice;
  /** The version is the first segment of the path, as in `/v2/orders`. */
  readonly isInPath: boolean;
};

/** Behind `version`. Undefined where something was wrong, which is reported. */
export function readApiVersion(phrase: PhraseReader, context: CheckContext): ApiVersion | undefined {
  const version = readNumber(phrase, context);
  if (!phrase.takes("by")) return version === undefined ? undefined : { version, isInPath: false };
  if (phrase.takes("path")) return version === undefined ? undefined : { version, isInPath: true };
  const by = (["header", "media", "parameter"] as const).find((word) => phrase.takes(word));
  if (by === undefined) {
    phrase.refuse("`path`, `header`, `media` or `parameter`");
    return undefined;
  }
  const text = phrase.text(neededBy[by]);
  if (text === undefined) return undefined;
  const isDefault = phrase.takes("default");
  const { span } = text;
  if (!isGood(by, text.value, span, context) || version === undefined) return undefined;
  return { version, isInPath: false, choice: { by, name: text.value.toLowerCase(), isDefault, span } };
}

const neededBy: Readonly<Record<VersionChoice["by"], string>> = {
  header: "the name of a header field in quotes",
  media: "a media type in quotes",
  parameter: "the name of a parameter in quotes",
};

function readNumber(phrase: PhraseReader, context: CheckContext): number | undefined {
  const node = phrase.expression("a version number");
  if (node === undefined) return undefined;
  const version = node.kind === "int" ? Number(node.text) : 0;
  if (Number.isSafeInteger(version) && version >= 1) return version;
  context.report(finding(versionForm, node.span, { found: context.written(node.span, 40) }));
  return undefined;
}

const mediaType = /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/i;

function isGood(by: VersionChoice["by"], written: string, span: Span, context: CheckContext): boolean {
  if (by === "header") {
    if (isHeaderName(written)) return true;
    context.report(finding(notAHeaderName, span, { written }));
  } else if (by === "media") {
    if (mediaType.test(written)) return true;
    context.report(finding(versionMedia, span, { written }));
  } else {
    // `q` is the weight of a type, `charset` says how a body is written.
    if (isHeaderName(written) && !["q", "charset", "boundary"].includes(written.toLowerCase())) return true;
    context.report(finding(versionParameter, span, { written }));
  }
  return false;
}

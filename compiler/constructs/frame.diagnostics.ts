/** What can be wrong with any statement, block or setting, whatever its word means. */
import { defineError } from "../../grammar/source/diagnostic.ts";
import type { Within } from "./piece.ts";

/** A place in the user's words. */
export const PLACE_NAMES: Readonly<Record<Within, string>> = {
  file: "at the top level of a file",
  backend: "in an `http` backend",
  gateway: "in a `gateway`",
  observe: "in `observe`",
  entry: "in an `entry`",
  api: "in an `api`",
  group: "in a `group`",
  route: "in a route",
  policy: "in a `policy`",
  plan: "in a `plan`",
};

export const phraseNeeds = defineError<{ word: string; needs: string; found: string; written: string; hint?: string | undefined }>({
  code: "GWL2201",
  role: "unread",
  name: "statement-incomplete",
  message: ({ word, needs, found }) => `\`${word}\` needs ${needs} here, found ${found}`,
  help: ({ written, hint }) => hint ?? `written as ${written}`,
});

/** `hint` comes from a habit that shows. */
export const phraseGoesOn = defineError<{ word: string; found: string; written: string; hint: string | undefined }>({
  code: "GWL2202",
  role: "unread",
  name: "statement-goes-on",
  message: ({ word, found }) => `this \`${word}\` is complete before ${found}`,
  help: ({ written, hint }) => hint ?? `written as ${written}; the next statement starts on a new line or after a comma`,
});

export const unknownWord = defineError<{
  word: string;
  place: string;
  hint: string | undefined;
  meant: string | undefined;
  words: readonly string[];
}>({
  code: "GWL2203",
  role: "unread",
  name: "unknown-statement",
  message: ({ word, place }) => `no statement starts with \`${word}\` ${place}`,
  help: ({ hint, meant, words }) =>
    hint !== undefined
      ? hint
      : meant === undefined
        ? `here stand ${words.map((word) => `\`${word}\``).join(", ")}`
        : `did you mean \`${meant}\`?`,
});

export const wordElsewhere = defineError<{ word: string; place: string; within: readonly string[] }>({
  code: "GWL2204",
  name: "word-in-wrong-place",
  message: ({ word, place, within }) => `\`${word}\` stands ${listed(within)}, not ${place}`,
  help: ({ within }) => (within.length === 1 ? "move it there" : "move it to one of these places"),
});

export const notSupportedYet = defineError<{ what: string; instead: string | undefined }>({
  code: "GWL2205",
  name: "not-supported-yet",
  message: ({ what }) => `${what} is not supported yet`,
  help: ({ instead }) => instead ?? "this edition of the compiler refuses it instead of ignoring it; remove it for now",
});

/** `place` as in `PLACE_NAMES`, or "`tags`". */
export const strayEntry = defineError<{ what: string; place: string; hint?: string | undefined }>({
  code: "GWL2206",
  role: "unread",
  name: "stray-entry",
  message: ({ what, place }) => `${what} cannot stand ${/^(?:at|in) /.test(place) ? place : `in ${place}`}`,
  help: ({ hint }) =>
    hint ?? "a line here starts with a word that says what it is; a setting `name: value` belongs into the block of what it sets",
});

/** `form` is how a statement of this name is written that may stand here. */
export const unknownSetting = defineError<{
  name: string;
  owner: string;
  form: string | undefined;
  meant: string | undefined;
  known: readonly string[];
}>({
  code: "GWL2207",
  role: "unread",
  name: "unknown-setting",
  message: ({ name, owner }) => `${owner} has no setting \`${name}\``,
  help: ({ name, form, meant, known }) =>
    form !== undefined
      ? `\`${name}\` is a statement, without \`:\`: \`${form}\``
      : meant !== undefined
        ? `did you mean \`${meant}\`?`
        : known.length === 0
          ? "it has none; remove it"
          : `it has ${known.map((setting) => `\`${setting}\``).join(", ")}`,
});

export const missingSetting = defineError<{ missing: readonly { readonly name: string; readonly doc: string }[]; owner: string }>({
  code: "GWL2208",
  role: "lacks",
  name: "missing-setting",
  message: ({ missing, owner }) =>
    `${owner} needs the setting${missing.length === 1 ? "" : "s"} ${missing.map(({ name }) => `\`${name}\``).join(", ")}`,
  help: ({ missing }) => missing.map(({ name, doc }) => `\`${name}\` is ${doc}`).join("; "),
});

export const duplicateSetting = defineError<{ name: string }>({
  code: "GWL2209",
  name: "duplicate-setting",
  message: ({ name }) => `\`${name}\` is set twice`,
  help: () => "keep one of the two; nothing here depends on order, so neither could win",
});

export const settingForm = defineError<{ name: string; form: string }>({
  code: "GWL2210",
  role: "unread",
  name: "setting-in-wrong-form",
  message: ({ name, form }) => `\`${name}\` is written as ${form}`,
  help: () => "a setting is `name: value`, a block of entries is `name { ... }`",
});

export const settingNotConstant = defineError<{ name: string; owner: string }>({
  code: "GWL2211",
  name: "setting-not-constant",
  message: ({ name, owner }) => `\`${name}\` of ${owner} must be known when the program is compiled`,
  help: () => "write the value itself, or a `let` of it; the environment and the stage are known only when the gateway starts",
});

export const missingLeftOperand = defineError<{ word: string; operator: string }>({
  code: "GWL2212",
  name: "missing-left-operand",
  message: ({ word, operator }) => `a value is missing between \`${word}\` and \`${operator}\``,
  help: ({ word, operator }) => `\`${operator}\` stands between two values, as in \`${word} ${EXAMPLES[operator] ?? `x ${operator} y`}\``,
});

const EXAMPLES: Readonly<Record<string, string>> = {
  "==": 'path == "/"',
  "!=": "method != GET",
  in: "client.ip in office",
  matches: "path matches /^\\/orders\\//",
};

export const FRAME_DIAGNOSTICS = [
  phraseNeeds,
  phraseGoesOn,
  unknownWord,
  wordElsewhere,
  notSupportedYet,
  strayEntry,
  unknownSetting,
  missingSetting,
  duplicateSetting,
  settingForm,
  settingNotConstant,
  missingLeftOperand,
] as const;

function listed(places: readonly string[]): string {
  return places.length < 2 ? places.join("") : `${places.slice(0, -1).join(", ")} or ${places.at(-1)}`;
}

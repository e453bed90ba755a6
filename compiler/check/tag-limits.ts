/** What AWS allows of tags, wherever they stand: on routes, and on the callers of a principals file. */
import { defineError } from "../../grammar/source/diagnostic.ts";

export const MOST_TAGS = 50;
const CHARACTERS = String.raw`\p{L}\p{Z}\p{N}_.:/=+\-@`;
export const TAG_KEY = new RegExp(`^(?!aws:)[${CHARACTERS}]{1,128}$`, "iu");
export const TAG_VALUE = new RegExp(`^[${CHARACTERS}]{0,256}$`, "u");

export const tagText = defineError<{ what: "name" | "value"; written: string; expected: string }>({
  code: "GWL4170",
  name: "tag-text",
  message: ({ what, written }) => `\`${written}\` cannot be the ${what} of a tag`,
  help: ({ expected }) => `AWS takes ${expected}`,
});

export const tooManyTags = defineError<{ count: number; most: number }>({
  code: "GWL4171",
  name: "too-many-tags",
  message: ({ count, most }) => `${count} tags stand here; AWS takes ${most} of one resource`,
  help: () => "set those that many routes share at the level around them",
});

export const tagsAlike = defineError<{ name: string; other: string }>({
  code: "GWL4172",
  name: "tags-alike",
  message: ({ name, other }) => `the tags \`${name}\` and \`${other}\` differ in case alone`,
  help: () => "IAM documents name tags in any case, and would mean both: rename one of them",
});

export const TAG_LIMIT_DIAGNOSTICS = [tagText, tooManyTags, tagsAlike] as const;

/** Where the framing of messages is read more strictly than by Node: by name, in texts of whole messages or of their heads and bodies. */
const ofHeads: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["a coding beside or instead of chunked", /\r\ntransfer-encoding:(?![\t ]*chunked[\t ]*\r\n)/i],
  ["chunked twice, which nobody may say", /\r\ntransfer-encoding:[^]*\r\ntransfer-encoding:/i],
  ["a length of more than 15 digits", /\r\ncontent-length:[\t ]*[0-9]{16}/i],
];
const ofBodies: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["a chunk's size of more than 13 digits", /(?:^|\r\n)[0-9a-f]{14}/i],
  ["an extension of a chunk with nothing behind its =", /(?:^|\r\n)[0-9a-f]+;[^\r]*=(?:;|\r)/i],
];

export const FRAMING_FAULTS = { ofHeads, ofBodies };

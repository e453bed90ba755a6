/**
 * The words and marks that a text is cut into. Promises: only structure and literals are known here; every other word is a `Name`.
 * Must not know: newlines' meaning (layout.ts), brackets' balance (brackets.ts).
 */
import { createToken, Lexer, type TokenType } from "chevrotain";
import { Bang, BarePattern, BlockComment, FlaggedRegex, ForeignText, HashComment } from "./foreign-tokens.ts";
import { numberTokens, Literal, Num } from "./number-tokens.ts";

/** Words that no declaration, setting or field may be called. */
export const Reserved = createToken({ name: "Reserved", pattern: Lexer.NA });
/** What stands between two operands. */
export const BinaryOp = createToken({ name: "BinaryOp", pattern: Lexer.NA });
/** What stands before an operand. */
export const Prefix = createToken({ name: "Prefix", pattern: Lexer.NA });
/** `(` wherever it stands. */
export const Open = createToken({ name: "Open", pattern: Lexer.NA });
/** What ends an entry. */
export const End = createToken({ name: "End", pattern: Lexer.NA });

export const Name = createToken({ name: "Name", pattern: /[A-Za-z_][A-Za-z0-9_]*/ });

const word = (text: string, categories: TokenType[] = []): TokenType =>
  createToken({ name: text[0]?.toUpperCase() + text.slice(1), pattern: text, longer_alt: Name, categories: [Reserved, ...categories] });

export const And = word("and", [BinaryOp]);
export const Or = word("or", [BinaryOp]);
export const Implies = word("implies", [BinaryOp]);
export const In = word("in", [BinaryOp]);
export const Matches = word("matches", [BinaryOp]);
export const Is = word("is");
export const Not = word("not", [Prefix]);
export const Has = word("has", [Prefix]);
export const If = word("if");
export const Then = word("then");
export const Else = word("else");
export const True = word("true", [Literal]);
export const False = word("false", [Literal]);

const mark = (name: string, pattern: string, categories: TokenType[] = []): TokenType => createToken({ name, pattern, categories });

export const CurlyOpen = mark("CurlyOpen", "{");
export const CurlyClose = mark("CurlyClose", "}");
export const SquareOpen = mark("SquareOpen", "[");
export const SquareClose = mark("SquareClose", "]");
export const RoundOpen = mark("RoundOpen", "(", [Open]);
export const RoundClose = mark("RoundClose", ")");
export const Comma = mark("Comma", ",", [End]);
export const Arrow = mark("Arrow", "->");
export const Equal = mark("Equal", "==", [BinaryOp]);
export const Assign = mark("Assign", "=");
export const Colon = mark("Colon", ":");
export const Unequal = mark("Unequal", "!=", [BinaryOp]);
export const AtMost = mark("AtMost", "<=", [BinaryOp]);
export const Less = mark("Less", "<", [BinaryOp]);
export const AtLeast = mark("AtLeast", ">=", [BinaryOp]);
export const Greater = mark("Greater", ">", [BinaryOp]);
export const Coalesce = mark("Coalesce", "??", [BinaryOp]);
export const Question = mark("Question", "?");
export const Bar = mark("Bar", "|", [BinaryOp]);
export const Ampersand = mark("Ampersand", "&", [BinaryOp]);
export const Plus = mark("Plus", "+", [BinaryOp]);
export const Minus = mark("Minus", "-", [BinaryOp]);
export const Range = mark("Range", "..", [BinaryOp]);
export const Dot = mark("Dot", ".");

export const Text = createToken({ name: "Text", pattern: /"(?:[^"\\\r\n]|\\[^\r\n])*"/, categories: [Literal] });
/** To the end of the line, but for brackets and commas there, which are rather not meant as text. */
const UNCLOSED = /"(?:[^"\\\r\n]|\\[^\r\n])*\\?/y;
export const UnclosedText = createToken({
  name: "UnclosedText",
  pattern: (text, offset) => {
    UNCLOSED.lastIndex = offset;
    const found = UNCLOSED.exec(text)?.[0];
    if (found === undefined) return null;
    let end = found.length;
    while (end > 1 && " \t{}[](),".includes(found[end - 1] ?? "")) end--;
    return [found.slice(0, end)];
  },
  start_chars_hint: ['"'],
  line_breaks: false,
  categories: [Literal],
});
export const Regex = createToken({
  name: "Regex",
  pattern: /\/(?:[^/\\\r\n*]|\\[^\r\n])(?:[^/\\\r\n]|\\[^\r\n])*\//,
  categories: [Literal],
});

export const Newline = createToken({ name: "Newline", pattern: /\r?\n/, categories: [End], line_breaks: true });
export const Blank = createToken({ name: "Blank", pattern: /[ \t\uFEFF]+/, group: Lexer.SKIPPED });
export const Comment = createToken({ name: "Comment", pattern: /\/\/[^\r\n]*/, group: "comments" });

/** Made by layout.ts from what touches what; no text is cut into these directly. */
const made = (name: string, categories: TokenType[] = []): TokenType => createToken({ name, pattern: Lexer.NA, categories });
/** `(` that touches the name before it. */
export const CallOpen = made("CallOpen", [Open]);
/** `<` that touches a type's name, and its partner. */
export const TypeOpen = made("TypeOpen");
export const TypeClose = made("TypeClose");
/** `-` of a negative number. */
export const Sign = made("Sign", [Prefix]);
/** `?` that touches the type before it. */
export const Maybe = made("Maybe");
/** `|` of a table's row. */
export const RowBar = made("RowBar");

/** First match wins, so the longer of two with a common start comes first. */
export const TOKENS: TokenType[] = [
  Blank,
  Newline,
  Comment,
  HashComment,
  BlockComment,
  ...numberTokens,
  And,
  Or,
  Implies,
  In,
  Matches,
  Is,
  Not,
  Has,
  If,
  Then,
  Else,
  True,
  False,
  Name,
  CurlyOpen,
  CurlyClose,
  SquareOpen,
  SquareClose,
  RoundOpen,
  RoundClose,
  Comma,
  Arrow,
  Equal,
  Assign,
  Colon,
  Unequal,
  Bang,
  AtMost,
  Less,
  AtLeast,
  Greater,
  Coalesce,
  Question,
  Bar,
  Ampersand,
  Plus,
  Minus,
  Range,
  Dot,
  Text,
  UnclosedText,
  ForeignText,
  FlaggedRegex,
  Regex,
  BarePattern,
  CallOpen,
  TypeOpen,
  TypeClose,
  Sign,
  Maybe,
  RowBar,
  Reserved,
  BinaryOp,
  Prefix,
  Open,
  End,
  Literal,
  Num,
];

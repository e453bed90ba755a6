/**
 * The grammar. Promises: a pure tree of what was written, whatever was written: between balanced brackets every sequence of tokens has a
 * place in the tree, what does not belong as `stray` and what is missing as an absence, for the builder to tell in words. So recovery by
 * guessing stays the last resort. Must not know: precedence of operators (operators.ts), meaning, messages.
 */
import { CstParser, EOF, tokenMatcher, type CstNode, type IOrAlt, type IToken, type ParserMethod, type TokenType } from "chevrotain";
import { Literal } from "./number-tokens.ts";
import * as t from "./tokens.ts";
import type { FileCstNode } from "./cst.ts";

type Rule = ParserMethod<[], CstNode>;
/** Made once a parser where they are chosen among for every part: the library makes no copies. */
type Alternatives = IOrAlt<unknown>[];

const TAIL_STARTS = new Set<TokenType>([t.Dot, t.CallOpen, t.TypeOpen, t.Maybe]);

export class GwlParser extends CstParser {
  /** That the rules below are a grammar is asked once, by a test, and not by each start. */
  constructor(validation: "validated" | "trusted" = "trusted") {
    super(t.TOKENS, { recoveryEnabled: true, maxLookahead: 1, nodeLocationTracking: "none", skipValidations: validation === "trusted" });
    this.performSelfAnalysis();
  }

  readonly file: Rule = this.RULE("file", () => {
    this.SUBRULE(this.entries);
    this.CONSUME(EOF);
  });

  private readonly entries: Rule = this.RULE("entries", () => {
    this.MANY(() => {
      this.OR({ DEF: this.entryKinds, IGNORE_AMBIGUITIES: true });
    });
  });

  private readonly entryKinds: Alternatives = [
    { ALT: () => this.CONSUME(t.End) },
    { GATE: () => this.startsSetting(), ALT: () => this.SUBRULE(this.setting, { LABEL: "entry" }) },
    { ALT: () => this.SUBRULE(this.row, { LABEL: "entry" }) },
    { ALT: () => this.SUBRULE(this.phrase, { LABEL: "entry" }) },
  ];

  private readonly block: Rule = this.RULE("block", () => {
    this.CONSUME(t.CurlyOpen);
    this.SUBRULE(this.entries);
    this.CONSUME(t.CurlyClose);
  });

  private readonly setting: Rule = this.RULE("setting", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Name, { LABEL: "key" }) },
      { ALT: () => this.CONSUME(t.Text, { LABEL: "key" }) },
      { ALT: () => this.CONSUME(t.Reserved, { LABEL: "key" }) },
    ]);
    this.OPTION(() => {
      this.CONSUME1(t.Name, { LABEL: "as" });
      this.CONSUME2(t.Name, { LABEL: "alias" });
    });
    this.CONSUME(t.Colon);
    this.SUBRULE(this.phrase);
  });

  private readonly row: Rule = this.RULE("row", () => {
    this.AT_LEAST_ONE(() => {
      this.CONSUME(t.RowBar);
      this.SUBRULE(this.phrase);
    });
  });

  /** Operands, operators, blocks and marks as they come. Two operands side by side are two terms. */
  private readonly phrase: Rule = this.RULE("phrase", () => {
    this.MANY(() => {
      this.OR(this.partKinds);
    });
  });

  /** Without a gate among these, the next token alone chooses, and quickly: gates are tried in a row. */
  private readonly partKinds: Alternatives = [
    { ALT: () => this.OR1({ DEF: this.valueKinds, IGNORE_AMBIGUITIES: true }) },
    { ALT: () => this.CONSUME(t.BinaryOp, { LABEL: "part" }) },
    { ALT: () => this.CONSUME(t.Is, { LABEL: "part" }) },
    { ALT: () => this.SUBRULE(this.block, { LABEL: "part" }) },
    { ALT: () => this.CONSUME(t.Colon, { LABEL: "part" }) },
    { ALT: () => this.CONSUME(t.Assign, { LABEL: "part" }) },
    { ALT: () => this.CONSUME(t.Arrow, { LABEL: "part" }) },
    { ALT: () => this.SUBRULE(this.stray, { LABEL: "part" }) },
  ];

  private readonly valueKinds: Alternatives = [
    { GATE: () => this.isLone(), ALT: () => this.CONSUME(t.Name, { LABEL: "part" }) },
    { GATE: () => this.isLone(), ALT: () => this.CONSUME(Literal, { LABEL: "part" }) },
    { ALT: () => this.SUBRULE(this.operand, { LABEL: "part" }) },
  ];

  /** What can neither start a term nor continue the one before. */
  private readonly stray: Rule = this.RULE("stray", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Then, { LABEL: "token" }) },
      { ALT: () => this.CONSUME(t.Else, { LABEL: "token" }) },
      { ALT: () => this.CONSUME(t.Dot, { LABEL: "token" }) },
      { ALT: () => this.CONSUME(t.Question, { LABEL: "token" }) },
      { ALT: () => this.CONSUME(t.Maybe, { LABEL: "token" }) },
      { ALT: () => this.SUBRULE(this.typeArguments) },
    ]);
  });

  /** A value with what touches it. Layout bounds the number of prefixes. */
  private readonly operand: Rule = this.RULE("operand", () => {
    this.OR(this.headKinds);
    this.MANY(() => {
      this.OR1(this.tailKinds);
    });
  });

  private readonly headKinds: Alternatives = [
    {
      ALT: () => {
        this.CONSUME(t.Prefix);
        this.OPTION(() => this.SUBRULE(this.operand));
      },
    },
    { ALT: () => this.CONSUME(t.Name, { LABEL: "head" }) },
    { ALT: () => this.CONSUME(Literal, { LABEL: "head" }) },
    { ALT: () => this.SUBRULE(this.paren, { LABEL: "head" }) },
    { ALT: () => this.SUBRULE(this.list, { LABEL: "head" }) },
    { ALT: () => this.SUBRULE(this.conditional, { LABEL: "head" }) },
  ];

  private readonly tailKinds: Alternatives = [
    {
      ALT: () => {
        this.CONSUME(t.Dot, { LABEL: "tail" });
        this.OPTION1(() => {
          this.OR2([{ ALT: () => this.CONSUME1(t.Name, { LABEL: "tail" }) }, { ALT: () => this.CONSUME(t.Reserved, { LABEL: "tail" }) }]);
        });
      },
    },
    { ALT: () => this.SUBRULE(this.callArguments, { LABEL: "tail" }) },
    { ALT: () => this.SUBRULE(this.typeArguments, { LABEL: "tail" }) },
    { ALT: () => this.CONSUME(t.Maybe, { LABEL: "tail" }) },
  ];

  private readonly paren: Rule = this.RULE("paren", () => {
    this.CONSUME(t.Open);
    this.SUBRULE(this.phrase);
    this.MANY(() => {
      this.CONSUME(t.Comma);
      this.SUBRULE1(this.phrase);
    });
    this.CONSUME(t.RoundClose);
  });

  private readonly list: Rule = this.RULE("list", () => {
    this.CONSUME(t.SquareOpen);
    this.SUBRULE(this.phrase);
    this.MANY(() => {
      this.CONSUME(t.Comma);
      this.SUBRULE1(this.phrase);
    });
    this.CONSUME(t.SquareClose);
  });

  private readonly callArguments: Rule = this.RULE("callArguments", () => {
    this.CONSUME(t.CallOpen);
    this.SUBRULE(this.argument);
    this.MANY(() => {
      this.CONSUME(t.Comma);
      this.SUBRULE1(this.argument);
    });
    this.CONSUME(t.RoundClose);
  });

  private readonly argument: Rule = this.RULE("argument", () => {
    this.OPTION({
      GATE: () => this.LA(2).tokenType === t.Colon,
      DEF: () => {
        this.CONSUME(t.Name);
        this.CONSUME(t.Colon);
      },
    });
    this.SUBRULE(this.phrase);
  });

  private readonly typeArguments: Rule = this.RULE("typeArguments", () => {
    this.CONSUME(t.TypeOpen);
    this.SUBRULE(this.phrase);
    this.MANY(() => {
      this.CONSUME(t.Comma);
      this.SUBRULE1(this.phrase);
    });
    this.CONSUME(t.TypeClose);
  });

  private readonly conditional: Rule = this.RULE("conditional", () => {
    this.CONSUME(t.If);
    this.SUBRULE(this.choice, { LABEL: "condition" });
    this.OPTION1(() => {
      this.CONSUME(t.Then);
      this.SUBRULE1(this.choice, { LABEL: "then" });
    });
    this.OPTION2(() => {
      this.CONSUME(t.Else);
      this.SUBRULE2(this.choice, { LABEL: "otherwise" });
    });
  });

  /** A part of a conditional: one expression, which may be missing. A block is a record here. */
  private readonly choice: Rule = this.RULE("choice", () => {
    this.OPTION(() => {
      this.OR([{ ALT: () => this.SUBRULE(this.operand, { LABEL: "part" }) }, { ALT: () => this.SUBRULE(this.block, { LABEL: "part" }) }]);
    });
    this.MANY(() => {
      this.OR1([{ ALT: () => this.CONSUME(t.BinaryOp, { LABEL: "part" }) }, { ALT: () => this.CONSUME(t.Is, { LABEL: "part" }) }]);
      this.OPTION1(() => {
        this.OR2([
          { ALT: () => this.SUBRULE1(this.operand, { LABEL: "part" }) },
          { ALT: () => this.SUBRULE1(this.block, { LABEL: "part" }) },
        ]);
      });
    });
  });

  /** Most operands are one token, and need no node of their own. */
  private isLone(): boolean {
    return !TAIL_STARTS.has(this.LA(2).tokenType);
  }

  private startsSetting(): boolean {
    const first = this.LA(1);
    if (this.LA(2).tokenType === t.Colon)
      return first.tokenType === t.Name || first.tokenType === t.Text || tokenMatcher(first, t.Reserved);
    return first.tokenType === t.Text && this.LA(2).image === "as" && this.LA(3).tokenType === t.Name && this.LA(4).tokenType === t.Colon;
  }
}

let parser: GwlParser | undefined;
export const theParser = (): GwlParser => {
  parser ??= new GwlParser();
  return parser;
};

/** The tree, and whether the parser stumbled: the builder has words for all else. */
export function parseTokens(tokens: IToken[]): { readonly cst: FileCstNode; readonly stumbles: readonly IToken[] } {
  const parser = theParser();
  parser.input = tokens;
  const cst = parser.file() as FileCstNode;
  return { cst, stumbles: parser.errors.map((error) => error.token) };
}

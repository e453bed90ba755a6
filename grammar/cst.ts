/** The shapes of the parser's tree. Generated from parser.ts by scripts/generate-cst.ts; do not edit. */
import type { CstNode, IToken } from "chevrotain";

export interface FileCstNode extends CstNode {
  name: "file";
  children: FileCstChildren;
}

export type FileCstChildren = {
  entries: EntriesCstNode[];
  EOF: IToken[];
};

export interface EntriesCstNode extends CstNode {
  name: "entries";
  children: EntriesCstChildren;
}

export type EntriesCstChildren = {
  End?: IToken[];
  entry?: (SettingCstNode | RowCstNode | PhraseCstNode)[];
};

export interface BlockCstNode extends CstNode {
  name: "block";
  children: BlockCstChildren;
}

export type BlockCstChildren = {
  CurlyOpen: IToken[];
  entries: EntriesCstNode[];
  CurlyClose: IToken[];
};

export interface SettingCstNode extends CstNode {
  name: "setting";
  children: SettingCstChildren;
}

export type SettingCstChildren = {
  key?: (IToken)[];
  as?: IToken[];
  alias?: IToken[];
  Colon: IToken[];
  phrase: PhraseCstNode[];
};

export interface RowCstNode extends CstNode {
  name: "row";
  children: RowCstChildren;
}

export type RowCstChildren = {
  RowBar: IToken[];
  phrase: PhraseCstNode[];
};

export interface PhraseCstNode extends CstNode {
  name: "phrase";
  children: PhraseCstChildren;
}

export type PhraseCstChildren = {
  part?: (IToken | OperandCstNode | BlockCstNode | StrayCstNode)[];
};

export interface StrayCstNode extends CstNode {
  name: "stray";
  children: StrayCstChildren;
}

export type StrayCstChildren = {
  token?: (IToken)[];
  typeArguments?: TypeArgumentsCstNode[];
};

export interface OperandCstNode extends CstNode {
  name: "operand";
  children: OperandCstChildren;
}

export type OperandCstChildren = {
  Prefix?: IToken[];
  operand?: OperandCstNode[];
  head?: (IToken | ParenCstNode | ListCstNode | ConditionalCstNode)[];
  tail?: (IToken | CallArgumentsCstNode | TypeArgumentsCstNode)[];
};

export interface ParenCstNode extends CstNode {
  name: "paren";
  children: ParenCstChildren;
}

export type ParenCstChildren = {
  Open: IToken[];
  phrase: (PhraseCstNode)[];
  Comma?: IToken[];
  RoundClose: IToken[];
};

export interface ListCstNode extends CstNode {
  name: "list";
  children: ListCstChildren;
}

export type ListCstChildren = {
  SquareOpen: IToken[];
  phrase: (PhraseCstNode)[];
  Comma?: IToken[];
  SquareClose: IToken[];
};

export interface CallArgumentsCstNode extends CstNode {
  name: "callArguments";
  children: CallArgumentsCstChildren;
}

export type CallArgumentsCstChildren = {
  CallOpen: IToken[];
  argument: (ArgumentCstNode)[];
  Comma?: IToken[];
  RoundClose: IToken[];
};

export interface ArgumentCstNode extends CstNode {
  name: "argument";
  children: ArgumentCstChildren;
}

export type ArgumentCstChildren = {
  Name?: IToken[];
  Colon?: IToken[];
  phrase: PhraseCstNode[];
};

export interface TypeArgumentsCstNode extends CstNode {
  name: "typeArguments";
  children: TypeArgumentsCstChildren;
}

export type TypeArgumentsCstChildren = {
  TypeOpen: IToken[];
  phrase: (PhraseCstNode)[];
  Comma?: IToken[];
  TypeClose: IToken[];
};

export interface ConditionalCstNode extends CstNode {
  name: "conditional";
  children: ConditionalCstChildren;
}

export type ConditionalCstChildren = {
  If: IToken[];
  condition: ChoiceCstNode[];
  Then?: IToken[];
  then?: ChoiceCstNode[];
  Else?: IToken[];
  otherwise?: ChoiceCstNode[];
};

export interface ChoiceCstNode extends CstNode {
  name: "choice";
  children: ChoiceCstChildren;
}

export type ChoiceCstChildren = {
  part?: (OperandCstNode | BlockCstNode | IToken)[];
};

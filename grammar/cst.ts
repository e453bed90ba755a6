/** The shapes of the parser's tree. Generated from parser.ts by scripts/generate-cst.ts; do not edit. */
import type { CstNode, IToken } from "chevrotain";

export interface FileCstNode extends CstNode {
  name: "file";
  children: FileCstChildren;
}

export type FileCstChildren = {
  End?: IToken[];
  entry?: EntryCstNode[];
  EOF: IToken[];
};

export interface EntryCstNode extends CstNode {
  name: "entry";
  children: EntryCstChildren;
}

export type EntryCstChildren = {
  setting?: SettingCstNode[];
  row?: RowCstNode[];
  phrase?: PhraseCstNode[];
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
  term?: (ExpressionCstNode | BlockCstNode | IToken | StrayCstNode)[];
};

export interface StrayCstNode extends CstNode {
  name: "stray";
  children: StrayCstChildren;
}

export type StrayCstChildren = {
  BinaryOp?: IToken[];
  Is?: IToken[];
  Then?: IToken[];
  Else?: IToken[];
  Dot?: IToken[];
  Question?: IToken[];
  Maybe?: IToken[];
  typeArguments?: TypeArgumentsCstNode[];
};

export interface BlockCstNode extends CstNode {
  name: "block";
  children: BlockCstChildren;
}

export type BlockCstChildren = {
  CurlyOpen: IToken[];
  End?: IToken[];
  entry?: EntryCstNode[];
  CurlyClose: IToken[];
};

export interface ExpressionCstNode extends CstNode {
  name: "expression";
  children: ExpressionCstChildren;
}

export type ExpressionCstChildren = {
  part: (OperandCstNode | IToken | BlockCstNode)[];
};

export interface OperandCstNode extends CstNode {
  name: "operand";
  children: OperandCstChildren;
}

export type OperandCstChildren = {
  prefix?: IToken[];
  primary?: (PrimaryCstNode)[];
};

export interface PrimaryCstNode extends CstNode {
  name: "primary";
  children: PrimaryCstChildren;
}

export type PrimaryCstChildren = {
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
  expression?: ExpressionCstNode[];
  block?: BlockCstNode[];
};

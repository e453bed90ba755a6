/** A small fault to seed: in `file`, the one place that reads `from` becomes `to`. `tests`: what should notice it, tried first. */
export type Fault = {
  readonly what: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly tests?: readonly string[];
};

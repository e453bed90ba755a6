/** Where the body of an answer ends (RFC 9112, section 6.3). */

export type Framing = {
  /** Takes what has come. */
  readonly read: (input: Buffer) => Piece;
  /** Whether a connection that ends is the end of the body. */
  readonly endsWithConnection: boolean;
};
/** `bytes`: of the body. `surplus`: how many bytes of the input stand behind it. */
export type Piece = {
  readonly bytes: Uint8Array;
  readonly state: "more" | "whole" | "malformed";
  readonly surplus: number;
};

export const untilClose: Framing = { read: (bytes) => ({ bytes, state: "more", surplus: 0 }), endsWithConnection: true };

export function ofLength(length: number): Framing {
  return new LengthFraming(length);
}

class LengthFraming implements Framing {
  readonly endsWithConnection = false;
  left: number;

  constructor(length: number) {
    this.left = length;
  }

  read(input: Buffer): Piece {
    const surplus = input.length - this.left;
    if (surplus < 0) {
      this.left -= input.length;
      return { bytes: input, state: "more", surplus: 0 };
    }
    return { bytes: surplus === 0 ? input : input.subarray(0, this.left), state: "whole", surplus };
  }
}

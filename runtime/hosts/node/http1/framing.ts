/** Where the body of a message ends (RFC 9112, section 6.3). */

/** Takes what has come. */
export type Framing = (input: Buffer) => Piece;
/** `bytes`: of the body. `surplus`: how many bytes of the input stand behind it. */
export type Piece = {
  readonly bytes: Uint8Array;
  readonly state: "more" | "whole" | "malformed";
  readonly surplus: number;
};

/** The end of the connection is the end of the body. */
export const untilClose: Framing = (bytes) => ({ bytes, state: "more", surplus: 0 });

export function ofLength(length: number): Framing {
  let left = length;
  return (input) => {
    const surplus = input.length - left;
    left = -surplus;
    if (surplus < 0) return { bytes: input, state: "more", surplus: 0 };
    return { bytes: surplus === 0 ? input : input.subarray(0, input.length - surplus), state: "whole", surplus };
  };
}

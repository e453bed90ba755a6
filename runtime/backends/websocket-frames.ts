/**
 * Frames of a WebSocket as they come (RFC 6455 section 5), read as far as a gateway must: where each begins, whether it may come, how long its message
 * is. Promises: what breaks a rule is told before a byte of its frame is handed on; frames of data are handed on in the pieces that they come in, so
 * nothing of a message is kept; frames of control, which are short, come whole.
 */

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** `code`: what the connection is closed with (section 7.4.1). */
export type FrameFault = { readonly code: 1002 | 1007 | 1009; readonly why: string };

export type FrameSource = {
  /** Clients mask what they send, servers do not. */
  readonly isMasked: boolean;
  /** Bytes of a message, all its frames together. */
  readonly maxMessage: number;
  /** `permessage-deflate` was agreed on: the first frame of a message may say that it is compressed (RFC 7692 section 6). */
  readonly isCompressed: boolean;
};

export type FrameWatch = {
  /** A piece of frames of data, with their heads. */
  readonly onData: (bytes: Uint8Array) => void;
  /** A message has ended. */
  readonly onMessage: () => void;
  /** `frame`: as it came; `payload`: without the mask. */
  readonly onControl: (opcode: number, payload: Uint8Array, frame: Uint8Array) => void;
  /** Asked where a frame of data ends: whether anybody waits for a place between frames. Else they may pass many at a time. */
  readonly isAwaited: () => boolean;
  /** Such a place: all before it was handed on. */
  readonly onBetween: () => void;
  /** Once; nothing is told after it. */
  readonly onFault: (fault: FrameFault) => void;
};

export type FrameReader = {
  readonly read: (chunk: Uint8Array) => void;
  /** Nothing was handed on of a frame that is not whole yet. */
  readonly isBetween: () => boolean;
};

const longestHead = 14;
const longestControl = 125;

export function frameReader(source: FrameSource, watch: FrameWatch): FrameReader {
  const state: State = {
    head: new Uint8Array(longestHead),
    headLength: 0,
    left: 0,
    control: undefined,
    isLast: false,
    isInMessage: false,
    messageSize: 0,
    isOver: false,
  };
  return { read: (chunk) => read(chunk, state, source, watch), isBetween: () => state.left === 0 };
}

type State = {
  readonly head: Uint8Array;
  /** Of the head that is being read; 0: none is. */
  headLength: number;
  /** Bytes of the frame of data that are still to come. */
  left: number;
  /** The frame of control that is being read. */
  control: { readonly frame: Uint8Array; length: number } | undefined;
  /** Of its message. */
  isLast: boolean;
  isInMessage: boolean;
  messageSize: number;
  isOver: boolean;
};

/** `from`: where what is handed on next begins. */
type Cursor = { readonly chunk: Uint8Array; at: number; from: number };

function read(chunk: Uint8Array, state: State, source: FrameSource, watch: FrameWatch): void {
  const cursor: Cursor = { chunk, at: 0, from: 0 };
  while (cursor.at < chunk.length && !state.isOver) {
    if (state.left > 0) readData(cursor, state, watch);
    else if (state.control !== undefined) readControl(cursor, state, state.control, watch);
    else readHead(cursor, state, source, watch);
  }
  if (!state.isOver) handOn(cursor, cursor.at, watch);
}

function handOn(cursor: Cursor, end: number, { onData }: FrameWatch): void {
  const { chunk, from } = cursor;
  if (end > from) onData(from === 0 && end === chunk.length ? chunk : chunk.subarray(from, end));
  cursor.from = end;
}

function readData(cursor: Cursor, state: State, watch: FrameWatch): void {
  const part = Math.min(state.left, cursor.chunk.length - cursor.at);
  cursor.at += part;
  state.left -= part;
  if (state.left === 0) frameEnded(cursor, state, watch);
}

function frameEnded(cursor: Cursor, { isLast }: State, watch: FrameWatch): void {
  if (isLast) watch.onMessage();
  if (!watch.isAwaited()) return;
  handOn(cursor, cursor.at, watch);
  watch.onBetween();
}

function readHead(cursor: Cursor, state: State, source: FrameSource, watch: FrameWatch): void {
  const begin = cursor.at;
  const beganBefore = state.headLength > 0;
  const isWhole = takeHead(cursor, state);
  const flags = state.headLength < 2 ? undefined : flagFault(state, source);
  const size = isWhole ? payloadSize(state) : 0;
  const fault = flags ?? (isWhole ? sizeFault(state, size, source) : undefined);
  // What came before the frame goes on, whatever becomes of the frame.
  if (fault !== undefined || !isWhole || isControl(state.head)) {
    handOn(cursor, begin, watch);
    cursor.from = cursor.at;
  }
  if (fault !== undefined) return fail(fault, state, watch);
  if (!isWhole) return;
  const head = state.head.slice(0, state.headLength);
  state.headLength = 0;
  if (isControl(head)) {
    const frame = new Uint8Array(head.length + size);
    frame.set(head);
    state.control = { frame, length: head.length };
    if (size === 0) readControl(cursor, state, state.control, watch);
    return;
  }
  if (beganBefore) {
    watch.onData(head);
    cursor.from = cursor.at;
  }
  beginData(state, size);
  if (size === 0) frameEnded(cursor, state, watch);
}

/** Moves what is there of the head into the state. False: more is to come. */
function takeHead(cursor: Cursor, state: State): boolean {
  const { head } = state;
  for (;;) {
    const wanted = state.headLength < 2 ? 2 : headLengthOf(head);
    if (state.headLength === wanted) return true;
    const byte = cursor.chunk[cursor.at];
    if (byte === undefined) return false;
    head[state.headLength++] = byte;
    cursor.at++;
  }
}

function headLengthOf(head: Uint8Array): number {
  const second = head[1] ?? 0;
  const short = second & 0x7f;
  return 2 + (short === 126 ? 2 : short === 127 ? 8 : 0) + (second >= 0x80 ? 4 : 0);
}

function isControl(head: Uint8Array): boolean {
  return ((head[0] ?? 0) & 0x08) !== 0;
}

/** What the first two bytes show. */
function flagFault({ head, isInMessage }: State, { isMasked, isCompressed }: FrameSource): FrameFault | undefined {
  const [first = 0, second = 0] = head;
  const opcode = first & 0x0f;
  const isFinal = first >= 0x80;
  const reserved = first & 0x70;
  const isFirst = opcode === opcodes.text || opcode === opcodes.binary;
  if (reserved !== 0 && !(reserved === 0x40 && isCompressed && isFirst)) return wrong("a reserved bit is set");
  if (second >= 0x80 !== isMasked) return wrong(isMasked ? "a frame is not masked" : "a frame is masked");
  if (opcode >= opcodes.close) {
    if (opcode > opcodes.pong) return wrong("an opcode is not known");
    if (!isFinal || (second & 0x7f) > longestControl) return wrong("a frame of control is too long or in parts");
    return undefined;
  }
  if (opcode > opcodes.binary) return wrong("an opcode is not known");
  if (isFirst === isInMessage) return wrong(isFirst ? "a message begins within another" : "nothing is there to continue");
  return undefined;
}

/** NaN: longer than can be, or not as short as could be. */
function payloadSize({ head }: State): number {
  const short = (head[1] ?? 0) & 0x7f;
  if (short < 126) return short;
  const view = new DataView(head.buffer, head.byteOffset);
  if (short === 126) return view.getUint16(2) > longestControl ? view.getUint16(2) : Number.NaN;
  const [upper, lower] = [view.getUint32(2), view.getUint32(6)];
  if (upper >= 0x20_0000) return Number.NaN;
  const size = upper * 0x1_0000_0000 + lower;
  return size > 0xffff ? size : Number.NaN;
}

function sizeFault({ head, messageSize, isInMessage }: State, size: number, { maxMessage }: FrameSource): FrameFault | undefined {
  if (Number.isNaN(size)) return wrong("a length is not written as it must be");
  if (isControl(head)) return undefined;
  return (isInMessage ? messageSize : 0) + size > maxMessage ? { code: 1009, why: "a message is too big" } : undefined;
}

function beginData(state: State, size: number): void {
  state.isLast = (state.head[0] ?? 0) >= 0x80;
  state.messageSize = (state.isInMessage ? state.messageSize : 0) + size;
  state.isInMessage = !state.isLast;
  state.left = size;
}

function readControl(cursor: Cursor, state: State, control: NonNullable<State["control"]>, watch: FrameWatch): void {
  const { frame } = control;
  const part = cursor.chunk.subarray(cursor.at, cursor.at + frame.length - control.length);
  frame.set(part, control.length);
  control.length += part.length;
  cursor.at += part.length;
  cursor.from = cursor.at;
  if (control.length < frame.length) return;
  state.control = undefined;
  const opcode = (frame[0] ?? 0) & 0x0f;
  if (opcode === opcodes.close) state.isOver = true;
  watch.onControl(opcode, unmasked(frame, headLengthOf(frame)), frame);
}

function unmasked(frame: Uint8Array, head: number): Uint8Array {
  if ((frame[1] ?? 0) < 0x80) return frame.subarray(head);
  const mask = frame.subarray(head - 4, head);
  return frame.slice(head).map((byte, at) => byte ^ (mask[at % 4] ?? 0));
}

function fail(fault: FrameFault, state: State, watch: FrameWatch): void {
  state.isOver = true;
  watch.onFault(fault);
}

function wrong(why: string): FrameFault {
  return { code: 1002, why };
}

/** A frame of control of our own. `mask`: four bytes, towards a server. */
export function controlFrame(opcode: number, payload: Uint8Array, mask?: Uint8Array): Uint8Array {
  const head = mask === undefined ? 2 : 6;
  const frame = new Uint8Array(head + payload.length);
  frame[0] = 0x80 | opcode;
  frame[1] = (mask === undefined ? 0 : 0x80) | payload.length;
  if (mask !== undefined) frame.set(mask, 2);
  for (const [at, byte] of payload.entries()) frame[head + at] = byte ^ (mask?.[at % 4] ?? 0);
  return frame;
}

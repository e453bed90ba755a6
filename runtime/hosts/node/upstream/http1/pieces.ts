/**
 * Where what servers say is read into. Promises: connections that wait hold no room for what may come, and long answers pass through the same room again and
 * again, as no garbage.
 */

/** Bytes of a piece of an answer: so much waits at the socket of a client that takes nothing. */
const usual = 32 * 1024;
/** Of one whose client takes what comes, which it has proved once so many bytes have passed: more than kernels take for one that does not. */
const large = 64 * 1024;
const proof = 5 * 1024 * 1024;
/** From so many bytes on a piece is one of many. */
const ofMany = 16 * 1024;
const mostSpare = 32;

/** For all connections, each of which takes away what has come before the next one reads. */
export const sharedRoom: Uint8Array = Buffer.allocUnsafeSlow(usual);
const spare: Uint8Array[] = [];

export function isOfMany(size: number): boolean {
  return size >= ofMany;
}

/** What has come there. The room that it takes may be given back. */
export function takenAway(size: number): Buffer {
  if (!isOfMany(size)) {
    const chunk = Buffer.allocUnsafe(size);
    chunk.set(sharedRoom.subarray(0, size));
    return chunk;
  }
  const room = newRoom();
  room.set(size === usual ? sharedRoom : sharedRoom.subarray(0, size));
  return begun(room, size);
}

/** The first bytes of a room. */
export function begun(room: Uint8Array, size: number): Buffer {
  return Buffer.from(room.buffer, 0, size);
}

/** For the next piece of an answer of which so many bytes have passed. `used`: a piece that nobody looks at any more, whose room will do. */
export function roomFor(passed: number, used: Uint8Array | undefined): Uint8Array {
  const size = passed < proof ? usual : large;
  if (used?.buffer.byteLength === size) return new Uint8Array(used.buffer);
  if (used !== undefined) giveBack(used);
  return size === usual ? newRoom() : Buffer.allocUnsafeSlow(large);
}

function newRoom(): Uint8Array {
  return spare.pop() ?? Buffer.allocUnsafeSlow(usual);
}

/** Of a piece that nobody looks at any more. */
export function giveBack({ buffer }: Uint8Array): void {
  if (buffer.byteLength === usual && spare.length < mostSpare) spare.push(new Uint8Array(buffer));
}

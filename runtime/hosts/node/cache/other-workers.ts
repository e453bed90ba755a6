/**
 * A worker's side of changes: tells the others of its host, and hears of theirs. Promises: one message is under way at a time, what comes meanwhile goes
 * with the next, so a flood of changes is no flood of messages; and a supervisor that does not answer holds no call for longer than a bound.
 */
import { changed, type Changes, dropped, keeps, readSupervisorChanges } from "./change-messages.ts";

export type OtherWorkers = {
  /** Resolves when none of the others gives it any more, or nobody can wait for longer. Never rejects. */
  readonly tell: (what: "places" | "keys", digest: string) => Promise<void> | undefined;
  readonly onChange: (drop: (what: Changes) => void) => void;
};

/** Of a process that nobody watches over. */
export const noOthers: OtherWorkers = { tell: () => undefined, onChange: () => undefined };

/** Milliseconds: longer than the supervisor waits for its workers. */
const patience = 2_000;

type Batch = { readonly places: Set<string>; readonly keys: Set<string>; readonly told: Promise<void>; readonly end: () => void };

export function otherWorkers(): OtherWorkers {
  let underWay: { readonly id: number; readonly batch: Batch; readonly timer: NodeJS.Timeout } | undefined;
  let next: Batch | undefined;
  let count = 0;
  let onDrop: (what: Changes) => void = () => {};

  const send = (): void => {
    if (underWay !== undefined || next === undefined) return;
    const batch = next;
    const id = ++count;
    next = undefined;
    underWay = { id, batch, timer: setTimeout(() => ended(id), patience) };
    say(changed(id, { places: [...batch.places], keys: [...batch.keys] }), () => ended(id));
  };
  const ended = (id: number): void => {
    if (underWay?.id !== id) return;
    clearTimeout(underWay.timer);
    underWay.batch.end();
    underWay = undefined;
    send();
  };
  process.on("message", (message) => {
    const heard = readSupervisorChanges(message);
    if (heard?.changes === "known") return ended(heard.id);
    if (heard?.changes !== "drop") return;
    onDrop(heard.what);
    say(dropped(heard.id));
  });
  say(keeps);
  return {
    tell: (what, digest) => {
      next ??= openBatch();
      next[what].add(digest);
      const { told } = next;
      send();
      return told;
    },
    onChange: (drop) => {
      onDrop = drop;
    },
  };
}

function openBatch(): Batch {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { places: new Set(), keys: new Set(), told: promise, end: resolve };
}

/** `onFailure`: the supervisor is gone; so will this process be. */
function say(message: object, onFailure: () => void = () => {}): void {
  if (process.send === undefined || !process.connected) return onFailure();
  process.send(message, undefined, {}, (error) => {
    if (error !== null) onFailure();
  });
}

/**
 * Long work in steps: it yields between them, for whoever runs it to do other things, or to give it up. Promises: who only wants what comes of it
 * has it in one go. Must not know clocks.
 */
export type Steps<Result> = Generator<undefined, Result, undefined>;

export function atOnce<Result>(work: Steps<Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** A step for each of `items`. */
export function* each<Item, Made>(items: Iterable<Item>, make: (item: Item) => Made): Steps<Made[]> {
  const made: Made[] = [];
  for (const item of items) {
    made.push(make(item));
    yield;
  }
  return made;
}

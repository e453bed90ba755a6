/**
 * Finds the statements that may apply to a request. Promises: none that applies is missed; how many are found does not grow
 * with the document as long as its statements differ in whom or what they name.
 */
import type { PolicyCaller, PolicyDocument, PolicyRequest } from "../../contract/iam.ts";
import { parseAddress } from "../../kernel/ip.ts";
import { addressTree, readBlock } from "./address-tree.ts";
import { type Anchor, type AnchorChoice, anchorsOf, type Place, placeName } from "./anchors.ts";
import { literalFinder } from "./literal-finder.ts";
import { nameOf } from "./statement.ts";

export type Take = (statements: readonly number[]) => void;
/** May give a statement more than once. */
export type StatementIndex = (request: PolicyRequest, take: Take) => void;

export function indexStatements({ statements, version }: PolicyDocument, api: string): StatementIndex {
  const choices = statements.map((statement) => anchorsOf(statement, version, api));
  const shared = countMarks(choices);
  const always: number[] = [];
  const tables = new Map<string, Table>();
  for (const [number, found] of choices.entries()) {
    const anchor = bestAnchor(found, shared);
    if (anchor === undefined) {
      always.push(number);
      continue;
    }
    const name = placeName(anchor.place);
    const table = tables.get(name) ?? tableFor(anchor.place);
    tables.set(name, table);
    for (const mark of anchor.marks) table.add(mark, number);
  }
  const searches = [...tables.values()].map(({ search }) => search);
  return (request, take) => {
    if (always.length > 0) take(always);
    for (const search of searches) search(request, take);
  };
}

/** For each place and mark, how many statements could be found there. */
type Shared = ReadonlyMap<string, ReadonlyMap<string, number>>;

function countMarks(choices: readonly (readonly AnchorChoice[])[]): Shared {
  const shared = new Map<string, Map<string, number>>();
  for (const { place, choices: listed } of choices.flat()) {
    const name = placeName(place);
    const counts = shared.get(name) ?? new Map<string, number>();
    shared.set(name, counts);
    for (const mark of new Set(listed.flat())) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  }
  return shared;
}

/** Of each list the rarest mark, the longest of equals; of the anchors the one whose commonest mark is the rarest. */
function bestAnchor(found: readonly AnchorChoice[], shared: Shared): Anchor | undefined {
  let best: Anchor | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const { place, choices } of found) {
    const counts = shared.get(placeName(place));
    const count = (mark: string): number => counts?.get(mark) ?? 0;
    const marks = choices.flatMap((listed) => listed.toSorted((a, b) => count(a) - count(b) || b.length - a.length)[0] ?? []);
    const most = Math.max(...marks.map(count));
    if (most < fewest) {
      fewest = most;
      best = { place, marks: [...new Set(marks)] };
    }
  }
  return best;
}

type Table = { readonly add: (mark: string, statement: number) => void; readonly search: StatementIndex };

function tableFor(place: Place): Table {
  switch (place.kind) {
    case "caller":
      return hashTable((request, look) => lookUpCaller(request.caller, look));
    case "resource":
      return hashTable((request, look) => look(request.resource));
    case "value":
      return hashTable(({ keys }, look) => each(keys(place.key), look));
    case "folded":
      return hashTable(({ keys }, look) => each(keys(place.key), (value) => look(value.toLowerCase())));
    case "resourceLiteral": {
      const { add, search } = literalFinder();
      return { add, search: ({ resource }, take) => search(resource, sixthPart(resource), take) };
    }
    case "valueLiteral": {
      const { add, search } = literalFinder();
      return { add, search: ({ keys }, take) => each(keys(place.key), (value) => search(value, 0, take)) };
    }
    case "address":
      return addressTable(place.key);
  }
}

function hashTable(marksOf: (request: PolicyRequest, look: (mark: string) => void) => void): Table {
  const lists = new Map<string, number[]>();
  return {
    add: (mark, statement) => {
      const list = lists.get(mark);
      if (list === undefined) lists.set(mark, [statement]);
      else list.push(statement);
    },
    search: (request, take) =>
      marksOf(request, (mark) => {
        const list = lists.get(mark);
        if (list !== undefined) take(list);
      }),
  };
}

function lookUpCaller(caller: PolicyCaller, look: (mark: string) => void): void {
  if (caller.kind === "anonymous") return;
  if (caller.kind !== "aws") return look(nameOf(caller));
  look(caller.arn);
  look(caller.account);
  if (caller.role !== undefined && caller.role !== caller.arn) look(caller.role);
}

/** Where the last part of an ARN begins: literals are taken from there. */
function sixthPart(arn: string): number {
  let at = 0;
  for (let colons = 0; colons < 5; colons++) at = arn.indexOf(":", at) + 1;
  return at;
}

function addressTable(key: string): Table {
  const tree = addressTree();
  return {
    add: (mark, statement) => {
      const block = readBlock(mark);
      if (block !== undefined) tree.add(block, statement);
    },
    search: ({ keys }, take) =>
      each(keys(key), (value) => {
        const address = parseAddress(value);
        if (address !== undefined) tree.visit(address, take);
      }),
  };
}

function each(values: readonly string[] | undefined, take: (value: string) => void): void {
  if (values !== undefined) for (const value of values) take(value);
}

/** Tables of a hand-made IR, written and opened again. */
import type { Ir } from "../../compiler/model/ir.ts";
import { emit } from "../../compiler/emit/index.ts";
import type { Tables } from "../../runtime/kernel/table-views.ts";
import { openTables } from "../../runtime/kernel/tables.ts";

export const checksumOf = (bytes: Uint8Array): number => new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);

/** `rows: false`: for tests of classes alone, each route has cell 0 for every class. */
export function opened(given: Ir, { rows = true } = {}): Tables {
  const cellOfClass = Array.from({ length: given.classes.count }, () => 0);
  const ir = rows ? given : { ...given, routes: given.routes.map((route) => ({ ...route, cellOfClass })) };
  const { tables } = emit(ir, new Map());
  const result = openTables(tables, checksumOf(tables));
  if (!result.ok) throw new Error(result.problem);
  return result.tables;
}

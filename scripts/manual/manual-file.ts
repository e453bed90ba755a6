/** A file of the manual that is put together from the sources. `path` is relative to `docs`. */
export type ManualFile = { readonly path: string; readonly text: string };

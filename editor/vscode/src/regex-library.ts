/**
 * Stands in the package for the library that proves regular expressions, which is larger than all the rest: `dist/server.cjs` unpacks it when a
 * pattern first needs it. In a browser there is none, and such patterns pass; `gwl check` judges them.
 */
export type RegexLibrary = { readonly checkSync: (source: string, flags: string, parameters?: object) => object };

let load: (() => RegexLibrary) | undefined;
let loaded: RegexLibrary | undefined;

export function setRegexLibrary(from: () => RegexLibrary): void {
  load = from;
}

export const regexLibrary: RegexLibrary = {
  checkSync: (source, flags, parameters) => {
    loaded ??= load?.();
    return loaded === undefined ? { status: "safe" } : loaded.checkSync(source, flags, parameters);
  },
};

/** npm passes its own settings to scripts as variables; an inner npm must not take them for flags of its own. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^npm_(config_(?!registry|cache|userconfig|globalconfig)|lifecycle|package)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !foreign.test(key)));
}

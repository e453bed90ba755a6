/** Run before a server: at each SIGUSR2 an hour has passed for who waits for one, and for nobody else. */
const hour = 60 * 60_000;
const every = globalThis.setInterval;
globalThis.setInterval = ((then: () => void, milliseconds: number, ...more: readonly unknown[]) => {
  if (milliseconds === hour) process.on("SIGUSR2", then);
  return every(then, milliseconds, ...(more as []));
}) as typeof setInterval;

/** Milliseconds of a processor that this thread has used so far: what a computation takes, whoever else is at work on the machine. */
export function ownTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

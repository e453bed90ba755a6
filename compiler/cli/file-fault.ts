/** Why the file system said no, in words. What is not the file system's saying is a fault of ours and goes on as one. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: "no permission",
  EPERM: "no permission",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  ENOENT: "there is no such file",
  ENOTDIR: "a part of its path is a file",
  EISDIR: "it is a folder",
  EEXIST: "a file is in the way",
  EBUSY: "it is in use",
  ENAMETOOLONG: "its name is too long",
  ELOOP: "its links go round in a circle",
};

/** `what` cannot be done. Throws what is no fault of the file system. */
export function inFileWords(error: unknown, what: string): string {
  const code = error instanceof Error && "code" in error && "syscall" in error ? String(error.code) : undefined;
  if (code === undefined) throw error;
  return `${what}: ${REASONS[code] ?? code}`;
}

/** What a log line says of an exception: its kind and code, never its message, which may hold what was sent. */
export function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? `${error.name}: ${code}` : error.name;
}

/** A time as the shop's clock shows it, with the day where it is another day; whole for a machine, and on pointing at it. */
export function Moment({ at }: { at: string | number }) {
  const time = new Date(at);
  const now = new Date();
  const clock = time.toLocaleTimeString("en-GB");
  const year = time.getFullYear() === now.getFullYear() ? undefined : "numeric";
  const day = time.toLocaleDateString("en-GB", { day: "numeric", month: "short", year });
  return (
    <time dateTime={time.toISOString()} title={time.toISOString()} class="moment">
      {time.toDateString() === now.toDateString() ? clock : `${day}, ${clock}`}
    </time>
  );
}

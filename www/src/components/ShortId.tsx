/** An id, shortened for the eye; whole for copying and for a screen reader's title. */
export function ShortId({ id }: { id: string }) {
  const short = id.length > 14 ? `${id.slice(0, id.indexOf("_") + 1)}…${id.slice(-5)}` : id;
  return (
    <code class="short-id" title={id}>
      {short}
    </code>
  );
}

import { Moment } from "./Moment";
import { ShortId } from "./ShortId";

const TIME_FIRST = /^(\d{4}-\d\d-\d\dT[\d:.]+Z): /;
const ID = /([a-z]+_[0-9a-z]{20,})/;

/** A sentence of the store's explanation, word by word as it came; a time in front stands apart, and ids are short for the eye. */
export function Sentence({ text }: { text: string }) {
  const at = TIME_FIRST.exec(text)?.[1];
  if (at === undefined) return <span class="sentence">{withIds(text)}</span>;
  return (
    <>
      <Moment at={at} /> <span class="sentence">{withIds(text.replace(TIME_FIRST, ""))}</span>
    </>
  );
}

// What a person has to look up elsewhere is written out.
function withIds(text: string) {
  const parts = text.split(ID);
  return parts.map((part, index) => {
    if (index % 2 === 0) return part;
    return parts[index - 1]?.endsWith("our reference ") ? <code key={index}>{part}</code> : <ShortId key={index} id={part} />;
  });
}

const PATHS = {
  check: "M4.5 10.5l3.7 3.7L15.5 6.5",
  cross: "M5.5 5.5l9 9m0-9l-9 9",
  alert: "M10 3.2 17.5 16.5H2.500zM10 8.5v3.600m0 2v.1",
  question: "M7 7.4a3 3 0 1 1 4.6 2.5c-1 .7-1.6 1.2-1.6 2.3m0 3v.1",
  clock: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M10 6.5V10l2.5 1.5",
  minus: "M5 10h10",
  plus: "M5 10h10M10 5v10",
  refresh: "M15.5 8A6 6 0 1 0 16 11.5M15.8 4.5V8h-3.5",
  bag: "M5 7.5h10l.8 8.5H4.2zM7.5 7.5V6a2.5 2.5 0 0 1 5 0v1.5",
  card: "M3.5 6h13v8.5h-13zM3.5 9h13",
  wallet: "M4 6.5h11.5v9H4zM4 6.5 13 4v2.5M13 11h.1",
  order: "M6 3.5h6l2.5 2.5v10.5h-8.5zM8.5 9h3.5M8.5 12h3.5",
  right: "M8 5l5 5-5 5",
} as const;

/** The drawings for buttons and badges. */
export type IconName = keyof typeof PATHS;

/** A small line drawing; decorative, the words stand beside it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

import type { ComponentChildren } from "preact";

/** The drawings the shop has. */
export type ArtworkName = keyof typeof DRAWINGS;

/** One product's drawing; decorative, since the name stands beside it. */
export function Artwork({ name }: { name: ArtworkName }) {
  return (
    <svg class={`artwork artwork-${name}`} viewBox="0 0 240 180" aria-hidden="true" focusable="false" preserveAspectRatio="xMidYMid slice">
      <rect class="art-wall" width="240" height="180" />
      <circle class="art-sun" cx="178" cy="62" r="44" />
      <path class="art-table" d="M0 142c60-7 180-7 240 0v38H0z" />
      {DRAWINGS[name]}
    </svg>
  );
}

const DRAWINGS = {
  lamp: (
    <>
      <path class="art-glow" d="M104 78 52 146h104L132 70z" />
      <ellipse class="art-shadow" cx="152" cy="149" rx="38" ry="5" />
      <path class="art-line-brass" d="M152 144 176 92 122 52" />
      <circle class="art-brass" cx="176" cy="92" r="5" />
      <path class="art-accent" d="M92 74c2-22 16-36 38-34l14 24c-14 16-34 22-52 10z" />
      <path class="art-accent-deep" d="M92 74c18 12 38 6 52-10l3 5c-14 17-38 23-57 10z" />
      <path class="art-accent" d="M124 147c0-8 12-12 28-12s28 4 28 12z" />
    </>
  ),
  mug: (
    <>
      <ellipse class="art-shadow" cx="122" cy="151" rx="50" ry="5" />
      <path class="art-line-clay" d="M158 92c26-6 30 36-2 36" />
      <path class="art-cream" d="M78 74h84l-6 66c-1 8-8 12-16 12h-40c-8 0-15-4-16-12z" />
      <path class="art-clay" d="M81 108c26 10 52-6 78 3l-3 29c-1 8-8 12-16 12h-40c-8 0-15-4-16-12z" />
      <ellipse class="art-cream-edge" cx="120" cy="74" rx="42" ry="8" />
      <ellipse class="art-tea" cx="120" cy="75" rx="36" ry="5.5" />
      <path class="art-steam" d="M106 58c-7-9 7-14 0-24M126 56c-7-9 7-15 0-26" />
    </>
  ),
  notebook: (
    <>
      <path class="art-shadow" d="M62 150h118l8 5H70z" />
      <path class="art-cream" d="m74 56 100-12 10 96-100 12z" />
      <path class="art-accent" d="m66 52 100-12 10 98-100 12z" />
      <path class="art-accent-deep" d="m66 52 14-2 10 98-14 2z" />
      <path class="art-cream" d="m100 70 44-5 2 20-44 5z" />
      <path class="art-line-ink" d="m108 76 28-3M109 82l20-2" />
      <path class="art-line-brass" d="m154 41 10 98" />
    </>
  ),
  candle: (
    <>
      <circle class="art-glow" cx="120" cy="56" r="38" />
      <ellipse class="art-shadow" cx="120" cy="151" rx="48" ry="5" />
      <path class="art-brass" d="M98 84c0-5 44-5 44 0v58H98z" />
      <ellipse class="art-cream-edge" cx="120" cy="84" rx="22" ry="5" />
      <path class="art-line-ink" d="M120 84V72" />
      <path class="art-flame" d="M120 38c9 11 12 18 12 24a12 12 0 0 1-24 0c0-6 3-13 12-24z" />
      <path class="art-clay" d="M78 140h84c0 8-12 12-42 12s-42-4-42-12z" />
    </>
  ),
  tea: (
    <>
      <ellipse class="art-shadow" cx="120" cy="151" rx="46" ry="5" />
      <path class="art-accent-deep" d="M82 66h76v76c0 6-17 10-38 10s-38-4-38-10z" />
      <path class="art-accent" d="M78 52c0-14 84-14 84 0v14c0 12-84 12-84 0z" />
      <ellipse class="art-accent-deep" cx="120" cy="50" rx="40" ry="8" />
      <path class="art-cream" d="M94 90h52v40H94z" />
      <path class="art-clay" d="M120 96c12 6 14 18 0 28-14-10-12-22 0-28z" />
      <path class="art-line-cream" d="M120 100v22" />
    </>
  ),
  throw: (
    <>
      <ellipse class="art-shadow" cx="120" cy="151" rx="64" ry="5" />
      <path class="art-cream" d="M58 116c0-12 124-12 124 0v26c0 12-124 12-124 0z" />
      <path class="art-clay" d="M62 92c0-12 116-12 116 0v22c0 12-116 12-116 0z" />
      <path class="art-cream" d="M66 70c0-12 108-12 108 0v20c0 12-108 12-108 0z" />
      <path class="art-line-clay-thin" d="M58 126c20 9 104 9 124 0M66 78c20 8 88 8 108 0" />
      <path class="art-line-cream" d="M62 100c20 9 96 9 116 0" />
      <path class="art-fringe" d="M70 147v8M80 149v8M90 150v8M100 150v8M110 151v8M120 151v8M130 151v8M140 150v8M150 150v8M160 149v8M170 147v8" />
    </>
  ),
} satisfies Record<string, ComponentChildren>;

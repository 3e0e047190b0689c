interface ChoiceTilesProps {
  name: string;
  legend: string;
  choices: readonly { value: string; label: string; note: string; code?: string }[];
  value: string;
  onValue: (value: string) => void;
}

/** One choice of several, each a tile with a radio button. */
export function ChoiceTiles({ name, legend, choices, value, onValue }: ChoiceTilesProps) {
  return (
    <fieldset class="tiles-group">
      <legend>{legend}</legend>
      <div class="tiles">
        {choices.map((choice) => (
          <label key={choice.value} class="tile">
            <input type="radio" name={name} value={choice.value} checked={choice.value === value} onChange={() => onValue(choice.value)} />
            <span class="tile-label">{choice.label}</span>
            <span class="tile-note">{choice.note}</span>
            {choice.code && <code class="tile-code">{choice.code}</code>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

import type { TargetedEvent } from "preact";
import { verdicts, visit, visited } from "../state/form";
import { Icon } from "./Icon";

interface FieldProps {
  /** The field's name as the core says it: `billingAddress.name`. */
  name: string;
  label: string;
  value: string;
  onValue: (value: string) => void;
  optional?: boolean;
  hint?: string;
  autoComplete?: string;
  /** Given: a choice instead of a text field. */
  options?: readonly { code: string; name: string }[];
}

/** One labelled field with the core's verdict beneath it, told as the shopper types. */
export function Field({ name, label, value, onValue, optional, hint, autoComplete, options }: FieldProps) {
  const detail = verdicts.value.get(name);
  const told = visited.value.has(name) || value !== "";
  const state = !told ? "untold" : detail ? "bad" : value === "" ? "untold" : "good";
  const id = `field-${name}`;
  const shared = {
    id,
    name,
    value,
    autocomplete: autoComplete ?? "off",
    required: !optional,
    "aria-invalid": state === "bad",
    "aria-describedby": `${id}-message`,
    onBlur: () => visit(name),
    onInput: ({ currentTarget }: TargetedEvent<HTMLInputElement | HTMLSelectElement>) => onValue(currentTarget.value),
  } as const;
  return (
    <div class={`field field-${state} field-${name.split(".").pop()}`}>
      <div class="field-head">
        <label for={id}>{label}</label>
        {state === "good" && <Icon name="check" />}
      </div>
      {options ? (
        <select {...shared}>
          <option value="">Choose …</option>
          {options.map(({ code, name: text }) => (
            <option key={code} value={code}>
              {text}
            </option>
          ))}
        </select>
      ) : (
        <input {...shared} type="text" spellcheck={false} />
      )}
      <p class="field-message" id={`${id}-message`}>
        {state === "bad" && (
          <>
            <Icon name="alert" /> {detail}
          </>
        )}
        {state !== "bad" && <span class="quiet">{hint ?? (optional && "Optional")}</span>}
      </p>
    </div>
  );
}

/**
 * Amounts as texts that sort as the amounts do, so that a store compares them exactly and no amount ever becomes a float:
 * a sign, 18 digits before the point and 18 behind it. Of a negative amount each digit is its complement to nine.
 */
const PLACES = 18;
const AMOUNT = /^(-?)(\d+)(?:\.(\d+))?$/;

/** The sortable form of a decimal text; undefined when it is none or has more than 18 digits on either side. */
export function sortable(text: string): string | undefined {
  const [, minus, before = "", behind = ""] = AMOUNT.exec(text) ?? [];
  const whole = before.replace(/^0+/, "");
  const fraction = behind.replace(/0+$/, "");
  if (minus === undefined || whole.length > PLACES || fraction.length > PLACES) return undefined;
  const digits = whole.padStart(PLACES, "0") + fraction.padEnd(PLACES, "0");
  const isNegative = minus === "-" && /[1-9]/.test(digits);
  return isNegative ? `0${complement(digits)}` : `1${digits}`;
}

/** The decimal text of a sortable form, without zeroes that say nothing. */
export function amountOf(form: string): string {
  const isNegative = form.startsWith("0");
  const digits = isNegative ? complement(form.slice(1)) : form.slice(1);
  const whole = digits.slice(0, PLACES).replace(/^0+(?=\d)/, "");
  const fraction = digits.slice(PLACES).replace(/0+$/, "");
  return `${isNegative ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

function complement(digits: string): string {
  return digits.replaceAll(/\d/g, (digit) => String(9 - Number(digit)));
}

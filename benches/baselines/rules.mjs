// The parts of the rules that no validation library brings, shared by all baselines.

/** Longest text of each address field that has a limit. */
export const ADDRESS_LIMITS = { name: 255, street: 255, city: 40, region: 80, country: 80, postalCode: 20 };

/** 13 to 19 digits, spaces and dashes aside, that begin as a card network's do and pass Luhn's check. */
export function looksLikeCard(text) {
  if (text.length < 13) return false;
  const digits = text.replace(/[ -]/g, '');
  if (!/^[2-6]\d{12,18}$/.test(digits)) return false;
  let sum = 0;
  for (let i = digits.length - 1, twice = false; i >= 0; i--, twice = !twice) {
    const digit = digits.charCodeAt(i) - 48;
    sum += twice ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return sum % 10 === 0;
}

/** The answer that all baselines give. */
export function answer(resultCode) {
  return {
    status: resultCode === 'Success' ? 201 : 422,
    body: JSON.stringify({ salesforceResultCode: resultCode, errors: [], paymentData: {} }),
  };
}

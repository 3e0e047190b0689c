/**
 * How Stripe wants amounts written, by currency. Stripe's table, not ISO 4217: they differ for ISK, UGX and MGA.
 *
 * Source: https://docs.stripe.com/currencies, sections "Zero-decimal currencies", "Three-decimal currencies" and "Special cases" as of
 * 2026-07-10; the list of presentment currencies as of 2024. HUF and TWD are special for payouts only: a charge in them has two decimals.
 * A currency that is not here is refused before anything is sent, because nobody knows what a number would mean in it.
 */
export interface CurrencyClass {
  /** Decimals that Stripe's whole number stands for. */
  readonly decimals: 0 | 2 | 3;
  /** The whole number must be a multiple of this. */
  readonly multipleOf: 1 | 10 | 100;
  /** ISO 4217 codes, one blank apart. */
  readonly codes: string;
}

export const CURRENCY_CLASSES: readonly CurrencyClass[] = [
  { decimals: 0, multipleOf: 1, codes: "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF" },
  // written with two decimals for old clients' sake, and both are always 0
  { decimals: 2, multipleOf: 100, codes: "ISK UGX" },
  // the last digit is always 0, for the card networks' sake
  { decimals: 3, multipleOf: 10, codes: "BHD JOD KWD OMR TND" },
  {
    decimals: 2,
    multipleOf: 1,
    codes:
      "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CNY COP CRC CVE CZK DKK DOP DZD EGP " +
      "ETB EUR FJD FKP GBP GEL GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR JMD KES KGS KHR KYD KZT LAK LBP LKR LRD LSL MAD MDL MKD MMK MNT MOP " +
      "MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SEK SGD SHP SLE SOS SRD SZL THB TJS " +
      "TOP TRY TTD TWD TZS UAH USD UYU UZS WST XCD YER ZAR ZMW",
  },
];

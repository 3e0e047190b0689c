import { money } from "../api/core";
import { DECIMALS, isCurrency } from "../money";
import { count, currency, total } from "../state/bag";
import { busy } from "../state/payment";
import { route } from "../state/route";
import { Icon } from "./Icon";

/** The brand, the way to the bag, and the choice of currency. */
export function Header() {
  return (
    <header class="site-header">
      <div class="site-header-inner">
        <a class="brand" href="#/">
          <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <path class="brand-flame" d="M16 4c4 4.6 5.6 7.4 5.6 10.2a5.6 5.6 0 0 1-11.2 0C10.4 11.4 12 8.6 16 4z" />
            <path class="brand-wave" d="M5 25c3.7-2.6 7.3-2.6 11 0s7.3 2.6 11 0" />
          </svg>
          Tidewick
        </a>
        <nav aria-label="Store" class="site-nav">
          <label class="currency">
            <span class="visually-hidden">Currency</span>
            <select disabled={busy.value} value={currency.value} onChange={({ currentTarget: { value } }) => isCurrency(value) && (currency.value = value)}>
              {Object.keys(DECIMALS).map((code) => (
                <option key={code} value={code}>
                  {code}
                </option>
              ))}
            </select>
          </label>
          <a class="bag-link" href="#/checkout" aria-current={route.value === "checkout" ? "page" : undefined}>
            <Icon name="bag" />
            <span>
              Bag<span class="visually-hidden">:</span> <span class="bag-count">{count.value}</span>
            </span>
            <span class="bag-total">{money(total.value, currency.value)}</span>
          </a>
        </nav>
      </div>
    </header>
  );
}

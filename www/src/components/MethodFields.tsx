import { CARDS, OWN_TOKEN, OWN_TOKEN_HINT, WALLETS } from "../shop/payment-choices";
import { card, type Method, METHODS, method, orderNumber, ownToken, wallet } from "../state/form";
import { ChoiceTiles } from "./ChoiceTiles";
import { Field } from "./Field";
import { Icon, type IconName } from "./Icon";

const LABELS: Readonly<Record<Method, { label: string; icon: IconName }>> = {
  card: { label: "Card", icon: "card" },
  wallet: { label: "Wallet", icon: "wallet" },
  order: { label: "Purchase order", icon: "order" },
};

/** How to pay: by card token, wallet or purchase order, and the fields of each. */
export function MethodFields() {
  return (
    <>
      <fieldset class="group">
        <legend>How would you like to pay?</legend>
        <div class="methods">
          {METHODS.map((value) => (
            <label key={value} class="method">
              <input type="radio" name="method" value={value} checked={method.value === value} onChange={() => (method.value = value)} />
              <Icon name={LABELS[value].icon} />
              {LABELS[value].label}
            </label>
          ))}
        </div>
      </fieldset>
      {{ card: <CardFields />, wallet: <WalletFields />, order: <OrderFields /> }[method.value]}
    </>
  );
}

function CardFields() {
  return (
    <>
      <ChoiceTiles
        name="card"
        legend="Which test card?"
        choices={[...CARDS, OWN_TOKEN].map(({ token, label, note }) => ({ value: token, label, note, ...(token !== "own" && { code: token }) }))}
        value={card.value}
        onValue={(value) => (card.value = value)}
      />
      {card.value === "own" && (
        <Field name="paymentToken" label="Payment token" value={ownToken.value} onValue={(value) => (ownToken.value = value)} hint={OWN_TOKEN_HINT} />
      )}
      <p class="note">
        <strong>There is no field for a card number, on purpose.</strong> A store should never see one: the card is turned into a token elsewhere, and only the token comes here. If a card number
        is typed into any field, the core refuses it, in this page and on the server, and it is neither sent, stored nor logged.
      </p>
    </>
  );
}

function WalletFields() {
  return (
    <>
      <ChoiceTiles
        name="wallet"
        legend="What has the wallet done?"
        choices={WALLETS.map(({ id, label, note }) => ({ value: id, label, note }))}
        value={wallet.value}
        onValue={(value) => (wallet.value = value)}
      />
      <p class="note">A wallet pays at the gateway by itself. The page then hands the gateway’s token to the store, which checks amount and currency before it believes it.</p>
    </>
  );
}

function OrderFields() {
  return (
    <>
      <Field name="paymentToken" label="Purchase order number" value={orderNumber.value} onValue={(value) => (orderNumber.value = value)} hint="Up to 80 characters" />
      <p class="note">Nothing is held or taken: the invoice goes by this number.</p>
    </>
  );
}

import { COUNTRIES } from "../shop/countries";
import { address, type AddressForm, fillExampleAddress } from "../state/form";
import { Field } from "./Field";

/** The billing address. */
export function AddressFields() {
  const field = (name: keyof AddressForm) => ({
    name: `billingAddress.${name}`,
    value: address.value[name],
    onValue: (value: string) => (address.value = { ...address.value, [name]: value }),
  });
  return (
    <fieldset class="group">
      <legend>Billing address</legend>
      <p class="group-lead">
        Each field is judged by the core as you type: the same code that judges on the server.{" "}
        <button type="button" class="link" onClick={fillExampleAddress}>
          Use an example address
        </button>
      </p>
      <div class="fields">
        <Field {...field("name")} label="Full name" autoComplete="billing name" />
        <Field {...field("street")} label="Street and number" autoComplete="billing street-address" />
        <Field {...field("postalCode")} label="Postal code" optional autoComplete="billing postal-code" />
        <Field {...field("city")} label="City" optional autoComplete="billing address-level2" />
        <Field {...field("region")} label="Region" optional hint="Optional, such as CA" autoComplete="billing address-level1" />
        <Field {...field("country")} label="Country" autoComplete="billing country" options={COUNTRIES} />
      </div>
    </fieldset>
  );
}

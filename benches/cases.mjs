// What every stack is given: a request as it comes over the wire, the checkout it belongs to, and what the gateway says.

export const checkout = {
  id: '2z9000000000001AAA',
  webstoreId: '0ZE000000000001GAA',
  accountId: '001000000000001AAA',
  status: 'open',
  amount: '129.90',
  currencyIsoCode: 'USD',
  digest: '4b1f6f7e0c5d4a1e9b8e0a6f2f3d7c91',
};

const billingAddress = {
  name: 'Ada Example',
  street: '1 Test Way',
  city: 'Austin',
  region: 'TX',
  country: 'US',
  postalCode: '78701',
};

/** The ordinary request of a card payment. */
export const good = JSON.stringify({
  requestType: 'Auth',
  paymentToken: 'sim_ok',
  billingAddress,
  paymentsData: { channel: 'web', locale: 'en-US' },
});

/** Three things wrong at once, in three places: the fields at fault are the contract, the texts are each stack's own. */
export const bad = JSON.stringify({
  requestType: 'Auth',
  paymentToken: '4242 4242 4242 4242',
  billingAddress: { name: 'Ada Example', street: '', country: 'US', postalCode: '1'.repeat(30) },
});
export const badFields = ['billingAddress.postalCode', 'billingAddress.street', 'paymentToken'];

export const outcome = {
  resultCode: 'Success',
  gatewayReference: 'sim_pay_000001',
  amount: '129.90',
  currencyIsoCode: 'USD',
  gatewayAuthorizationCode: 'A10001',
};

export const gateway = {
  provider: 'simulator',
  keyWindowMs: 86_400_000,
  inquire: ['ourReference', 'gatewayReference'],
};

export const START = Date.UTC(2026, 0, 1);

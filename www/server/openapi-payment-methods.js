/** The part of the contract about saved payment methods (`docs/payment-methods.md`). `is` has the words of the contract's other parts. */
export function paymentMethodPaths({ text, object, closed, list, ref, json, answer, refused, BACK_OFFICE, UNAUTHORIZED, FORBIDDEN, UNAVAILABLE, keyHeader }) {
  const tags = ["payment methods"];
  const common = { tags, security: BACK_OFFICE };
  const always = { ...UNAUTHORIZED, ...FORBIDDEN, ...UNAVAILABLE };
  const malformed = { 400: refused("Malformed; `fields` names the member.") };
  const notJson = { 415: refused("Not JSON.") };
  const unknown = { 404: refused("There is no such payment method.") };
  const id = { name: "paymentMethodId", in: "path", required: true, schema: text() };
  const merchant = { name: "merchantAccountId", in: "path", required: true, schema: text(), description: "The methods' merchant account, or their payment gateway." };
  const query = (name, schema = text()) => ({ name, in: "query", required: name === "accountId", schema });
  const method = answer("The method.", json(ref("SavedPaymentMethod")));

  const listed = (operationId, parameters) => ({
    ...common,
    operationId,
    summary: "The payment methods of an account, oldest first",
    parameters: [...parameters, query("accountId"), query("pageSize", { type: "integer", minimum: 1, maximum: 200 }), query("pageToken")],
    responses: { 200: answer("A page.", json(object({ paymentMethods: list(ref("SavedPaymentMethod")), nextPageToken: text() }, ["paymentMethods"]))), ...malformed, ...always },
  });
  const one = (suffix, parameters) => ({
    get: { ...common, operationId: `readPaymentMethod${suffix}`, summary: "A payment method", parameters, responses: { 200: method, ...unknown, ...always } },
    patch: {
      ...common,
      operationId: `changePaymentMethod${suffix}`,
      summary: "Changes the default, the status, the nickname or the expiry",
      parameters,
      requestBody: { required: true, content: json(ref("PaymentMethodChange")) },
      responses: { 200: method, ...malformed, ...unknown, ...notJson, 422: refused("Its status, or its expiry, does not allow it."), ...always },
    },
    delete: { ...common, operationId: `cancelPaymentMethod${suffix}`, summary: "Gives a payment method up, for good", parameters, responses: { 200: method, ...unknown, ...always } },
  });
  const saved = object({ id: text(), success: { const: true }, errors: list({}) }, ["id", "success", "errors"]);

  const paths = {
    "/commerce/payments/payment-methods": {
      get: listed("listPaymentMethods", []),
      post: {
        ...common,
        operationId: "tokenizePaymentMethod",
        summary: "Has the gateway make a lasting token of a single-use one, and saves the method",
        parameters: [keyHeader("Idempotency-Key"), keyHeader("sfdc-Payments-Idempotency-Key")],
        requestBody: { required: true, content: json(object({ cardPaymentMethod: object({}), alternativePaymentMethod: object({}), bankPaymentMethod: object({}) })) },
        responses: {
          201: answer("Saved.", json(ref("Tokenized"))),
          202: answer("The gateway has accepted it, or the bank asks first.", json(ref("Tokenized"))),
          ...malformed,
          409: refused("Another request for this account is under way. Try again."),
          ...notJson,
          422: answer("Refused, by the gateway or here.", json({ oneOf: [ref("Errors"), ref("Tokenized")] })),
          ...always,
        },
      },
    },
    "/commerce/payments/payment-methods/{paymentMethodId}": one("", [id]),
    "/commerce/payments/payment-methods/actions/import": {
      post: {
        ...common,
        operationId: "importPaymentMethods",
        summary: "Saves methods whose tokens were made elsewhere",
        requestBody: { required: true, content: { ...json({ oneOf: [list(object({})), object({ records: list(object({})) }, ["records"])] }), "text/csv": { schema: text() } } },
        responses: { 200: answer("What became of each row.", json(ref("ImportReport"))), ...malformed, 415: refused("Neither JSON nor CSV in UTF-8."), ...always },
      },
    },
    "/sobjects/SavedPaymentMethod": {
      post: {
        ...common,
        operationId: "importPaymentMethod",
        summary: "Saves a method whose token was made elsewhere",
        requestBody: { required: true, content: json(object({})) },
        responses: { 200: answer("It was saved before.", json(saved)), 201: answer("Saved.", json(saved)), ...malformed, ...notJson, ...always },
      },
    },
    "/payments/merchant-accounts/{merchantAccountId}/saved-payment-methods": { get: listed("listSavedPaymentMethods", [merchant]) },
    "/payments/merchant-accounts/{merchantAccountId}/saved-payment-methods/{paymentMethodId}": one("OfMerchant", [merchant, id]),
  };

  const status = { enum: ["Active", "InActive", "AwaitingPayment", "Errored", "Expired", "Canceled"] };
  const count = { type: "integer", minimum: 0 };
  const schemas = {
    SavedPaymentMethod: closed(
      {
        id: text(),
        object: { enum: ["CardPaymentMethod", "DigitalWallet", "AlternativePaymentMethod", "SavedPaymentMethod"] },
        status,
        accountId: text(),
        paymentGatewayId: text(),
        merchantAccountId: text(),
        gatewayReference: text(),
        checksum: text(),
        isDefault: { type: "boolean" },
        expiryMonth: count,
        expiryYear: count,
        nickName: text(),
        createdDate: text({ format: "date-time" }),
        lastModifiedDate: text({ format: "date-time" }),
        details: { type: "object", additionalProperties: text() },
        isExpired: { type: "boolean" },
      },
      ["id", "object", "status", "accountId", "paymentGatewayId", "isDefault", "createdDate", "lastModifiedDate", "isExpired"],
    ),
    PaymentMethodChange: closed({ isDefault: { type: "boolean" }, status, nickName: text({ maxLength: 80 }), expiryMonth: count, expiryYear: count }),
    Tokenized: object({
      error: object({ errorCode: text(), message: text() }, ["errorCode", "message"]),
      gatewayResponse: object({ salesforceResultCode: text() }),
      paymentMethod: closed({ id: text(), accountId: text(), status }, ["id", "status"]),
    }),
    ImportReport: closed(
      { rows: list(closed({ row: count, status: { enum: ["created", "updated", "unchanged", "failed"] }, id: text(), errors: ref("Errors") }, ["row", "status"])), created: count, updated: count, unchanged: count, failed: count },
      ["rows", "created", "updated", "unchanged", "failed"],
    ),
  };
  return { paths, schemas };
}

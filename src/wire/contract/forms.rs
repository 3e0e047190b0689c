//! Every body of a request as data: the TypeScript and the contract are made from the tables that check the requests.

use crate::billing::invoice_request;
use crate::checkout::billing_address::{BILLING_ADDRESS, IS_DEFAULT, SHIP_TO_PHONE_NUMBER, TEXTS};
use crate::checkout::payments_data::PAYMENTS_DATA;
use crate::checkout::request::{PAYMENT_TOKEN, REQUEST_TYPE};
use crate::checkout::request_type::RequestType;
use crate::domain::input::schema::{Field, Kind};
use crate::domain::input::text_rules::TextRules;
use crate::domain::limits::{PAYMENT_TOKEN_CHARS_MAX, PAYMENTS_DATA_CHARS_MAX, PAYMENTS_DATA_PAIRS_MAX};
use crate::payments::applications::request as applications;
use crate::payments::form;
use crate::payments::methods::form as methods;
use crate::payments::operation::PaymentsOperation::{
    self, Authorize, Capture, PostAuth, Refund, Reverse, Sale, Tokenize,
};

/// One use of a table.
#[derive(Debug, Clone)]
pub struct Form {
    /// The name of the type that is made of it.
    pub name: &'static str,
    /// The table.
    pub fields: &'static [Field],
    /// The use, as a bit of the table.
    pub usage: u16,
    /// For people.
    pub documentation: &'static str,
    /// Exactly one of these members is given.
    pub one_of: &'static [&'static str],
}

impl Form {
    /// The members that this use has.
    pub fn members(&self) -> impl Iterator<Item = &'static Field> {
        let usage = self.usage;
        self.fields.iter().filter(move |field| field.uses & usage != 0)
    }

    /// Whether this member must be there.
    pub fn needs(&self, field: &Field) -> bool {
        field.required & self.usage != 0
    }
}

/// All of them, in the order of `pkg/src/wire.ts`.
pub fn forms() -> Vec<Form> {
    let address = checkout_address();
    let mut all = vec![
        of(
            "CheckoutPaymentInput",
            checkout_payment(address),
            "The body that pays for a checkout. Amount and currency are the checkout's.",
        ),
        of("CheckoutAddressInput", address, "A billing address."),
    ];
    all.extend(PAYMENTS.iter().map(|(name, fields, operation, documentation)| Form {
        name,
        fields,
        usage: operation.bit(),
        documentation,
        one_of: match *name {
            "PaymentMethodInput" | "SalePaymentMethodInput" => form::ONE_METHOD,
            "TokenizeInput" => form::ONE_METHOD_TO_TOKENIZE,
            _ => &[],
        },
    }));
    all.extend([
        of("ApplyPaymentInput", applications::APPLY_PAYMENT, "The body that applies a payment to an invoice or to one of its lines."),
        of("UnapplyPaymentInput", applications::UNAPPLY_PAYMENT, "The body that takes the application of a payment back."),
        of("ApplyRefundInput", applications::APPLY_REFUND, "The body that enters a refund at the payment that it gives back."),
        of("InvoiceInput", invoice_request::INVOICE, "An invoice to be brought in, as a draft or posted."),
        of("InvoiceLineInput", invoice_request::LINE, "One line of an invoice."),
        of("PaymentMethodChange", methods::CHANGE, "A change of a saved payment method: what is not named stays. A month of expiry needs its year, and a year its month."),
        of("SavedPaymentMethodInput", methods::SAVED, "A payment method whose token was made elsewhere. Names are read in any case. A card needs its month and year of expiry, an `extd_` type its `extendedPaymentMethodType`, an Active method its `gatewayToken`."),
    ]);
    all
}

/// The form of these members in this use.
pub fn form_of(forms: &[Form], fields: &'static [Field], usage: u16) -> Form {
    let told =
        |form: &Form| -> Vec<(&str, bool)> { form.members().map(|field| (field.name, form.needs(field))).collect() };
    let wanted = Form { name: "", fields, usage, documentation: "", one_of: &[] };
    let known = forms.iter().find(|form| told(form) == told(&wanted));
    known.unwrap_or_else(|| panic!("a use of {:?} has no name", fields.first())).clone()
}

const fn of(name: &'static str, fields: &'static [Field], documentation: &'static str) -> Form {
    Form { name, fields, usage: 1, documentation, one_of: &[] }
}

const PAYMENTS: &[(&str, &[Field], PaymentsOperation, &str)] = &[
    ("AddressInput", form::ADDRESS, Authorize, "The address of a payment method."),
    ("CardPaymentMethodInput", form::CARD, Authorize, "A card, by the gateway's token of it."),
    (
        "AlternativePaymentMethodInput",
        form::ALTERNATIVE,
        Authorize,
        "A wallet or the like, by the gateway's token of it.",
    ),
    ("CardToTokenizeInput", form::CARD, Tokenize, "A card to be saved, by the gateway's single-use token of it."),
    (
        "AlternativeToTokenizeInput",
        form::ALTERNATIVE,
        Tokenize,
        "A wallet or the like to be saved, by the gateway's single-use token of it.",
    ),
    ("BankPaymentMethodInput", form::BANK, Tokenize, "A bank account, by the gateway's token of it."),
    (
        "PaymentMethodInput",
        form::PAYMENT_METHOD,
        Authorize,
        "Exactly one of `id`, `cardPaymentMethod` and `alternativePaymentMethod`.",
    ),
    (
        "SalePaymentMethodInput",
        form::PAYMENT_METHOD,
        Sale,
        "Exactly one of `id`, `cardPaymentMethod` and `alternativePaymentMethod`.",
    ),
    (
        "PaymentGroupInput",
        form::PAYMENT_GROUP,
        Authorize,
        "A payment group to take part in, by its `id` alone, or to make.",
    ),
    ("LineItemInput", form::LINE_ITEM, Sale, "One line of level 3 data."),
    ("EnhancedPaymentDataInput", form::ENHANCED, Sale, "Level 2 data, and level 3 data in its lines."),
    ("AuthorizationInput", form::REQUEST, Authorize, "The body of `POST …/authorizations`."),
    ("PostAuthInput", form::REQUEST, PostAuth, "The body of `POST …/postAuths`."),
    ("CaptureInput", form::REQUEST, Capture, "The body of `POST …/captures`."),
    ("ReversalInput", form::REQUEST, Reverse, "The body of `POST …/reversals`."),
    ("SaleInput", form::REQUEST, Sale, "The body of `POST …/sales`."),
    ("RefundInput", form::REQUEST, Refund, "The body of `POST …/refunds`."),
    (
        "TokenizeInput",
        form::REQUEST,
        Tokenize,
        "The body of `POST …/payment-methods`: exactly one of `cardPaymentMethod`, `alternativePaymentMethod` and `bankPaymentMethod`.",
    ),
];

/// The request of the checkout has a reader of its own, which answers one fault after the other; its names and limits are these.
fn checkout_payment(address: &'static [Field]) -> &'static [Field] {
    let types: Vec<&str> = RequestType::ALL.iter().map(|each| each.as_str()).collect();
    vec![
        Field::needed(REQUEST_TYPE, Kind::Exactly(types.leak())),
        Field::needed(PAYMENT_TOKEN, Kind::Text(TextRules::required(PAYMENT_TOKEN_CHARS_MAX))),
        Field::allowed(BILLING_ADDRESS, Kind::Object(address)),
        Field::allowed(PAYMENTS_DATA, Kind::Pairs(PAYMENTS_DATA_PAIRS_MAX, PAYMENTS_DATA_CHARS_MAX)),
    ]
    .leak()
}

fn checkout_address() -> &'static [Field] {
    let text = |(name, rules): &(&'static str, TextRules)| {
        let make = if rules.required { Field::needed } else { Field::allowed };
        make(name, Kind::Text(*rules))
    };
    let mut fields: Vec<Field> = TEXTS.iter().map(text).collect();
    fields.push(Field::allowed(IS_DEFAULT, Kind::Flag));
    fields.push(Field::allowed(SHIP_TO_PHONE_NUMBER, Kind::Text(TextRules::optional(usize::MAX))));
    fields.leak()
}

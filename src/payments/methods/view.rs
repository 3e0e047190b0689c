//! Saved payment methods as the back office reads them. No token is in it, nor what a gateway says about its token.

use crate::domain::json::{Amounts, Writer, json_view};
use crate::domain::sorted::Texts;
use crate::domain::timestamp::Timestamp;
use crate::prelude::*;
use crate::records::{Account, MethodObject, MethodStatus, PaymentMethod};

/// One method as JSON.
#[must_use]
pub fn method(method: &PaymentMethod, now: Timestamp) -> String {
    let mut writer = Writer::new(Amounts::Numbers);
    PaymentMethodView::write(&mut writer, method, now);
    writer.finish()
}

/// A page of an account's methods as JSON, oldest first, from behind the one with the id `after`. `None` when there is no such method.
#[must_use]
pub fn page(account: Option<&Account>, after: Option<&str>, size: usize, now: Timestamp) -> Option<String> {
    let methods = account.map_or(&[] as &[PaymentMethod], |account| &account.methods);
    let from = match after {
        None => 0,
        Some(id) => methods.iter().position(|method| method.id == id)? + 1,
    };
    let is_more = methods.len() > from + size;
    let last = methods.get(from + size - 1).filter(|_| is_more);
    let page = methods.get(from..).unwrap_or_default();
    let mut writer = Writer::new(Amounts::Numbers);
    PaymentMethodPage::write(&mut writer, page.get(..size).unwrap_or(page), last, now);
    Some(writer.finish())
}

json_view! {
    /// A page of an account's payment methods.
    struct PaymentMethodPage(page: &[PaymentMethod], last: Option<&PaymentMethod>, now: Timestamp) {
        /// The methods, oldest first.
        "paymentMethods": Vec<PaymentMethodView> = list(page, |writer: &mut Writer, method| PaymentMethodView::write(writer, method, now)),
        /// Where the next page begins; absent on the last one.
        "nextPageToken": Option<String> = maybe(last, |writer: &mut Writer, method: &PaymentMethod| writer.text(&method.id)),
    }
}

json_view! {
    /// A saved payment method. Its token is in no answer.
    struct PaymentMethodView(method: &PaymentMethod, now: Timestamp) {
        /// Its id.
        "id": String = text(&method.id),
        /// Which object it is.
        "object": MethodObject = value(&method.object),
        /// Where it stands.
        "status": MethodStatus = value(&method.status),
        /// Whose it is.
        "accountId": String = text(&method.account_id),
        /// The gateway whose token it is.
        "paymentGatewayId": String = text(&method.gateway_id),
        /// The merchant account at that gateway, where there are several.
        "merchantAccountId": Option<String> = value(&method.merchant_account_id),
        /// The gateway's name of the customer, who owns the token there.
        "gatewayReference": Option<String> = value(&method.customer_reference),
        /// What is the same for the same card or account, whatever its token.
        "checksum": Option<String> = value(&method.checksum),
        /// Whether the account uses it when nothing else is said.
        "isDefault": Flag = flag(method.is_default),
        /// The last month in which it can be used: 1 to 12.
        "expiryMonth": Option<u32> = value(&method.expiry_month),
        /// The year of that month, with four digits.
        "expiryYear": Option<u32> = value(&method.expiry_year),
        /// What its owner calls it.
        "nickName": Option<String> = value(&method.nickname),
        /// When it was saved.
        "createdDate": Timestamp = value(&method.date),
        /// When it was changed last.
        "lastModifiedDate": Timestamp = value(&method.changed),
        /// What else is known of it, by the names of the object's fields.
        "details": Texts = value(&method.shown_details()),
        /// Whether the month of its expiry is over.
        "isExpired": Flag = flag(method.is_over(now)),
    }
}

//! Saved payment methods as the back office reads them. No token is in it, nor what a gateway says about its token.

use crate::domain::json::{Amounts, Writer};
use crate::domain::timestamp::Timestamp;
use crate::records::{Account, PaymentMethod};

/// The detail that is the gateway's adapter's, and nobody else's.
const ABOUT_THE_TOKEN: &str = "GatewayTokenDetails";

/// One method as JSON.
#[must_use]
pub fn method(method: &PaymentMethod, now: Timestamp) -> String {
    let mut writer = Writer::new(Amounts::Numbers);
    write(&mut writer, method, now);
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
    let mut writer = Writer::new(Amounts::Numbers);
    writer.begin_object();
    writer.key("paymentMethods");
    writer.begin_array();
    methods.iter().skip(from).take(size).for_each(|method| write(&mut writer, method, now));
    writer.end_array();
    let is_more = methods.len() > from + size;
    let last = methods.get(from + size - 1).filter(|_| is_more);
    writer.member("nextPageToken", &last.map(|method| method.id.clone()));
    writer.end_object();
    Some(writer.finish())
}

fn write(writer: &mut Writer, method: &PaymentMethod, now: Timestamp) {
    let mut shown = PaymentMethod { token: None, ..method.clone() };
    shown.details.remove(ABOUT_THE_TOKEN);
    writer.begin_object();
    shown.write_members(writer);
    // Flags are left out when they are not set; of these one wants to read both.
    if !shown.is_default {
        writer.key("isDefault");
        writer.raw("false");
    }
    writer.key("isExpired");
    writer.raw(if method.is_over(now) { "true" } else { "false" });
    writer.end_object();
}

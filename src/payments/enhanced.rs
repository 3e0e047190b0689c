//! Level 2 and level 3 data: defaults, and the sums that must come out before anything is sent (`reference` §2.10, §4.10).

use super::request::invalid;
use crate::domain::amount::{Amount, AmountError};
use crate::domain::input::refusal::Refusal;
use crate::gateway::{EnhancedPaymentData, LineItem};
use crate::prelude::*;

/// The data with its defaults, once its sums have come out.
///
/// The totals of the lines must come to the sale's amount: as they are, or with all taxes, shipping and duty added and the
/// discount taken off. What a line says of its own total must be its quantity times its unit price less its discount, with its tax
/// where it says that it is gross.
///
/// # Errors
/// A [`Refusal`] that names the sum that does not come out.
pub fn checked(mut data: EnhancedPaymentData, amount: Option<Amount>) -> Result<EnhancedPaymentData, Refusal> {
    for sum in [&mut data.discount_amount, &mut data.duty_amount, &mut data.total_tax_amount] {
        sum.get_or_insert(Amount::ZERO);
    }
    for (at, line) in data.line_items.iter_mut().enumerate() {
        line.discount.get_or_insert(Amount::ZERO);
        line.discount_indicator.get_or_insert(false);
        line.gross_net_indicator.get_or_insert_with(|| "N".to_owned());
        let total =
            line_total(line).map_err(|_| invalid(&path(at, "quantity"), "The line's total has too many digits."))?;
        if total != line.line_item_total {
            let detail = ["Must be quantity × unitPrice − discount, that is ", &total.text(), "."].concat();
            return Err(invalid(&path(at, "lineItemTotal"), &detail));
        }
    }
    match amount.filter(|_| !data.line_items.is_empty()) {
        Some(amount) => whole(&data, amount).map(|()| data),
        None => Ok(data),
    }
}

fn line_total(line: &LineItem) -> Result<Amount, AmountError> {
    let total = line.unit_price.times(line.quantity)?.checked_sub(line.discount.unwrap_or(Amount::ZERO))?;
    let is_gross = line.gross_net_indicator.as_deref().is_some_and(|indicator| indicator.eq_ignore_ascii_case("Y"));
    match line.tax_amount.filter(|_| is_gross) {
        Some(tax) => total.checked_add(tax),
        None => Ok(total),
    }
}

fn whole(data: &EnhancedPaymentData, amount: Amount) -> Result<(), Refusal> {
    let sums = sums(data)
        .map_err(|_| invalid("enhancedPaymentData.lineItems", "The sum of the lines has too many digits."))?;
    if sums.contains(&amount) {
        return Ok(());
    }
    let [plain, with_all] = sums.map(Amount::text);
    let detail = [
        "The lines come to ",
        &plain,
        ", and with taxes, shipping, duty and discount to ",
        &with_all,
        "; the amount is ",
        &amount.text(),
        ".",
    ];
    Err(invalid("enhancedPaymentData.lineItems", &detail.concat()))
}

fn sums(data: &EnhancedPaymentData) -> Result<[Amount; 2], AmountError> {
    let plain = Amount::sum(data.line_items.iter().map(|line| line.line_item_total))?;
    let more = [data.total_tax_amount, data.shipping_amount, data.duty_amount];
    let with_all = Amount::sum(more.into_iter().flatten())?
        .checked_add(plain)?
        .checked_sub(data.discount_amount.unwrap_or(Amount::ZERO))?;
    Ok([plain, with_all])
}

fn path(at: usize, name: &str) -> String {
    ["enhancedPaymentData.lineItems[", &at.to_string(), "].", name].concat()
}

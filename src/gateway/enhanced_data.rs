//! Level 2 and level 3 data of a sale (`reference` §2.10): what a merchant tells about the goods for a lower fee.

use crate::domain::amount::Amount;
use crate::domain::json::json_object;
use crate::domain::sorted::Texts;
use crate::prelude::*;

json_object! {
    /// About the sale as a whole. Amounts are in the sale's currency, rates are in percent.
    pub struct EnhancedPaymentData {
        /// What was taken off the price; nothing by default, as with duty and taxes.
        pub discount_amount: Option<Amount> = "discountAmount",
        /// Duty.
        pub duty_amount: Option<Amount> = "dutyAmount",
        /// Freight.
        pub shipping_amount: Option<Amount> = "shippingAmount",
        /// Sales tax.
        pub sales_tax_amount: Option<Amount> = "salesTaxAmount",
        /// All taxes.
        pub total_tax_amount: Option<Amount> = "totalTaxAmount",
        /// Tax divided by the taxable base, in percent.
        pub tax_rate: Option<Amount> = "taxRate",
        /// The invoice it pays.
        pub invoice_number: Option<String> = "invoiceNumber",
        /// The merchant's reference.
        pub reference_id: Option<String> = "referenceId",
        /// Where it is sent from.
        pub ship_from_zip: Option<String> = "shipFromZip",
        /// Where it is sent to.
        pub ship_to_zip: Option<String> = "shipToZip",
        /// The country it is sent to.
        pub ship_to_country: Option<String> = "shipToCountry",
        /// More pairs.
        pub additional_attributes: Texts = "additionalAttributes",
        /// The lines: level 3.
        pub line_items: Vec<LineItem> = "lineItems",
    }
}

json_object! {
    /// One line of a sale.
    pub struct LineItem {
        /// The line's id.
        pub line_item_id: Option<String> = "lineItemId",
        /// The product's name.
        pub name: Option<String> = "name",
        /// What it is.
        pub description: Option<String> = "description",
        /// The merchant's code of the product.
        pub sku: Option<String> = "sku",
        /// The code of its class of goods.
        pub commodity_code: Option<String> = "commodityCode",
        /// How many.
        pub quantity: u32 = "quantity",
        /// Of what.
        pub unit_of_measure: Option<String> = "uom",
        /// The price of one.
        pub unit_price: Amount = "unitPrice",
        /// What was taken off.
        pub discount: Option<Amount> = "discount",
        /// Whether anything was.
        pub discount_indicator: Option<bool> = "discountIndicator",
        /// Tax of the line.
        pub tax_amount: Option<Amount> = "taxAmount",
        /// In percent.
        pub tax_rate: Option<Amount> = "taxRate",
        /// Freight of the line.
        pub shipping_amount: Option<Amount> = "shippingAmount",
        /// Duty of the line.
        pub duty_amount: Option<Amount> = "dutyAmount",
        /// Whether the total is net (N, the default) or gross (Y) of tax.
        pub gross_net_indicator: Option<String> = "grossNetIndicator",
        /// The line's total.
        pub line_item_total: Amount = "lineItemTotal",
        /// More pairs.
        pub additional_attributes: Texts = "additionalAttributes",
    }
}

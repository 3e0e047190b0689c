//! The billing address (`reference` of the checkout address input: name, street and country are required).

use super::json::json_object;
use crate::prelude::*;

json_object! {
    /// A billing address that passed validation.
    pub struct Address {
        /// Contact name.
        pub name: String = "name",
        /// Street; may have several lines.
        pub street: String = "street",
        /// ISO 3166-1 alpha-2 code.
        pub country: String = "country",
        /// City.
        pub city: Option<String> = "city",
        /// Region code within the country.
        pub region: Option<String> = "region",
        /// Postal code.
        pub postal_code: Option<String> = "postalCode",
        /// First name (since 57.0).
        pub first_name: Option<String> = "firstName",
        /// Last name (since 57.0).
        pub last_name: Option<String> = "lastName",
        /// Whether it becomes the account's default.
        pub is_default: bool = "isDefault",
    }
}

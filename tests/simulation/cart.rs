//! Web stores with their policies, and checkouts whose carts change.

use super::random::Random;
use super::support::money;

#[derive(Debug, Clone)]
pub struct Checkout {
    pub id: String,
    pub webstore: usize,
    pub release_first: bool,
    /// Cents.
    pub amount: i64,
    pub currency: &'static str,
    /// Which cart it is: another one has another digest, also when it costs the same.
    pub cart: u64,
    /// The order is placed, and the shop knows.
    pub closed: bool,
}

impl Checkout {
    pub fn drawn(number: usize, release_first: &[bool], random: &Random) -> Self {
        let webstore = random.index(release_first.len());
        Self {
            id: format!("chk{number}"),
            webstore,
            release_first: release_first[webstore],
            amount: random.between(1, 50_000),
            currency: "USD",
            cart: 1,
            closed: false,
        }
    }

    /// Another cart: of another total, of the same, rarely in another currency, rarely for nothing.
    pub fn change(&mut self, random: &Random) {
        self.cart += 1;
        match random.below(20) {
            0..=2 => {}
            3 => self.amount = 0,
            4..=5 => self.currency = if self.currency == "USD" { "EUR" } else { "USD" },
            _ => self.amount = random.between(1, 50_000),
        }
    }

    /// The members of the core's context that a route about this checkout knows.
    pub fn facts(&self) -> String {
        let policy = if self.release_first { "release-first" } else { "authorize-first" };
        format!(",\"checkout\":{},\"releaseOrder\":\"{policy}\"", self.json())
    }

    /// The checkout as the core reads it.
    pub fn json(&self) -> String {
        format!(
            "{{\"id\":\"{}\",\"webstoreId\":\"store{}\",\"status\":\"{}\",\"amount\":\"{}\",\"currencyIsoCode\":\"{}\",\"digest\":\"cart{}\"}}",
            self.id,
            self.webstore,
            if self.closed { "closed" } else { "open" },
            money::text(self.amount),
            self.currency,
            self.cart,
        )
    }
}

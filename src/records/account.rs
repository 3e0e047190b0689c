//! An account's saved payment methods: the aggregate that owns them (`reference` §4.8). Two rules hold whatever happens: at most one is the default,
//! and no two that are not canceled are the same.

use super::method_status::MethodStatus;
use super::payment_method::PaymentMethod;
use super::state_table::IllegalMove;
use crate::domain::json::json_object;
use crate::domain::limits::PAYMENT_METHODS_MAX;
use crate::domain::timestamp::Timestamp;
use crate::prelude::*;

json_object! {
    /// The methods of one account. None is ever deleted.
    pub struct Account {
        /// The account's id, which is another system's.
        pub id: String = "id",
        /// Its methods, oldest first.
        pub methods: Vec<PaymentMethod> = "paymentMethods",
    }
}

/// What saving a method came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// It is new.
    Made(String),
    /// It was saved before; that record was changed.
    Updated(String),
    /// It was saved before, just so.
    Unchanged(String),
}

impl Saved {
    /// The id of the method, as the account knows it.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Made(id) | Self::Updated(id) | Self::Unchanged(id) => id,
        }
    }
}

/// Why a method can't be used for a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unusable {
    /// There is none with this id.
    Unknown,
    /// It has this status.
    NotActive(MethodStatus),
    /// The month of its expiry is over.
    Expired,
    /// Its token is another gateway's.
    OtherGateway,
}

impl Unusable {
    /// For people.
    #[must_use]
    pub fn message(self) -> String {
        match self {
            Self::Unknown => "There is no such payment method.".to_owned(),
            Self::NotActive(status) => {
                ["The payment method is ", status.as_str(), "; only an Active one can be used."].concat()
            }
            Self::Expired => "The payment method has expired.".to_owned(),
            Self::OtherGateway => "The payment method is of another payment gateway.".to_owned(),
        }
    }
}

impl Account {
    /// An account without methods.
    #[must_use]
    pub const fn new(id: String) -> Self {
        Self { id, methods: Vec::new() }
    }

    /// The method with this id.
    #[must_use]
    pub fn method(&self, id: &str) -> Option<&PaymentMethod> {
        self.methods.iter().find(|method| method.id == id)
    }

    /// The same, to change. Whoever makes it the default tells [`Account::make_default`].
    pub fn method_mut(&mut self, id: &str) -> Option<&mut PaymentMethod> {
        self.methods.iter_mut().find(|method| method.id == id)
    }

    /// The method with this id, if a payment through this gateway may use it now.
    ///
    /// # Errors
    /// The first reason why not.
    pub fn usable(&self, id: &str, gateway_id: &str, now: Timestamp) -> Result<&PaymentMethod, Unusable> {
        let method = self.method(id).ok_or(Unusable::Unknown)?;
        if method.status != MethodStatus::Active || method.token.is_none() {
            return Err(Unusable::NotActive(method.status));
        }
        if method.is_over(now) {
            return Err(Unusable::Expired);
        }
        if method.gateway_id != gateway_id {
            return Err(Unusable::OtherGateway);
        }
        Ok(method)
    }

    /// Whether this method can be saved: it is here already, or there is room for one more.
    #[must_use]
    pub fn has_room_for(&self, method: &PaymentMethod) -> bool {
        self.methods.len() < PAYMENT_METHODS_MAX || self.methods.iter().any(|known| is_known(known, method))
    }

    /// Saves a method: a new one, or one that the account has already. A canceled one is no longer known; it is made anew. Whether there is
    /// room for it is asked before.
    pub fn save(&mut self, new: PaymentMethod, now: Timestamp) -> Saved {
        if self.method(&new.id).is_some() {
            return Saved::Unchanged(new.id);
        }
        let known = self.methods.iter().filter(|method| is_known(method, &new));
        let mut known: Vec<String> = known.map(|method| method.id.clone()).collect();
        let is_default = new.is_default;
        let saved = if known.is_empty() {
            let id = new.id.clone();
            self.methods.push(PaymentMethod { is_default: false, ..new });
            Saved::Made(id)
        } else {
            let first = known.remove(0);
            self.update(&first, known, new, now)
        };
        let is_active = self.method(saved.id()).is_some_and(|method| method.status == MethodStatus::Active);
        if is_default && is_active {
            self.make_default(saved.id());
        }
        saved
    }

    /// `others` turn out to be the same as the method `id`: by its token one, by its checksum another.
    fn update(&mut self, id: &str, others: Vec<String>, new: PaymentMethod, now: Timestamp) -> Saved {
        let was_default = self.methods.iter().any(|method| method.is_default && others.contains(&method.id));
        for other in self.methods.iter_mut().filter(|method| others.contains(&method.id)) {
            (other.status, other.is_default, other.token, other.changed) = (MethodStatus::Canceled, false, None, now);
        }
        let asks_for_default = new.is_default;
        let mut is_changed = !others.is_empty();
        if let Some(method) = self.method_mut(id) {
            let before = method.clone();
            method.take_over(new, now);
            method.is_default |= was_default;
            is_changed |= *method != PaymentMethod { changed: now, ..before.clone() };
            is_changed |= asks_for_default && !before.is_default;
            if !is_changed {
                method.changed = before.changed;
            }
        }
        let id = id.to_owned();
        if is_changed { Saved::Updated(id) } else { Saved::Unchanged(id) }
    }

    /// Makes this method the account's default, and no other.
    pub fn make_default(&mut self, id: &str) {
        for method in &mut self.methods {
            method.is_default = method.id == id;
        }
    }

    /// Moves a method's status. One that can't be used is not the default.
    ///
    /// # Errors
    /// [`IllegalMove`] when its table does not list the move.
    pub fn move_method(&mut self, id: &str, status: MethodStatus, now: Timestamp) -> Result<(), IllegalMove> {
        if let Some(method) = self.method_mut(id).filter(|method| method.status != status) {
            method.move_to(status)?;
            method.changed = now;
            method.is_default &= status == MethodStatus::Active;
            if status == MethodStatus::Canceled {
                method.token = None; // nobody can use it any more
            }
        }
        Ok(())
    }

    /// Which of its two rules is broken, if one is.
    #[must_use]
    pub fn broken(&self) -> Option<&'static str> {
        if self.methods.iter().filter(|method| method.is_default).count() > 1 {
            return Some("an account has at most one default payment method");
        }
        let live: Vec<&PaymentMethod> =
            self.methods.iter().filter(|method| method.status != MethodStatus::Canceled).collect();
        let twice = |(at, one): (usize, &&PaymentMethod)| live.iter().skip(at + 1).any(|other| one.is_same(other));
        live.iter().enumerate().any(twice).then_some("no payment method is saved twice")
    }
}

fn is_known(known: &PaymentMethod, new: &PaymentMethod) -> bool {
    known.status != MethodStatus::Canceled && known.is_same(new)
}

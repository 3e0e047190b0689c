//! An account after any sequence of saving, changing, importing and canceling: at most one default, no method twice, none ever deleted, what is
//! canceled stays so, and the same thing done twice is done once.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that is wrong should stop at the line that is wrong"
)]

use checkout_payments::domain::redacted::Redacted;
use checkout_payments::domain::timestamp::Timestamp;
use checkout_payments::payments::methods::change::{MethodChange, change};
use checkout_payments::records::{Account, MethodObject, MethodStatus, PaymentMethod, Saved};
use proptest::prelude::*;

#[derive(Debug, Clone)]
enum Move {
    /// Saves the card `card` by the token `token`, of one of two gateways, with or without a checksum.
    Save { card: u8, token: u8, checksum: bool, gateway: bool, default: bool, object: MethodObject, active: bool },
    /// Changes the method at this place.
    Change { at: usize, status: Option<MethodStatus>, default: Option<bool>, over: bool },
}

fn object() -> impl Strategy<Value = MethodObject> {
    proptest::sample::select(MethodObject::ALL)
}

fn moves() -> impl Strategy<Value = Move> {
    let save = (0..4_u8, 0..6_u8, any::<bool>(), any::<bool>(), any::<bool>(), object(), any::<bool>()).prop_map(
        |(card, token, checksum, gateway, default, object, active)| Move::Save {
            card,
            token,
            checksum,
            gateway,
            default,
            object,
            active,
        },
    );
    let status = proptest::option::of(proptest::sample::select(MethodStatus::ALL));
    let change = (0..12_usize, status, proptest::option::of(any::<bool>()), any::<bool>())
        .prop_map(|(at, status, default, over)| Move::Change { at, status, default, over });
    prop_oneof![2 => save, 1 => change]
}

fn method(id: usize, made: &Move, now: Timestamp) -> Option<PaymentMethod> {
    let Move::Save { card, token, checksum, gateway, default, object, active } = made else { return None };
    // Only one whose token was made elsewhere may await something.
    let active = *active || *object != MethodObject::Saved;
    Some(PaymentMethod {
        id: format!("spm_{id}"),
        object: *object,
        status: if active { MethodStatus::Active } else { MethodStatus::AwaitingPayment },
        account_id: "001".to_owned(),
        gateway_id: if *gateway { "one" } else { "other" }.to_owned(),
        merchant_account_id: None,
        token: active.then(|| Redacted::new(format!("t{token}"))),
        customer_reference: None,
        checksum: (*checksum || !active).then(|| format!("c{card}")),
        is_default: *default && active,
        expiry_month: Some(12),
        expiry_year: Some(2030),
        nickname: None,
        date: now,
        changed: now,
        details: checkout_payments::domain::sorted::Texts::new(),
    })
}

fn run(account: &mut Account, id: usize, made: &Move, now: Timestamp) -> Option<Saved> {
    if let Some(method) = method(id, made, now) {
        return Some(account.save(method, now));
    }
    let Move::Change { at, status, default, over } = made else { return None };
    let id = account.methods.get(*at)?.id.clone();
    let expiry = over.then_some((1, 2020));
    let asked = MethodChange { is_default: *default, status: *status, nickname: None, expiry };
    let mut changed = account.clone();
    // A change that is refused leaves the account as it was stored.
    if change(&mut changed, &id, asked, now).is_ok() {
        *account = changed;
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn after_any_sequence(moves in proptest::collection::vec(moves(), 1..40)) {
        let mut account = Account::new("001".to_owned());
        for (at, made) in moves.iter().enumerate() {
            let now = Timestamp::from_milliseconds(1_767_225_600_000 + i64::try_from(at).unwrap()).unwrap();
            let before = account.clone();
            let saved = run(&mut account, at, made, now);
            prop_assert_eq!(account.broken(), None, "after {:?}: {:?}", made, account);
            let ids = |account: &Account| account.methods.iter().map(|method| method.id.clone()).collect::<Vec<_>>();
            prop_assert!(ids(&account).starts_with(&ids(&before)), "nothing is deleted");
            for method in &before.methods {
                let now = account.method(&method.id).unwrap();
                if method.status == MethodStatus::Canceled {
                    prop_assert_eq!(now, method, "what is canceled stays as it is");
                }
                prop_assert!(now.status != MethodStatus::Canceled || now.token.is_none(), "and its token is forgotten");
            }
            let default = account.methods.iter().find(|method| method.is_default);
            prop_assert!(default.is_none_or(|method| method.status == MethodStatus::Active), "{:?}", default);
            if let Some(saved) = saved {
                // The same once more, under another id: nothing new.
                let stored = account.clone();
                let again = run(&mut account, 1_000 + at, made, now);
                prop_assert_eq!(again, Some(Saved::Unchanged(saved.id().to_owned())));
                prop_assert_eq!(&account, &stored);
            }
        }
    }
}

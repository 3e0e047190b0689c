//! The back office: it captures, reverses and refunds, in part and in whole, beside the shoppers.

use checkout_payments::domain::amount::Amount;
use checkout_payments::engine::State;

use super::client::{Client, REPEATS};
use super::requests::BackOffice;
use super::support::money;

/// How an answer of the payments API is counted, and whether a repeat under the same key must be given it again.
pub fn answer_name(body: &str) -> Option<&'static str> {
    let codes = [
        ("PAYMENT_INDETERMINATE", "422 indeterminate"),
        ("PAYMENT_NOT_SENT", "422 not sent"),
        ("PAYMENT_DECLINED", "422 declined"),
        ("PAYMENT_DATA_REFUSED", "422 not valid"),
        ("AMOUNT_TOO_LARGE", "422 not so much is left"),
        ("INVALID_STATUS", "422 not in this status"),
        ("AUTHORIZATION_EXPIRED", "422 expired"),
    ];
    codes.iter().find(|(code, _)| body.contains(code)).map(|(_, name)| *name)
}

fn is_final(status: u32, body: &str) -> bool {
    status == 201 || (status == 422 && (body.contains("PAYMENT_DECLINED") || body.contains("PAYMENT_DATA_REFUSED")))
}

impl Client {
    /// Asks for something to be done with one of the checkout's records, and repeats it until it is answered, under one key.
    pub async fn back_office(&self) {
        let world = &self.world;
        let Some(request) = world.watch.borrow().state(self.checkout).and_then(|state| self.request(&state)) else {
            return;
        };
        world.count("back office", request.operation);
        let mut told: Option<(u32, String)> = None;
        for _ in 0..REPEATS {
            let patience = if world.chance(200) { world.random.between(1, 20_000) } else { 150_000 };
            let sent = request.clone();
            world.tell("back office", format_args!("checkout {}: {sent:?}", self.checkout));
            let reply =
                self.ask(patience, move |host, checkout, sender| async move {
                    host.back_office(checkout, &sent, sender).await
                })
                .await;
            match reply {
                None => world.sleep(world.random.between(0, 10_000)).await,
                Some(reply) if matches!(reply.status, 409 | 503) => {
                    world.sleep(world.random.between(500, 3_000)).await;
                }
                Some(reply) => {
                    world.tell(
                        "back office",
                        format_args!("checkout {}: {} {}", self.checkout, reply.status, reply.body),
                    );
                    let now = (reply.status, reply.body);
                    if request.key.is_some() && told.as_ref().is_some_and(|told| *told != now) {
                        return world.fail(
                            "the same key gets the same answer, also of the back office",
                            format!("{told:?}, {now:?}"),
                        );
                    }
                    if !is_final(now.0, &now.1) || !world.chance(300) {
                        return;
                    }
                    world.count("back office", "repeated what was answered");
                    told = Some(now);
                    // Without a key a repeat is another request.
                    if request.key.is_none() {
                        return;
                    }
                }
            }
        }
    }

    fn request(&self, state: &State) -> Option<BackOffice> {
        let random = &self.world.random;
        let group = &state.group;
        let holds = group.authorizations.iter().map(|record| (&record.id, record.amount));
        let charges = group.payments.iter().map(|record| (&record.id, record.amount));
        let operation = random.weighted(&[(60, "captures"), (15, "reversals"), (25, "refunds")]);
        let records: Vec<(&String, Amount)> = if operation == "refunds" { charges.collect() } else { holds.collect() };
        // Mostly the newest record, that is the one that stands.
        let newest = records.len().checked_sub(1)?;
        let at =
            if self.world.chance(800) { newest } else { usize::try_from(random.between(0, newest as i64)).ok()? };
        let (id, amount) = records.get(at)?;
        let whole = money::cents(&amount.text());
        // Mostly less than half, so that there is room for more than one.
        let cents = match random.weighted(&[(30, 1), (50, 2), (20, 0)]) {
            0 => random.between(1, whole.max(1)),
            part => (whole / part).max(1),
        };
        let key = self.world.chance(800).then(|| format!("back-office-{}", self.world.number()));
        let body = format!("{{\"amount\":\"{}\"}}", money::text(cents));
        Some(BackOffice { operation, target: (*id).clone(), body, key })
    }
}

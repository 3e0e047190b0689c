//! Shoppers and the back office: they pay, change their carts, pay again, lose patience, repeat, race themselves, and order.

use std::rc::Rc;

use super::back_office;
use super::host::Host;
use super::requests::{self, Payment, Reply};
use super::schedule::{Owner, Sender};
use super::world::World;

/// What a shopper does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Pay,
    PayAgain,
    BackOffice,
    Read,
    Order,
}

/// How often a client repeats a request that was not answered, or met another one.
pub const REPEATS: usize = 4;

/// Somebody who deals with one checkout.
#[derive(Debug, Clone)]
pub struct Client {
    pub world: Rc<World>,
    pub checkout: usize,
    /// Pays by purchase order, mostly.
    pub buys_for_a_company: bool,
}

impl Client {
    pub async fn shop(self) {
        let world = self.world.clone();
        let mut last: Option<Rc<Payment>> = None;
        for _ in 0..world.random.between(2, 6) {
            think(&world).await;
            if world.chance(world.weather().cart_changes) {
                self.change_cart();
            }
            match world.random.weighted(&[
                (60, Action::Pay),
                (12, Action::PayAgain),
                (12, Action::BackOffice),
                (6, Action::Read),
                (6, Action::Order),
            ]) {
                Action::Pay => last = Some(self.pay_anew().await),
                Action::PayAgain => {
                    if let Some(payment) = &last {
                        self.insist(payment.clone()).await;
                    }
                }
                Action::BackOffice => back_office::act_on(&world, self.checkout).await,
                Action::Read => {
                    let _ = self
                        .ask(5_000, |host, checkout, sender| async move { host.read(checkout, sender).await })
                        .await;
                }
                Action::Order => self.order().await,
            }
        }
        if world.chance(300) {
            self.order().await;
        }
    }

    fn change_cart(&self) {
        let world = &self.world;
        world.checkouts.borrow_mut()[self.checkout].change(&world.random);
        world.count("clients", "changed the cart");
        let cart = world.checkouts.borrow()[self.checkout].clone();
        world.tell(
            "client",
            format_args!(
                "checkout {}: the cart is now {} {}, cart{}",
                self.checkout, cart.amount, cart.currency, cart.cart
            ),
        );
    }

    async fn pay_anew(&self) -> Rc<Payment> {
        let world = &self.world;
        let payment = Rc::new(self.payment());
        if world.chance(world.weather().races) {
            // Twice at once: the same request, or another one from another tab.
            let same = world.chance(500);
            world.count("clients", if same { "sent one request twice at once" } else { "sent two requests at once" });
            let other = if same { payment.clone() } else { Rc::new(self.payment()) };
            let me = self.clone();
            world.spawn(Owner::Outside, async move { me.insist(other).await });
        }
        if world.chance(world.weather().cart_changes / 4) {
            let me = self.clone();
            let after = world.random.between(0, 2_000);
            world.spawn(Owner::Outside, async move {
                me.world.sleep(after).await;
                me.change_cart();
            });
        }
        self.insist(payment.clone()).await;
        payment
    }

    fn payment(&self) -> Payment {
        let world = &self.world;
        let number = world.number();
        let kind = if self.buys_for_a_company {
            "SimplePurchaseOrder"
        } else {
            world.random.weighted(&[(65, "Auth"), (30, "PostAuth"), (5, "SimplePurchaseOrder")])
        };
        let token = format!("tok-{number}");
        if kind == "PostAuth" {
            let amount = world.checkouts.borrow()[self.checkout].amount;
            // Not always of the cart as it is.
            let amount = if world.chance(50) { amount + 1 } else { amount };
            world.gateway.borrow_mut().mint(&token, amount, world.chance(500));
        }
        world.count("requests", kind);
        let api_version = if world.chance(940) { "67.0" } else { world.random.pick(&["55.0", "62.0", "63.0", "64.0"]) };
        let key = world.chance(800).then(|| format!("key-{number}"));
        Payment { body: format!("{{\"requestType\":\"{kind}\",\"paymentToken\":\"{token}\"}}"), key, api_version }
    }

    /// Sends a request until it is answered, or the client has had enough.
    async fn insist(&self, payment: Rc<Payment>) {
        let world = &self.world;
        let mut payment = payment;
        for _ in 0..REPEATS {
            let impatient = world.chance(world.weather().impatient);
            let patience = if impatient { world.random.between(1, 20_000) } else { 150_000 };
            world.tell(
                "client",
                format_args!("checkout {}: pays {} key {:?}", self.checkout, payment.body, payment.key),
            );
            let sent = payment.clone();
            let reply = self
                .ask(patience, move |host, checkout, sender| async move { host.pay(checkout, &sent, sender).await })
                .await;
            let status = reply.as_ref().map(|reply| reply.status);
            world.tell(
                "client",
                format_args!(
                    "checkout {}: answered {:?} {}",
                    self.checkout,
                    status,
                    reply.as_ref().map_or("", |reply| &reply.body)
                ),
            );
            match status {
                Some(409 | 503) => {
                    world.count(
                        "clients",
                        if status == Some(409) { "met another request" } else { "met a store that threw" },
                    );
                    world.sleep(world.random.between(500, 3_000)).await;
                }
                Some(202) if world.chance(600) => {
                    world.sleep(world.random.between(1_000, 60_000)).await;
                    payment = self.repeat_of(&payment, world.chance(300));
                }
                Some(_) => return,
                None => {
                    world.count("clients", "not answered");
                    world.sleep(world.random.between(0, 10_000)).await;
                    if world.chance(150) {
                        return world.count("clients", "gave up");
                    }
                    payment = self.repeat_of(&payment, world.chance(800));
                }
            }
        }
    }

    fn repeat_of(&self, payment: &Rc<Payment>, same_key: bool) -> Rc<Payment> {
        let world = &self.world;
        let key = match (&payment.key, same_key) {
            (Some(_), true) => {
                world.count("clients", "repeated with the same key");
                return payment.clone();
            }
            (Some(_), false) => {
                world.count("clients", "repeated with a new key");
                Some(format!("key-{}", world.number()))
            }
            (None, _) => {
                world.count("clients", "repeated without a key");
                None
            }
        };
        Rc::new(Payment { key, ..Payment::clone(payment) })
    }

    async fn order(&self) {
        let reply =
            self.ask(30_000, |host, checkout, sender| async move { host.place_order(checkout, sender).await }).await;
        self.world.count(
            "orders",
            match reply.map(|reply| reply.status) {
                Some(201) => "placed",
                Some(409) => "met a payment under way",
                Some(422) => "refused",
                _ => "not answered",
            },
        );
    }

    async fn ask<F, W>(&self, patience: i64, route: F) -> Option<Reply>
    where
        F: FnOnce(Host, usize, Sender<Reply>) -> W + 'static,
        W: Future<Output = ()> + 'static,
    {
        let checkout = self.checkout;
        requests::ask(&self.world, patience, move |host, sender| route(host, checkout, sender)).await
    }
}

/// Whoever asks does something else in between.
pub async fn think(world: &World) {
    let (low, high) = world.random.weighted(&[
        (20, (0, 50)),
        (50, (1_000, 30_000)),
        (25, (30_000, 600_000)),
        (5, (600_000, 14_400_000)),
    ]);
    world.sleep(world.random.between(low, high)).await;
}

/// How an answer is counted.
pub fn answer_name(reply: &Reply) -> &'static str {
    let says = |text: &str| reply.body.contains(text);
    match reply.status {
        200 => "200",
        201 => "201",
        202 => "202",
        204 => "204",
        404 => "404",
        409 => "409",
        422 if back_office::answer_name(&reply.body).is_some() => {
            back_office::answer_name(&reply.body).unwrap_or_default()
        }
        422 if says("payment-indeterminate") => "422 indeterminate",
        422 if says("payment-release-failure") => "422 release failure",
        422 if says("payment-failure") => "422 declined",
        422 if says("\"SystemError\"") => "422 not sent",
        422 => "422 not valid",
        503 => "503",
        _ => "other",
    }
}

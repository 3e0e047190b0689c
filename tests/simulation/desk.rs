//! The back office's desk: it takes payments that belong to no checkout, each in a group of its own or in one that is there already,
//! and goes on with them.

use std::rc::Rc;

use super::back_office;
use super::client;
use super::requests::BackOffice;
use super::schedule::Owner;
use super::support::money;
use super::world::World;

/// What is done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    TakeAnother,
    TakeInTheSameGroup,
    Act,
    Repeat,
}

/// What a token of a request with a key is called: it pays at most once, for one key has one effect.
pub const ONCE: &str = "once-";

/// Somebody who takes payments for the shop.
#[derive(Debug)]
pub struct Desk {
    world: Rc<World>,
    /// The groups of what was taken here.
    groups: Vec<usize>,
    last: Option<Rc<BackOffice>>,
}

impl Desk {
    pub fn of(world: Rc<World>) -> Self {
        Self { world, groups: Vec::new(), last: None }
    }

    pub async fn work(mut self) {
        let world = self.world.clone();
        client::think(&world).await;
        self.take(None).await;
        for _ in 0..world.random.between(1, 4) {
            client::think(&world).await;
            let known = if self.groups.is_empty() { None } else { Some(*world.random.pick(&self.groups)) };
            let action = world.random.weighted(&[
                (60, Action::Act),
                (20, Action::TakeInTheSameGroup),
                (12, Action::TakeAnother),
                (8, Action::Repeat),
            ]);
            match (action, known) {
                (Action::Act, Some(group)) => back_office::act_on(&world, group).await,
                (Action::TakeInTheSameGroup, Some(_)) => self.take(known).await,
                (Action::Repeat, _) => self.repeat().await,
                _ => self.take(None).await,
            }
        }
    }

    /// Takes a payment, in this group or in one of its own.
    async fn take(&mut self, group: Option<usize>) {
        let world = self.world.clone();
        let request = Rc::new(self.payment(group));
        if world.chance(world.weather().races) {
            let same = world.chance(500);
            world.count("back office", if same { "sent one request twice at once" } else { "sent two at once" });
            let other = if same { request.clone() } else { Rc::new(self.payment(group)) };
            let insists = back_office::insist(world.clone(), other);
            world.spawn(Owner::Outside, async move { drop(insists.await) });
        }
        self.last = Some(request.clone());
        let told = back_office::insist(world.clone(), request.clone()).await;
        self.learn(&request, told.as_ref());
        if told.is_some_and(|(status, _)| status == 202) && world.chance(600) {
            self.go_on(&request).await;
        }
    }

    /// The payer has done what was asked: the same request in the group of the answer, under another key or none.
    async fn go_on(&mut self, request: &BackOffice) {
        let world = &self.world;
        world.sleep(world.random.between(1_000, 60_000)).await;
        let state = self.groups.last().and_then(|group| world.watch.borrow().state(*group));
        let Some(id) = state.map(|state| state.group.id.clone()) else { return };
        world.count("back office", "went on with a challenge");
        let body = if request.group_id.is_some() { request.body.clone() } else { in_group(&request.body, &id) };
        let key = world.chance(700).then(|| format!("desk-{}", world.number()));
        let again = BackOffice { group_id: Some(id), body, key, ..request.clone() };
        back_office::insist(world.clone(), Rc::new(again)).await;
    }

    /// Once more what was asked for before; without a key it would be another payment.
    async fn repeat(&mut self) {
        if let Some(request) = self.last.clone().filter(|request| request.key.is_some()) {
            self.world.count("back office", "repeated later");
            let told = back_office::insist(self.world.clone(), request.clone()).await;
            self.learn(&request, told.as_ref());
        }
    }

    fn payment(&self, group: Option<usize>) -> BackOffice {
        let world = &self.world;
        let number = world.number();
        let operation = world.random.weighted(&[(45, "sales"), (35, "authorizations"), (20, "postAuths")]);
        let key = world.chance(850).then(|| format!("desk-{number}"));
        let token = format!("{}{number}", if key.is_some() { ONCE } else { "tok-" });
        let amount = world.random.between(1, 50_000);
        if operation == "postAuths" {
            let made = if world.chance(50) { amount + 1 } else { amount };
            world.gateway.borrow_mut().mint(&token, made, world.chance(500));
        }
        let body = format!(
            "{{\"accountId\":\"001\",\"amount\":\"{}\",\"currencyIsoCode\":\"{}\",\"paymentMethod\":{{\"alternativePaymentMethod\":{{\"gatewayToken\":\"{token}\"}}}}}}",
            money::text(amount),
            if world.chance(950) { "USD" } else { "EUR" },
        );
        let group_id = group.and_then(|group| world.watch.borrow().state(group)).map(|state| state.group.id.clone());
        let body = group_id.as_ref().map_or(body.clone(), |id| in_group(&body, id));
        BackOffice { operation, target: None, group_id, body, key }
    }

    /// Finds the group that a request came to: by its key, or by the answer.
    fn learn(&mut self, request: &BackOffice, told: Option<&(u32, String)>) {
        let of_answer = told.and_then(|(_, body)| {
            let (_, rest) = body.split_once("\"paymentGroup\":{\"id\":\"")?;
            Some(rest.split_once('"')?.0.to_owned())
        });
        let of_key = request.key.as_ref().map(|key| format!("key:{key}"));
        let found = [of_answer, of_key].into_iter().flatten().flat_map(|text| self.world.groups_found(&text)).next();
        if let Some(group) = found {
            self.groups.retain(|known| *known != group);
            self.groups.push(group);
        }
    }
}

fn in_group(body: &str, id: &str) -> String {
    let members = body.strip_suffix('}').unwrap_or(body);
    format!("{members},\"paymentGroupId\":\"{id}\"}}")
}

//! What must hold after every line: at each commit, each call sent, each deed of the gateway, each reply. It keeps its own memory of
//! what was committed, told and answered, and believes neither the host nor its store.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use checkout_payments::checkout::fingerprint;
use checkout_payments::checkout::request::CheckoutPaymentRequest;
use checkout_payments::domain::amount::Amount;
use checkout_payments::domain::api_version::ApiVersion;
use checkout_payments::domain::sorted::Texts;
use checkout_payments::domain::timestamp::Timestamp;
use checkout_payments::engine::{Conclusion, Operation, OperationStatus, State, Step, StepStatus, invariants};
use checkout_payments::gateway::{Call, GatewayOperation};
use checkout_payments::records::TransactionStatus;
use checkout_payments::wire::context::{read, read_state};

use super::answer::{Answer, Told};
use super::cart::Checkout;
use super::desk;
use super::gateway::{Booked, Standing};
use super::monotone;
use super::notes::{how_resolved, kind};
use super::notices::Notice;
use super::requests::{Payment, Reply};
use super::settle;
use super::support::books;
use super::world::World;

/// What the gateway has said about one reference of ours, however it was said.
#[derive(Debug, Default, Clone, Copy)]
struct Evidence {
    done: bool,
    refused: bool,
    not_sent: bool,
    not_found: bool,
    review: bool,
    /// It said so, and then the opposite.
    flipped: bool,
}

/// A final answer that a client was given for its key.
#[derive(Debug)]
struct Given {
    at: i64,
    /// The state that it was decided on.
    version: u64,
    body_sent: String,
    status: u32,
    body: String,
    operation_id: String,
}

impl Given {
    /// DESIGN §5 keeps a key for 24 hours; after that it may mean another payment.
    fn is_for(&self, payment: &Payment, now: i64) -> bool {
        self.body_sent == payment.body && now - self.at < 24 * 3_600_000
    }
}

/// What is known of one group.
#[derive(Debug, Default)]
struct Seen {
    /// What was committed, version by version: the first is version 1.
    states: Vec<Rc<State>>,
    evidence: BTreeMap<String, Evidence>,
    /// The calls that were sent, by key.
    sent: BTreeMap<String, Call>,
    given: BTreeMap<String, Given>,
    order: Option<String>,
    /// References whose end the host was told by a notification that it acknowledged.
    acknowledged: BTreeSet<String>,
    /// Operations of which it is noted how they began to be unknown.
    unknown: BTreeSet<String>,
    /// References that were unknown, or accepted, and are not any more.
    resolved: BTreeSet<String>,
}

impl Seen {
    fn at(&self, version: u64) -> Option<&Rc<State>> {
        self.states.get(usize::try_from(version).ok()?.checked_sub(1)?)
    }

    /// Charges never overlap (DESIGN §5) but where the gateway took its own word back: it accepted the refund, the new payment went
    /// on, and the refund failed; or what it had refused happened after all. Then the refund is owed.
    fn may_be_charged_beside_another(&self, payment: &Booked, state: &State) -> bool {
        let evidence = |ours: &String| self.evidence.get(ours).copied().unwrap_or_default();
        let took_back = payment.effects.iter().any(|effect| {
            let failed_later = effect.operation == GatewayOperation::Refund
                && effect.standing == Standing::Failed
                && evidence(&effect.ours).done;
            failed_later || evidence(&effect.ours).flipped
        });
        (took_back || evidence(&payment.ours).flipped) && is_owed(state, &payment.ours, &payment.reference)
    }
}

#[derive(Debug, Default)]
pub struct Watch {
    seen: Vec<Seen>,
    /// The final answers to requests of the back office with a key.
    pub given_to_back_office: BTreeMap<String, (u32, String)>,
    /// Requests to pay, by shoppers and by the back office, that the core decided: answered 201, 202, 404 or 422. Told to come again (409, 503) is not decided.
    pub payments: u64,
}

impl Watch {
    pub fn open(&mut self) {
        self.seen.push(Seen::default());
    }

    pub fn state(&self, group: usize) -> Option<Rc<State>> {
        self.seen[group].states.last().cloned()
    }

    /// Whether some process drives an operation of this version of the state, by a clock that shows `now`.
    pub fn is_driven(&self, group: usize, version: u64, now: i64) -> bool {
        let now = Timestamp::from_milliseconds(now).unwrap();
        let state = self.seen[group].at(version);
        state.is_some_and(|state| state.operations.iter().any(|operation| operation.is_held(now)))
    }

    pub fn acknowledged(&mut self, group: usize, ours: &str) {
        self.seen[group].acknowledged.insert(ours.to_owned());
    }

    pub fn was_acknowledged(&self, group: usize, ours: &str) -> bool {
        self.seen[group].acknowledged.contains(ours)
    }

    pub fn flipped(&mut self, group: usize, ours: &str) {
        self.evidence(group, ours).flipped = true;
    }

    /// The gateway says of something that it did not happen.
    pub fn denied(&mut self, group: usize, ours: &str) {
        self.evidence(group, ours).flipped = true;
    }

    /// Whether the gateway said one thing and then the opposite about what this key of the back office's was used for.
    pub fn was_taken_back(&self, key: &str) -> bool {
        self.seen.iter().any(|seen| {
            let operations = seen.states.last().map(|state| &state.operations).into_iter().flatten();
            let of_key = operations.filter(|operation| operation.fingerprint_of_key(key).is_some());
            let mut steps = of_key.flat_map(|operation| &operation.steps);
            steps.any(|step| seen.evidence.get(&step.reference).is_some_and(|evidence| evidence.flipped))
        })
    }

    fn evidence(&mut self, group: usize, ours: &str) -> &mut Evidence {
        self.seen[group].evidence.entry(ours.to_owned()).or_default()
    }
}

impl World {
    /// A row was written, whether or not its process lives to know.
    pub fn committed(&self, group: usize, version: u64, text: &str) {
        if let Err((invariant, detail)) = self.check_commit(group, version, text) {
            self.fail(invariant, format!("group {group}, version {version}: {detail}\n{text}"));
        }
    }

    fn check_commit(&self, group: usize, version: u64, text: &str) -> Result<(), (&'static str, String)> {
        let mut watch = self.watch.borrow_mut();
        let seen = &mut watch.seen[group];
        let state = read_state(text)
            .map_err(|error| ("what is stored is a state", format!("{error:?}")))?
            .ok_or(("what is stored is a state", String::new()))?;
        if version != seen.states.len() as u64 + 1 {
            return Err(("a version is one more than the one before", format!("after {}", seen.states.len())));
        }
        match invariants::broken(&state) {
            Ok(None) => {}
            Ok(Some(broken)) => return Err((broken, String::new())),
            Err(error) => return Err(("sums stay in range", error.message())),
        }
        if let Some(before) = seen.states.last() {
            monotone::lost(before, &state).map_err(|lost| ("nothing recorded is deleted or rewritten", lost))?;
            let (stood, stands) = (before.group.live.as_ref(), state.group.live.as_ref());
            // The gateway may take its word back, so that nothing stands any more; but nothing takes the place of what stands.
            if before.group.order.is_some() && stood.is_some() && stands.is_some() && stood != stands {
                return Err((
                    "nothing takes the place of what an order was placed with",
                    format!("{stood:?}, {stands:?}"),
                ));
            }
        }
        let mut gateway = self.gateway.borrow_mut();
        let books = gateway.books_mut(group);
        for (at, operation) in state.operations.iter().enumerate() {
            let before = seen.states.last().and_then(|state| state.operations.get(at));
            if before.is_none() && operation.intent.is_some() {
                self.count("operations", operation.intent.as_ref().map_or("", |intent| kind(&intent.kind)));
            }
            for (at, step) in operation.steps.iter().enumerate() {
                let step_before = before.and_then(|before| before.steps.get(at));
                let status = step_before.map(Step::status);
                if status != Some(step.status()) {
                    if let Some(how) = step_before.and_then(|before| how_resolved(before, step))
                        && seen.resolved.insert(step.reference.clone())
                    {
                        self.count(how.0, how.1);
                    }
                    self.check_settled(operation, step, status, seen, books)?;
                }
                // What is only accepted is settled for its operation, and not for the books: a hold is over when its capture has happened.
                let accepted = Some(TransactionStatus::Pending);
                let was_accepted = seen.states.last().is_some_and(|before| record_status(before, step) == accepted);
                if status != Some(step.status()) || was_accepted {
                    match (step.status(), record_status(&state, step)) {
                        (_, Some(TransactionStatus::Pending)) => {}
                        (_, Some(TransactionStatus::Failed)) | (StepStatus::Refused, _) => {
                            books.recorded(&step.reference, false)
                        }
                        (StepStatus::Succeeded, _) => books.recorded(&step.reference, true),
                        (StepStatus::Planned | StepStatus::Announced | StepStatus::Unknown, _) => {}
                    }
                }
            }
            self.note_unknown(operation, before, &mut seen.unknown);
        }
        if let Some(before) = seen.states.last() {
            self.note_owed(before, &state);
        }
        let running = state.operations.iter().any(|operation| operation.status == OperationStatus::Running);
        if let Some(live) = state.group.live.as_ref().filter(|live| !running && live.record_id != state.group.id) {
            let captures = state.group.captures_of(&live.record_id).map(|capture| capture.id.as_str());
            let has_left = |id| state.group.left_of(id).is_ok_and(|left| left.is_some_and(Amount::is_positive));
            if !std::iter::once(live.record_id.as_str()).chain(captures).any(has_left) {
                return Err(("something is left of what stands for the cart", format!("{live:?}")));
            }
        }
        if !running && !self.is_unknown(&state) && books.untold.is_empty() {
            let (records, standing) = (books::records(&state), books.standing());
            if records != standing {
                let detail = format!("records {records:?}, books {standing:?}");
                return Err(("records and books agree when nothing is unknown", detail));
            }
            books::one_live_payment(&state).map_err(|detail| ("one payment stands, all else is owed", detail))?;
        }
        seen.states.push(Rc::new(state));
        Ok(())
    }

    /// DESIGN §6 has the books agree once nothing is unknown. Where the gateway can't be asked, a release may stay unknown for ever,
    /// also after its payment failed and nothing was to be released any more; if that payment succeeds after all, nobody knows
    /// whether it stands.
    fn is_unknown(&self, state: &State) -> bool {
        let matters = |step: &Step| {
            let left = step.target_id.as_ref().and_then(|id| state.group.left_of(id).ok().flatten());
            left.is_some_and(|left| left.is_positive()) && !self.traits.can_ask(step)
        };
        books::is_unknown(state) || settle::unknown_releases(state).any(matters)
    }

    /// A step was settled: only the gateway's word settles it, and it must be true.
    fn check_settled(
        &self,
        operation: &Operation,
        step: &Step,
        before: Option<StepStatus>,
        seen: &Seen,
        books: &super::gateway::Books,
    ) -> Result<(), (&'static str, String)> {
        let evidence = seen.evidence.get(&step.reference).copied().unwrap_or_default();
        let what =
            || format!("{} of {}: {before:?} to {:?}, {evidence:?}", step.reference, operation.id, step.status());
        match step.status() {
            StepStatus::Succeeded if !evidence.done => Err(("only the gateway's word makes a success", what())),
            StepStatus::Refused => {
                let never_sent = evidence.not_sent && step.deliveries <= 1;
                if !(evidence.refused || evidence.not_found || evidence.review || never_sent) {
                    return Err(("only the gateway's word makes a failure", what()));
                }
                if books.stands(&step.reference) && !evidence.flipped {
                    return Err(("what is recorded as failed does not stand at the gateway", what()));
                }
                Ok(())
            }
            StepStatus::Planned | StepStatus::Announced | StepStatus::Succeeded | StepStatus::Unknown => Ok(()),
        }
    }

    /// A call is about to leave.
    pub fn sending(&self, group: usize, call: &Call) {
        if let Err((invariant, detail)) = self.check_sending(group, call) {
            self.fail(invariant, format!("group {group}, {}: {detail}", call.id));
        }
    }

    fn check_sending(&self, group: usize, call: &Call) -> Result<(), (&'static str, String)> {
        let mut watch = self.watch.borrow_mut();
        let seen = &mut watch.seen[group];
        let Some(key) = &call.idempotency_key else { return Ok(()) };
        let announced = seen.states.last().and_then(|state| {
            let mut parts = call.id.split('/');
            let operation = state.operation(parts.next()?)?;
            operation.steps.get(parts.next()?.parse::<usize>().ok()?)
        });
        if announced.is_none_or(|step| step.key.as_ref() != Some(key)) {
            return Err(("a call is announced before it is sent", format!("{key}, {announced:?}")));
        }
        if call.operation == GatewayOperation::Reverse && call.id.ends_with("/first") {
            let target = announced.and_then(|step| step.target_id.as_ref());
            let left = target.zip(seen.states.last()).and_then(|(id, state)| state.group.left_of(id).ok().flatten());
            let told_otherwise = seen.evidence.values().any(|evidence| evidence.flipped);
            if !told_otherwise && left.is_some_and(|left| left < call.amount) {
                return Err(("no more is reversed than is left", format!("{left:?}")));
            }
        }
        let request = Call { id: String::new(), ..call.clone() };
        if seen.sent.get(key).is_some_and(|sent| *sent != request) {
            return Err(("one key is for one request", format!("{key}: {:?}, then {request:?}", seen.sent[key])));
        }
        seen.sent.insert(key.clone(), request);
        let takes = matches!(call.operation, GatewayOperation::Authorize | GatewayOperation::PostAuth);
        if takes && call.id.ends_with("/first") && self.is_release_first(group) {
            let state = seen.states.last().cloned().unwrap_or_else(|| panic!("announced, and not committed"));
            let evidence = &seen.evidence;
            let gateway = self.gateway.borrow();
            let stands =
                gateway.books(group).payments.iter().filter(|payment| payment.held() > 0 || payment.charged() > 0);
            for payment in stands.filter(|payment| payment.ours != call.our_reference) {
                let told_otherwise = evidence.get(&payment.ours).is_some_and(|evidence| evidence.flipped);
                let is_owed = is_owed(&state, &payment.ours, &payment.reference);
                if !is_owed && !told_otherwise && !gateway.books(group).has_news_of(payment) {
                    return Err(("release-first: nothing else stands that is not owed", format!("{payment:?}")));
                }
            }
        }
        Ok(())
    }

    /// How many payments were made with this token, or may still be: challenges that the records would go on with.
    fn paid_with(&self, token: &str) -> usize {
        let (gateway, watch) = (self.gateway.borrow(), self.watch.borrow());
        let goes_on = |payment: &Booked, state: &State| {
            let waits = state.operations.iter().filter(|operation| operation.waits_for_review());
            waits.flat_map(|operation| &operation.steps).any(|step| step.reference == payment.ours)
        };
        let counts = |payment: &Booked, seen: &Seen| match payment.standing {
            Standing::Live | Standing::Pending => true,
            Standing::Review => seen.states.last().is_some_and(|state| goes_on(payment, state)),
            Standing::Failed => false,
        };
        let of_group = |group: usize, seen: &Seen| {
            let with_token = |payment: &&Booked| payment.token.as_deref() == Some(token) && counts(payment, seen);
            gateway.books(group).payments.iter().filter(with_token).count()
        };
        watch.seen.iter().enumerate().map(|(group, seen)| of_group(group, seen)).sum()
    }

    fn is_release_first(&self, group: usize) -> bool {
        self.checkouts.borrow().get(group).is_some_and(|checkout| checkout.release_first)
    }

    /// The host holds an answer in its hands.
    pub fn told(&self, group: usize, call: &Call, answer: &Answer) {
        let mut watch = self.watch.borrow_mut();
        let evidence = watch.evidence(group, &call.our_reference);
        let question = call.operation == GatewayOperation::Inquire;
        match answer.told {
            Told::Done => evidence.done = true,
            Told::Refused => evidence.refused = true,
            Told::NotSent => evidence.not_sent |= !question,
            Told::NotFound => evidence.not_found = true,
            Told::Review => evidence.review = true,
            Told::Nothing => {}
        }
    }

    /// The host holds a notification in its hands.
    pub fn learn(&self, group: usize, notice: &Notice) {
        if let Some((about, ours)) = notice.about.as_ref().filter(|_| notice.authentic)
            && *about == group
        {
            let mut watch = self.watch.borrow_mut();
            let evidence = watch.evidence(group, ours);
            if notice.happened {
                evidence.done = true;
            } else {
                evidence.refused = true;
            }
        }
    }

    /// The gateway has dealt with a request it had not seen.
    pub fn done(&self, group: usize, call: &Call, made: bool) {
        let gateway = self.gateway.borrow();
        let books = gateway.books(group);
        if let Some(token) = call.payment_token.as_ref().map(|token| token.expose())
            && token.starts_with(desk::ONCE)
            && self.paid_with(token) > 1
        {
            self.fail("one key, one effect", format!("group {group}: {token} paid twice: {:?}", books.payments));
        }
        if let Some(twice) = books.made_twice() {
            self.fail(
                "one announcement, one deed",
                format!("group {group}: {twice} was made twice: {:?}", books.payments),
            );
        }
        if !made {
            return;
        }
        let watch = self.watch.borrow();
        let Some(state) = watch.seen[group].states.last() else { return };
        let refused = state.operations.iter().flat_map(|operation| &operation.steps).any(|step| {
            step.reference == call.our_reference
                && step.key == call.idempotency_key
                && step.status() == StepStatus::Refused
        });
        if refused && books.stands(&call.our_reference) {
            self.fail("nothing is done that the records call failed", format!("group {group}: {}", call.id));
        }
        if group >= self.checkouts.borrow().len() {
            return; // The back office may charge as often as it likes.
        }
        let charged: Vec<&str> = books
            .payments
            .iter()
            .filter(|payment| payment.charged_by_us() && !books.has_news_of(payment))
            .filter(|payment| !watch.seen[group].may_be_charged_beside_another(payment, state))
            .map(|payment| payment.reference.as_str())
            .collect();
        if charged.len() > 1 {
            self.fail("never two charges of ours", format!("group {group}: {charged:?}"));
        }
    }

    /// A client is about to be answered.
    pub fn replied(&self, group: usize, payment: &Payment, asked: &Checkout, reply: &Reply) {
        if let Err((invariant, detail)) = self.check_reply(group, payment, asked, reply) {
            let key = payment.key.as_deref().unwrap_or("no key");
            self.fail(invariant, format!("group {group}, {key}, {} {}: {detail}", reply.status, reply.body));
        }
    }

    fn check_reply(
        &self,
        group: usize,
        payment: &Payment,
        asked: &Checkout,
        reply: &Reply,
    ) -> Result<(), (&'static str, String)> {
        let mut watch = self.watch.borrow_mut();
        if !matches!(reply.status, 409 | 503) {
            watch.payments += 1;
        }
        let seen = &mut watch.seen[group];
        // What has become of the operation since the answer was decided is another request's to tell.
        let decided_on = seen.at(reply.version).cloned();
        let operation = reply.operation_id.as_ref().and_then(|id| decided_on.as_ref()?.operation(id));
        if let Some(operation) = operation {
            let version =
                ApiVersion::parse_or_newest(Some(payment.api_version)).map_err(|_| ("a version", String::new()))?;
            let request = CheckoutPaymentRequest::read_json(payment.body.as_bytes(), version)
                .map_err(|refusal| ("a request that was begun is valid", format!("{refusal:?}")))?;
            let facts =
                read("facts", &asked.json()).map_err(|error| ("facts are of the contract", format!("{error:?}")))?;
            let parts = fingerprint::of(&request, &facts);
            let of_key = payment.key.as_ref().and_then(|key| operation.fingerprint_of_key(key));
            if differs(&parts, of_key.unwrap_or(&operation.fingerprint)) {
                return Err(("an answer is the answer to this request", format!("{operation:?}")));
            }
        }
        if reply.status == 201 && reply.operation_id.is_some() {
            let succeeded = operation.is_some_and(|operation| operation.status == OperationStatus::Succeeded);
            if !succeeded {
                return Err(("a success that is answered is committed", format!("{operation:?}")));
            }
        }
        let Some(key) = &payment.key else { return Ok(()) };
        if !matches!(reply.status, 201 | 422) {
            return Ok(());
        }
        let is_final = |operation: &&Operation| {
            !operation.is_active()
                && matches!(
                    operation.conclusion,
                    Some(
                        Conclusion::Success
                            | Conclusion::Decline
                            | Conclusion::PermanentFail
                            | Conclusion::ValidationError
                            | Conclusion::Replaced
                    )
                )
        };
        if let Some(given) = seen.given.get(key).filter(|given| given.is_for(payment, self.now())) {
            let same = given.status == reply.status && given.body == reply.body;
            let changed_since =
                seen.states.last().and_then(|state| state.operation(&given.operation_id)).is_some_and(|operation| {
                    operation
                        .steps
                        .iter()
                        .any(|step| seen.evidence.get(&step.reference).is_some_and(|evidence| evidence.flipped))
                });
            // A slower request with the same key may hear only now what was decided before, or what became of its own operation
            // before the payment was taken anew: neither was final.
            let was_decided_before = reply.version < given.version;
            let is_before_given = |operation: &Operation| {
                let all = decided_on.iter().flat_map(|state| &state.operations);
                let found = all.map(|each| &each.id).find(|id| **id == operation.id || **id == given.operation_id);
                operation.id != given.operation_id && found == Some(&operation.id)
            };
            let was_earlier = match operation {
                Some(operation) => !is_final(&operation) && (was_decided_before || is_before_given(operation)),
                None => was_decided_before,
            };
            if !same && !changed_since && !was_earlier {
                return Err(("the same key gets the same answer", format!("before: {} {}", given.status, given.body)));
            }
        }
        if let Some(operation) = operation.filter(is_final) {
            let given = Given {
                at: self.now(),
                version: reply.version,
                body_sent: payment.body.clone(),
                status: reply.status,
                body: reply.body.clone(),
                operation_id: operation.id.clone(),
            };
            seen.given.insert(key.clone(), given);
        }
        Ok(())
    }

    /// An order was placed: it is paid, to the cent, by what stands; and it has one number for ever.
    pub fn ordered(&self, group: usize, asked: &Checkout, reply: &Reply) {
        let mut watch = self.watch.borrow_mut();
        let seen = &mut watch.seen[group];
        let state = seen.states.last().cloned();
        let placed = state.as_ref().and_then(|state| state.group.order.clone());
        if let Some(placed) = &placed
            && *seen.order.get_or_insert(placed.reference_number.clone()) != placed.reference_number
        {
            self.fail("an order has one number", format!("group {group}: {placed:?}"));
        }
        if let Some(placed) = &placed
            && !reply.body.contains(&placed.reference_number)
        {
            self.fail("an order has one number", format!("group {group}: {}", reply.body));
        }
        if placed.is_none() && asked.amount > 0 {
            self.fail("an order that is placed is committed", format!("group {group}: {}", reply.body));
        }
    }
}

/// Whether the records say of a payment that it is to be let go of, or that it may be: by our reference or the gateway's.
pub fn is_owed(state: &State, ours: &str, theirs: &str) -> bool {
    let record = |id: &str| {
        let authorization = state.group.authorization(id).and_then(|record| record.gateway_reference.as_deref());
        let payment = state.group.payment(id).and_then(|record| {
            let of = record.payment_authorization_id.as_deref().and_then(|id| state.group.authorization(id));
            of.and_then(|record| record.gateway_reference.as_deref()).or(record.gateway_reference.as_deref())
        });
        authorization.or(payment)
    };
    state.releases_owed.iter().any(|owed| {
        // A challenge that is to be called off has no record; it is named by the gateway's reference.
        let called_off = owed.step.target_id.is_none() && owed.step.gateway_reference.as_deref() == Some(theirs);
        owed.record_id == ours || called_off || record(&owed.record_id) == Some(theirs)
    })
}

fn differs(one: &Texts, other: &Texts) -> bool {
    one.iter().any(|(part, hash)| part != fingerprint::CART && other.get(part) != Some(hash))
}

fn record_status(state: &State, step: &Step) -> Option<TransactionStatus> {
    state.group.status_of(step.record_id.as_deref()?)
}

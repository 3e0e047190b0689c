//! The state of one payment group, as the host stores it: the records, the operations, and what is owed.

use super::keep::MethodToSave;
use super::operation::{Operation, OperationKind};
use super::owed::ReleaseOwed;
use super::status::{OperationStatus, StepStatus};
use super::step::{Role, Step};
use crate::domain::json::json_object;
use crate::domain::timestamp::Timestamp;
use crate::prelude::*;
use crate::records::{Account, PaymentGroup};

/// The version of the stored form.
pub const SCHEMA: u32 = 1;

json_object! {
    /// Everything the core knows about one payment group.
    pub struct State {
        /// The version of the stored form.
        pub schema: u32 = "schema",
        /// The records.
        pub group: PaymentGroup = "group",
        /// The operations, oldest first; at most one is driven, and at most one payment is under way.
        pub operations: Vec<Operation> = "operations",
        /// What must still be let go of.
        pub releases_owed: Vec<ReleaseOwed> = "releasesOwed",
        /// The account whose payment methods this state owns; none of a group of payments.
        pub account: Option<Account> = "account",
        /// The payment methods that are to be saved for accounts.
        pub methods_to_save: Vec<MethodToSave> = "paymentMethodsToSave",
    }
}

impl State {
    /// A new group's state.
    #[must_use]
    pub fn new(group: PaymentGroup) -> Self {
        Self {
            schema: SCHEMA,
            group,
            operations: Vec::new(),
            releases_owed: Vec::new(),
            account: None,
            methods_to_save: Vec::new(),
        }
    }

    /// The state of an account without payment methods. Its group holds no payments; it names the account's calls to the gateway.
    #[must_use]
    pub fn of_account(group_id: String, account_id: String, date: Timestamp) -> Self {
        let group = PaymentGroup::new(group_id, String::new(), String::new(), date);
        Self { account: Some(Account::new(account_id)), ..Self::new(group) }
    }

    /// The operation that a new one has to deal with first: the one being driven, else the one that waits or is unresolved.
    /// A release that is owed does not stand in anybody's way unless it is being driven.
    #[must_use]
    pub fn active(&self) -> Option<&Operation> {
        let in_the_way = || self.operations.iter().rev().filter(|operation| operation.is_in_the_way());
        let running = in_the_way().find(|operation| operation.status == OperationStatus::Running);
        running.or_else(|| in_the_way().next())
    }

    /// The operation with this id.
    #[must_use]
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.id == id)
    }

    /// The operation with this id, to change.
    pub fn operation_mut(&mut self, id: &str) -> Option<&mut Operation> {
        self.operations.iter_mut().find(|operation| operation.id == id)
    }

    /// When this group next needs recovery, if ever.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        let active = || self.operations.iter().filter(|operation| operation.is_active());
        // While one is being driven, everything else has to wait for it.
        let driven = active().filter(|operation| operation.status == OperationStatus::Running);
        let next = driven.filter_map(|operation| operation.held_until).min().or_else(|| {
            let waiting = active().filter_map(|operation| operation.next_try_at);
            let owed = self.releases_owed.iter().filter(|owed| !self.is_being_settled(owed));
            waiting.chain(owed.map(|owed| owed.next_try_at)).min()
        });
        // What is to be saved is due at once.
        self.methods_to_save.iter().map(|entry| entry.method.date).chain(next).min()
    }

    /// The reversals of this record that are owed, were sent, and of which nobody knows whether they happened. (An unknown refund stops
    /// whatever would come after it.)
    pub fn unknown_reversals_of(&self, record_id: &str) -> impl Iterator<Item = &Step> {
        let of_record =
            self.releases_owed.iter().filter(move |owed| owed.record_id == record_id).map(|owed| &owed.step);
        of_record.filter(|step| step.role != Role::Probe && !step.is_charge() && step.status() == StepStatus::Unknown)
    }

    /// Whether an operation is at this release; then it has that operation's times.
    #[must_use]
    pub fn is_being_settled(&self, owed: &ReleaseOwed) -> bool {
        let settles = |operation: &Operation| operation.owed_id.as_ref() == Some(&owed.id);
        self.operations.iter().any(|operation| operation.is_active() && settles(operation))
    }

    /// Every text under which the group must be found: its id, its records, the gateway's references.
    #[must_use]
    pub fn index(&self, provider: &str) -> Vec<String> {
        let group = &self.group;
        let mut index = vec![group.id.clone()];
        let mut add = |id: &String, reference: &Option<String>| {
            index.push(id.clone());
            if let Some(reference) = reference {
                index.push(["gateway:", provider, ":", reference].concat());
            }
        };
        group.authorizations.iter().for_each(|record| add(&record.id, &record.gateway_reference));
        group.adjustments.iter().for_each(|record| add(&record.id, &record.gateway_reference));
        group.payments.iter().for_each(|record| add(&record.id, &record.gateway_reference));
        group.refunds.iter().for_each(|record| add(&record.id, &record.gateway_reference));
        self.account.iter().flat_map(|account| &account.methods).for_each(|method| add(&method.id, &None));
        group.application_lines.iter().for_each(|line| add(&line.id, &None));
        // Whatever was sent may be spoken of later, also what was refused: a late success must find its group.
        for step in self
            .operations
            .iter()
            .flat_map(|operation| &operation.steps)
            .filter(|step| step.is_open() || step.deliveries > 0)
        {
            add(&step.reference, &step.outcome.as_ref().and_then(|outcome| outcome.gateway_reference.clone()));
        }
        // A repeat that names its key alone, or another record, must meet the first request.
        let of_back_office = self.operations.iter().filter(|operation| operation.kind == OperationKind::Payments);
        index.extend(of_back_office.flat_map(|operation| &operation.keys).map(|kept| ["key:", &kept.key].concat()));
        index.sort_unstable();
        index.dedup();
        index
    }

    /// A call may be settled by another operation than the one that first sent it: its release was owed, or its payment was
    /// replaced while it was pending. The step that first sent it then knows it too.
    pub fn share_outcomes(&mut self) {
        let steps =
            || self.operations.iter().flat_map(|operation| operation.steps.iter().map(move |step| (operation, step)));
        let left_open: Vec<&str> = steps()
            .filter(|(operation, step)| operation.has_left_open(step))
            .map(|(_, step)| step.reference.as_str())
            .collect();
        if left_open.is_empty() {
            return;
        }
        let is_known = |step: &Step| step.is_settled() && left_open.contains(&step.reference.as_str());
        let known: Vec<Step> = steps().map(|(_, step)| step).filter(|step| is_known(step)).cloned().collect();
        for operation in &mut self.operations {
            for at in 0..operation.steps.len() {
                let learns = operation.steps.get(at).is_some_and(|step| operation.has_left_open(step));
                if let Some(step) = operation.steps.get_mut(at).filter(|_| learns) {
                    known.iter().for_each(|known| step.learn_from(known));
                }
            }
        }
    }
}

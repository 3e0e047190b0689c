//! Notifications as the host takes them (`notifications.ts`): handed to the group that knows the reference, or parked.

use std::rc::Rc;

use super::ask::Ask;
use super::bugs::Bug;
use super::host::{Host, Line, StoreFailure};
use super::notices::Notice;
use super::store::{Content, Key, Parked, Row, Write};

const MAX_PARKED: usize = 100;
const FIRST_RETRY: i64 = 60_000;
const LAST_RETRY: i64 = 24 * 3_600_000;
const GIVE_UP: i64 = 30 * 24 * 3_600_000;

impl Host {
    /// Delivers a fact, or parks it.
    pub async fn accept(&self, notice: &Rc<Notice>) -> Result<(), StoreFailure> {
        if self.deliver(notice).await? {
            self.world.count("notifications", "known at once");
            return Ok(());
        }
        if self.world.has_bug(Bug::DropsUnknownNotices) {
            return Ok(());
        }
        self.pass(Line::Parking).await;
        self.park(notice).await?;
        self.world.count("notifications", "parked");
        self.pass(Line::Parked).await;
        if self.deliver(notice).await? {
            self.world.count("notifications", "known just after parking");
            self.unpark(notice).await?;
        }
        Ok(())
    }

    /// Delivers what was parked for the references that a commit has just brought.
    pub async fn deliver_parked(&self, index: &[String]) -> Result<(), StoreFailure> {
        for text in index.iter().filter(|text| text.starts_with("gateway:")) {
            self.retry_parked(&Key::Parked(text.clone())).await?;
        }
        Ok(())
    }

    /// Tries the notifications parked under `key` once more.
    pub async fn retry_parked(&self, key: &Key) -> Result<(), StoreFailure> {
        // Looking for a row that is not there takes no turn of the others: most references have nothing parked.
        if self.world.store.borrow().version(key) == 0 {
            return Ok(());
        }
        let Some((row, parked)) = parked(self.load(key).await?) else { return Ok(()) };
        let mut left = Vec::new();
        for notice in &parked.notices {
            if self.deliver(notice).await? {
                self.world.count("notifications", "parked, and matched later");
            } else {
                left.push(notice.clone());
            }
        }
        self.write_parked(key, row.version, Parked { since: parked.since, notices: left }).await?;
        Ok(())
    }

    async fn deliver(&self, notice: &Notice) -> Result<bool, StoreFailure> {
        let mut groups: Vec<usize> = Vec::new();
        for text in [Some(notice.index_text()), notice.our_reference.clone()].into_iter().flatten() {
            self.pass(Line::Finding).await;
            for group in self.world.groups_found(&text) {
                if !groups.contains(&group) {
                    groups.push(group);
                }
            }
        }
        let ask = Ask::Notify { fact: notice.text.clone() };
        for group in groups {
            self.world.learn(group, notice);
            let run = self.run(group, &ask, "").await?;
            if run.moved || run.step.body == "{\"matched\":true}" {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn park(&self, notice: &Rc<Notice>) -> Result<(), StoreFailure> {
        let key = Key::Parked(notice.index_text());
        loop {
            let before = parked(self.load(&key).await?);
            let version = before.as_ref().map_or(0, |(row, _)| row.version);
            let mut parked =
                before.map_or_else(|| Parked { since: self.now(), notices: Vec::new() }, |(_, parked)| parked);
            if parked.notices.len() >= MAX_PARKED || parked.notices.iter().any(|known| known.text == notice.text) {
                return Ok(());
            }
            parked.notices.push(notice.clone());
            if self.write_parked(&key, version, parked).await? {
                return Ok(());
            }
        }
    }

    async fn unpark(&self, notice: &Notice) -> Result<(), StoreFailure> {
        let key = Key::Parked(notice.index_text());
        self.pass(Line::Unparking).await;
        if let Some((row, _)) = parked(self.load(&key).await?) {
            self.write_parked(&key, row.version, Parked { since: self.now(), notices: Vec::new() }).await?;
        }
        Ok(())
    }

    async fn write_parked(&self, key: &Key, expected_version: u64, parked: Parked) -> Result<bool, StoreFailure> {
        let age = self.now() - parked.since;
        let due = self.now() + age.clamp(FIRST_RETRY, LAST_RETRY);
        let waits = !parked.notices.is_empty() && age < GIVE_UP;
        let content = Content::Parked(parked);
        let due = waits.then_some(due);
        self.commit(Write { key: key.clone(), expected_version, content, due, index: Vec::new() }).await
    }
}

fn parked(row: Option<Row>) -> Option<(Row, Parked)> {
    let row = row?;
    match &row.content {
        Content::Parked(parked) => Some((row.clone(), parked.clone())),
        Content::Group(_) => None,
    }
}

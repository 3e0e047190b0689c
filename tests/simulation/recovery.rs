//! Recovery as the host makes it (`recovery.ts`): at start, and then every now and again.

use super::ask::Ask;
use super::host::{Host, Line};
use super::store::Key;

const MAX_PIECES: usize = 50;

impl Host {
    /// Passes of recovery for as long as the process lives, the first at once.
    pub async fn recover_always(&self) {
        loop {
            self.recover_all().await;
            self.world.sleep(self.world.traits.recovery_every).await;
            // A pass that finds nothing due does nothing at all; so time may go on to one that does.
            while self.world.store.borrow().due(self.now()).is_empty() {
                self.world.sleep(self.world.traits.recovery_every).await;
            }
        }
    }

    /// One pass over the groups that are due; the first of a process whose store is its own looks at every group that waits.
    pub async fn recover_all(&self) {
        let every = self.world.traits.exclusive && self.process().first_recovery.replace(false);
        let due_before = if every { i64::MAX } else { self.now() };
        let keys = self.world.store.borrow().due(due_before);
        for key in keys {
            match &key {
                // One that can't be recovered must not keep the others waiting; it stays due.
                Key::Parked(_) => drop(self.retry_parked(&key).await),
                Key::Group(group) => self.recover_group(*group).await,
            }
        }
    }

    async fn recover_group(&self, group: usize) {
        for _ in 0..MAX_PIECES {
            self.pass(Line::BetweenPieces).await;
            let Ok(run) = self.run(group, &Ask::Recover, "").await else { return };
            if run.moved && self.deliver_parked(&run.index).await.is_err() {
                return;
            }
            if run.step.idle || !run.moved {
                return;
            }
        }
        self.world.fail("a pass of recovery comes to an end", format!("group {group}"));
    }
}

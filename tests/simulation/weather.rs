//! Which faults a history may meet and how often: drawn first. Many histories are calm or have one kind of fault, so that a
//! fault is seen by itself; some have all at once.

use super::random::Random;

/// How often, in a thousand times, each thing goes wrong; and how long things take at most.
#[derive(Debug, Clone, Copy, Default)]
pub struct Weather {
    // The network between the host and the gateway.
    /// The call provably does not leave.
    pub not_sent: u32,
    /// It never arrives; nobody answers.
    pub lost: u32,
    /// The connection breaks at once, whatever becomes of the call.
    pub broken: u32,
    /// It arrives after up to 100 s.
    pub slow: u32,
    /// It arrives after the host's patience has ended.
    pub late: u32,
    /// The answer never arrives.
    pub answer_lost: u32,
    /// The answer can't be read.
    pub garbled: u32,
    // What the gateway says.
    /// A 5xx; the same key gets the same 5xx again as long as it is remembered.
    pub stuck: u32,
    pub decline: u32,
    pub fail: u32,
    pub invalid: u32,
    pub review: u32,
    pub pending: u32,
    /// A success that speaks of another amount.
    pub other_amount: u32,
    /// What was accepted fails in the end.
    pub fails_later: u32,
    /// What failed succeeds in the end.
    pub flips: u32,
    // Questions.
    pub no_answer: u32,
    /// How long a call that arrived is not found.
    pub found_after: i64,
    // Notifications.
    pub notice_lost: u32,
    pub notice_repeated: u32,
    /// How late a notification may be, ms.
    pub notice_late: i64,
    /// A notification that contradicts a success.
    pub notice_contradicts: u32,
    /// How often others' notifications arrive.
    pub foreign: u32,
    // The host's process and its store.
    /// It dies at a line.
    pub crash: u32,
    /// The store throws, before or after it has written.
    pub store_throws: u32,
    /// How long a line takes at most, ms.
    pub line: i64,
    /// The host's clock is set anew.
    pub clock_step: u32,
    // Clients.
    /// The client gives up waiting, or its connection breaks.
    pub impatient: u32,
    /// Two requests at once.
    pub races: u32,
    /// The cart changes between two requests, or during one.
    pub cart_changes: u32,
}

/// What can go wrong, by its cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Network,
    Lateness,
    Refusals,
    Challenges,
    Pending,
    Flips,
    Answers,
    Questions,
    Notices,
    Foreign,
    Crashes,
    Store,
    Clock,
    Clients,
    Carts,
}

const FAULTS: [Fault; 15] = [
    Fault::Network,
    Fault::Lateness,
    Fault::Refusals,
    Fault::Challenges,
    Fault::Pending,
    Fault::Flips,
    Fault::Answers,
    Fault::Questions,
    Fault::Notices,
    Fault::Foreign,
    Fault::Crashes,
    Fault::Store,
    Fault::Clock,
    Fault::Clients,
    Fault::Carts,
];

impl Weather {
    /// No fault at all.
    pub const CALM: Self = {
        let mut calm = Self { line: 3, ..Self::NOTHING };
        calm.notice_late = 500;
        calm
    };

    const NOTHING: Self = Self {
        not_sent: 0,
        lost: 0,
        broken: 0,
        slow: 0,
        late: 0,
        answer_lost: 0,
        garbled: 0,
        stuck: 0,
        decline: 0,
        fail: 0,
        invalid: 0,
        review: 0,
        pending: 0,
        other_amount: 0,
        fails_later: 0,
        flips: 0,
        no_answer: 0,
        found_after: 0,
        notice_lost: 0,
        notice_repeated: 0,
        notice_late: 0,
        notice_contradicts: 0,
        foreign: 0,
        crash: 0,
        store_throws: 0,
        line: 0,
        clock_step: 0,
        impatient: 0,
        races: 0,
        cart_changes: 0,
    };

    pub fn drawn(random: &Random) -> Self {
        let kinds = random.weighted(&[(8, 0), (30, 1), (20, 2), (20, 4), (22, FAULTS.len())]);
        let mut weather = Self::CALM;
        if kinds == FAULTS.len() {
            FAULTS.iter().for_each(|fault| weather.bring(*fault, random));
        } else {
            (0..kinds).for_each(|_| weather.bring(*random.pick(&FAULTS), random));
        }
        weather
    }

    fn bring(&mut self, fault: Fault, random: &Random) {
        let often = |most: u32| 1 + random.below(u64::from(most)) as u32;
        match fault {
            Fault::Network => {
                self.not_sent = often(150);
                self.lost = often(150);
                self.broken = often(100);
                self.answer_lost = often(200);
            }
            Fault::Lateness => {
                self.slow = often(200);
                self.late = often(150);
            }
            Fault::Refusals => {
                self.decline = often(300);
                self.fail = often(100);
                self.invalid = often(100);
            }
            Fault::Challenges => self.review = often(300),
            Fault::Pending => {
                self.pending = often(400);
                self.fails_later = often(500);
            }
            Fault::Flips => {
                self.decline = self.decline.max(often(200));
                self.pending = self.pending.max(often(200));
                self.fails_later = self.fails_later.max(often(600));
                self.flips = often(300);
            }
            Fault::Answers => {
                self.garbled = often(100);
                self.stuck = often(150);
                self.other_amount = often(100);
            }
            Fault::Questions => {
                self.lost = self.lost.max(often(100));
                self.answer_lost = self.answer_lost.max(often(150));
                self.no_answer = often(500);
                self.found_after = random.between(0, 90_000);
            }
            Fault::Notices => {
                self.pending = self.pending.max(often(300));
                self.notice_lost = often(500);
                self.notice_repeated = often(500);
                self.notice_late = random.between(1_000, 1_800_000);
                self.notice_contradicts = often(200);
            }
            Fault::Foreign => self.foreign = often(200),
            Fault::Crashes => self.crash = often(60),
            Fault::Store => {
                self.store_throws = often(80);
                self.line = random.between(5, 200);
            }
            Fault::Clock => self.clock_step = often(150),
            Fault::Clients => {
                self.impatient = often(400);
                self.races = often(400);
            }
            Fault::Carts => self.cart_changes = often(500),
        }
    }
}
